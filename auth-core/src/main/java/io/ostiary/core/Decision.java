package io.ostiary.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The final verdict on a request; no HTTP yet. {@link Answers} alone turns it into a {@link Reply}. */
public sealed interface Decision {
    /**
     * Call the application.
     *
     * @param identity null if the policy let nobody in particular through
     */
    record Allow(@Nullable Identity identity) implements Decision {}

    /**
     * Authenticate first.
     *
     * @param challenge how
     */
    record Challenged(Challenge challenge) implements Decision {}

    /**
     * Not for this caller.
     *
     * @param id opaque id that the answer and the audit event share
     * @param identity null if not even an identity would help
     */
    record Forbidden(String id, @Nullable Identity identity) implements Decision {}

    /**
     * Too often; the application is not called.
     *
     * @param id opaque id that the answer and the audit event share
     * @param retryAfter when trying again makes sense
     */
    record Limited(String id, Duration retryAfter) implements Decision {}

    /**
     * A store, provider or rule broke; the application is not called.
     *
     * @param id opaque id that the answer and the log share
     * @param retryAfter when trying again makes sense
     */
    record Unavailable(String id, Duration retryAfter) implements Decision {}
}
