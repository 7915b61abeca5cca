package io.ostiary.core.cache;

import io.ostiary.core.spi.DenyList;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Withdrawn ids in this process. Thread-safe. */
public final class MemoryDenyList implements DenyList {
    private final ConcurrentMap<Key, Instant> ids = new ConcurrentHashMap<>();
    private final InstantSource clock;
    private final int maxEntries;

    private record Key(String purpose, String id) {}

    /**
     * Creates an empty list.
     *
     * @param maxEntries most ids at a time
     * @param clock tells the time
     */
    public MemoryDenyList(int maxEntries, InstantSource clock) {
        this.maxEntries = maxEntries;
        this.clock = clock;
    }

    @Override
    public void deny(String purpose, String id, Instant until) {
        if (ids.size() >= maxEntries) {
            Instant now = clock.instant();
            ids.values().removeIf(end -> !end.isAfter(now));
            if (ids.size() >= maxEntries) {
                // Nothing may be forgotten early, and nothing may be called withdrawn that is not.
                throw new IllegalStateException("the deny list is full");
            }
        }
        ids.merge(new Key(purpose, id), until, (one, other) -> one.isAfter(other) ? one : other);
    }

    @Override
    public boolean denied(String purpose, String id) {
        return ids.containsKey(new Key(purpose, id));
    }
}
