package io.ostiary.core.spi;

import java.time.Instant;

/**
 * The time before which nothing that was given to a subject counts any more: sessions, remembered logins, tokens. Raising
 * it logs somebody out everywhere at once. Thread-safe, atomic across all nodes that share it, and read for each request,
 * so that it acts at once; an entry is kept for as long as anything that it ends could live, which is 90 days. May block;
 * throws only for faults.
 */
public interface SubjectEpochs {
    /**
     * Reads.
     *
     * @param subject whose
     * @return what was made at or before this time is over; {@link Instant#EPOCH} if nothing was ever raised
     */
    Instant notBefore(SubjectKey subject);

    /**
     * Raises; never lowers.
     *
     * @param subject whose
     * @param notBefore what was made at or before this time is over
     */
    void raise(SubjectKey subject, Instant notBefore);
}
