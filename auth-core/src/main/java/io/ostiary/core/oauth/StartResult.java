package io.ostiary.core.oauth;

import io.ostiary.core.Reply;
import java.time.Duration;

/** What came of starting a login. */
public sealed interface StartResult {
    /**
     * The browser goes to the provider.
     *
     * @param reply a redirect, or JSON with {@code authorization_url} for a caller that accepts JSON; sets cookies
     */
    record Started(Reply reply) implements StartResult {}

    /** No provider of this id is configured. */
    record UnknownProvider() implements StartResult {}

    /** This browser was sent round too often within a minute; another redirect would only go on. */
    record Looping() implements StartResult {}

    /**
     * The provider cannot be reached at the moment.
     *
     * @param retryAfter when it may be worth to try again, at least a second
     */
    record Unavailable(Duration retryAfter) implements StartResult {}
}
