package io.ostiary.core;

import java.time.Duration;

/** The answer to whoever asks too often (RFC 6585 section 4): the same for everybody, known or not. */
public final class Limited {
    private Limited() {}

    /**
     * Answers.
     *
     * @param request the request
     * @param wait after how long it makes sense to ask again
     * @return 429 with {@code Retry-After}, as a page or problem details, by kind of caller
     */
    public static Reply reply(AuthRequest request, Duration wait) {
        return Answers.refuse(
                        request,
                        429,
                        new Answers.Refusal(
                                "too-many-requests",
                                "Too Many Requests",
                                "That was too often in a short time. Please wait a little and try again.",
                                "",
                                "",
                                "limit"))
                .withHeader(
                        "Retry-After",
                        Long.toString(Math.max(1, wait.plusMillis(999).toSeconds())));
    }
}
