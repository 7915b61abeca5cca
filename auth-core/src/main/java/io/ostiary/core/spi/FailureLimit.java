package io.ostiary.core.spi;

import io.ostiary.core.AuthRequest;
import java.time.Duration;

/** Counts credentials that did not hold. Thread-safe; throws only for faults, which deny. */
@FunctionalInterface
public interface FailureLimit {
    /**
     * Counts one.
     *
     * @param request the request that brought it
     * @return zero, or after how long the client may try again
     */
    Duration failed(AuthRequest request);
}
