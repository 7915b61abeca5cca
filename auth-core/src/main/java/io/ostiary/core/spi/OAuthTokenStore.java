package io.ostiary.core.spi;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what the application may use at an outside provider. It sees only digests as keys and sealed text as values.
 * Thread-safe, and every verb is atomic, also across nodes that share the store. May block; throws only for faults.
 */
public interface OAuthTokenStore {
    /**
     * Reads.
     *
     * @param key digest
     * @return null if there is nothing or it has ended
     */
    @Nullable
    String load(String key);

    /**
     * Adds.
     *
     * @param key digest, new
     * @param sealed what to keep
     * @param until when it may be forgotten
     */
    void insert(String key, String sealed, Instant until);

    /**
     * Replaces, if nobody else did so before; never brings back what was removed.
     *
     * @param key digest
     * @param expected what {@link #load} gave
     * @param sealed what to keep instead
     * @param until when it may be forgotten
     * @return false if something else or nothing is there
     */
    boolean replace(String key, String expected, String sealed, Instant until);

    /**
     * Removes; nothing to remove is no fault.
     *
     * @param key digest
     */
    void remove(String key);
}
