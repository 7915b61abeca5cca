package io.ostiary.core.spi;

import java.time.Instant;

/**
 * Remembers what may be used once only: a login state, a nonce, a token id. Thread-safe, and atomic across all nodes
 * that share it. May block; throws only for faults.
 */
@FunctionalInterface
public interface OnceStore {
    /**
     * Claims a value.
     *
     * @param purpose name space, for example {@code login}; values of different purposes never meet
     * @param value what is used; stored only as a digest
     * @param until when the value would be refused anyway, so that it may be forgotten
     * @return true for the first caller only; false for every other, and when there is no room to remember
     */
    boolean claim(String purpose, String value, Instant until);
}
