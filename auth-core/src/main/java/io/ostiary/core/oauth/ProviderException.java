package io.ostiary.core.oauth;

import io.ostiary.core.FailureReason;
import java.io.IOException;
import java.time.Duration;

/**
 * A provider failed or misbehaved. The message is fixed words of ours: nothing that the provider wrote gets into it. An
 * {@link IOException} so that it passes through scribejava as it is.
 */
final class ProviderException extends IOException {
    private static final long serialVersionUID = 1L;
    private static final Duration SOON = Duration.ofSeconds(5);
    private final FailureReason reason;
    private final Duration retryAfter;

    private ProviderException(FailureReason reason, Duration retryAfter, String message) {
        super(message);
        this.reason = reason;
        this.retryAfter = retryAfter;
    }

    static ProviderException unavailable(String message) {
        return new ProviderException(FailureReason.PROVIDER_UNAVAILABLE, SOON, message);
    }

    static ProviderException unavailable(Duration retryAfter, String message) {
        return new ProviderException(FailureReason.PROVIDER_UNAVAILABLE, retryAfter, message);
    }

    static ProviderException invalid(String message) {
        return new ProviderException(FailureReason.PROVIDER_RESPONSE_INVALID, SOON, message);
    }

    static ProviderException of(FailureReason reason, String message) {
        return new ProviderException(reason, SOON, message);
    }

    FailureReason reason() {
        return reason;
    }

    Duration retryAfter() {
        return retryAfter;
    }

    boolean isUnavailable() {
        return reason == FailureReason.PROVIDER_UNAVAILABLE;
    }
}
