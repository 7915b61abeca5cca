package io.ostiary.core.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.ostiary.core.crypto.Tokens;
import io.ostiary.core.spi.OnceStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Remembers used values in this process. When it is full it refuses new ones rather than forget old ones, because a
 * forgotten value could be used again. Thread-safe.
 */
public final class MemoryOnceStore implements OnceStore {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private final Cache<String, Instant> used;
    private final InstantSource clock;
    private final int maxEntries;

    /**
     * Creates an empty store.
     *
     * @param maxEntries most values remembered at a time
     * @param clock tells the time
     */
    public MemoryOnceStore(int maxEntries, InstantSource clock) {
        this.maxEntries = maxEntries;
        this.clock = clock;
        this.used = Caffeine.newBuilder()
                .ticker(() -> clock.millis() * NANOS_PER_MILLI)
                .executor(Runnable::run)
                .expireAfter(Expiry.<String, Instant>writing((key, until) -> Duration.between(clock.instant(), until)))
                .build();
    }

    @Override
    public boolean claim(String purpose, String value, Instant until) {
        if (!until.isAfter(clock.instant())) {
            return false;
        }
        if (used.estimatedSize() >= maxEntries) {
            used.cleanUp();
            if (used.estimatedSize() >= maxEntries) {
                return false;
            }
        }
        return used.asMap().putIfAbsent(purpose + ':' + Tokens.digest(value), until) == null;
    }
}
