package io.ostiary.core.cache;

import io.ostiary.core.spi.SubjectEpochs;
import io.ostiary.core.spi.SubjectKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Epochs in this process. When there are too many to remember, everybody is logged out rather than anybody let back in.
 * Thread-safe.
 */
public final class MemoryEpochs implements SubjectEpochs {
    private static final Duration KEEP = Duration.ofDays(90);
    private final ConcurrentMap<SubjectKey, Instant> epochs = new ConcurrentHashMap<>();
    private final InstantSource clock;
    private final int maxEntries;
    private volatile Instant floor = Instant.EPOCH;

    /**
     * Creates an empty set.
     *
     * @param maxEntries most subjects that are remembered one by one
     * @param clock tells the time
     */
    public MemoryEpochs(int maxEntries, InstantSource clock) {
        this.maxEntries = maxEntries;
        this.clock = clock;
    }

    @Override
    public Instant notBefore(SubjectKey subject) {
        return later(floor, epochs.getOrDefault(subject, Instant.EPOCH));
    }

    @Override
    public void raise(SubjectKey subject, Instant notBefore) {
        if (epochs.size() >= maxEntries) {
            makeRoom();
        }
        epochs.merge(subject, notBefore, MemoryEpochs::later);
    }

    /**
     * Tells whether nobody is logged out everywhere, as is usual.
     *
     * @return true if {@link #notBefore} is the epoch for everybody
     */
    public boolean isEmpty() {
        return epochs.isEmpty() && floor.equals(Instant.EPOCH);
    }

    private synchronized void makeRoom() {
        Instant now = clock.instant();
        epochs.values().removeIf(epoch -> epoch.isBefore(now.minus(KEEP)));
        if (epochs.size() >= maxEntries) {
            floor = later(floor, epochs.values().stream().reduce(now, MemoryEpochs::later));
            epochs.values().removeIf(epoch -> !epoch.isAfter(floor));
        }
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
