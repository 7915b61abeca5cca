package io.ostiary.core.spi;

import java.time.Duration;
import java.util.List;

/**
 * Counts how often things happen. Thread-safe, and the verb is one atomic step, also across nodes that share the store. It
 * may block, should give up within a second or so, and never sleeps. It throws only for faults; what a fault means is the
 * caller's business. Extend {@code RateLimitStoreTck} to test one.
 */
@FunctionalInterface
public interface RateLimitStore {
    /**
     * Counts one more, unless that would exceed a rate.
     *
     * @param key what is counted; to be hashed where its length or its characters matter
     * @param rates all of them hold; not empty, and the same for the same key
     * @return zero if it was counted; else after how long it would be
     */
    Duration consume(String key, List<Rate> rates);
}
