package io.ostiary.core.oauth;

import io.ostiary.core.FailureReason;
import io.ostiary.core.Reply;
import java.time.Duration;

/** What came of a provider saying that somebody logged out. */
public sealed interface LogoutNotice {
    /**
     * The notice is genuine.
     *
     * @param sessions how many sessions ended; zero is no fault
     */
    record Ended(int sessions) implements LogoutNotice {}

    /**
     * The notice does not hold; nothing ended.
     *
     * @param reason why, for audit only
     */
    record Refused(FailureReason reason) implements LogoutNotice {}

    /**
     * The provider's keys cannot be had at the moment.
     *
     * @param retryAfter when it may be worth to try again
     */
    record Unavailable(Duration retryAfter) implements LogoutNotice {}

    /** No provider of this id, or none that may do this. */
    record NotOffered() implements LogoutNotice {}

    /**
     * Returns the answer (OpenID Connect Back-Channel Logout 1.0 section 2.8).
     *
     * @return 200, 400, 404 or 503, never cached, with no word about the reason
     */
    default Reply reply() {
        if (this instanceof Ended) {
            return Reply.empty(200);
        }
        if (this instanceof Refused) {
            return Reply.json(400, "{\"error\":\"invalid_request\"}");
        }
        if (this instanceof Unavailable unavailable) {
            long seconds = Math.max(1, unavailable.retryAfter().toSeconds());
            return Reply.empty(503).withHeader("Retry-After", Long.toString(seconds));
        }
        return Reply.empty(404);
    }
}
