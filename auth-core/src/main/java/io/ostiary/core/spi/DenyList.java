package io.ostiary.core.spi;

import java.time.Instant;

/**
 * Ids that were withdrawn before their time: of tokens and of sealed sessions. Thread-safe, atomic across all nodes that
 * share it, and read for each request. Never forgets early: if it has no room it throws. May block; throws only for
 * faults.
 */
public interface DenyList {
    /**
     * Withdraws.
     *
     * @param purpose name space, for example {@code access}; ids of different purposes never meet
     * @param id what is withdrawn
     * @param until when it would be refused anyway, so that it may be forgotten
     */
    void deny(String purpose, String id, Instant until);

    /**
     * Asks.
     *
     * @param purpose name space
     * @param id what somebody uses
     * @return true if it was withdrawn
     */
    boolean denied(String purpose, String id);
}
