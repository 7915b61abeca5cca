package io.ostiary.apikey;

import io.ostiary.core.cache.ExpiringCache;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what was found, and what was not, for a short time in bounded memory, in front of a store that is slow to ask. A
 * change through this object holds for the very next look-up; one by another process after at most the given time, when
 * the store's epoch is asked again. Thread-safe.
 */
public final class CachingApiKeyStore implements ApiKeyStore {
    private final ApiKeyStore inner;
    private final Duration maxAge;
    private final InstantSource clock;
    private final ExpiringCache<String, Found> found;
    private final ExpiringCache<String, Found> missing;
    private final AtomicLong generation = new AtomicLong();
    private volatile Checked checked;

    private record Found(@Nullable ApiKeyRecord record, long generation, Instant until) {}

    private record Checked(long epoch, Instant at) {}

    /**
     * Creates an empty cache.
     *
     * @param inner the store that knows
     * @param maxEntries most known keys that are kept; the same number again of unknown ids
     * @param maxAge how far behind it may be, from 1 second to 1 minute
     * @param clock tells the time
     * @throws IllegalArgumentException if the time is out of bounds
     */
    public CachingApiKeyStore(ApiKeyStore inner, int maxEntries, Duration maxAge, InstantSource clock) {
        if (maxAge.compareTo(Duration.ofSeconds(1)) < 0 || maxAge.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException("a cache of API keys is from 1 second to 1 minute behind");
        }
        this.inner = inner;
        this.maxAge = maxAge;
        this.clock = clock;
        // Apart, so that a flood of unknown ids pushes out no key that is in use.
        this.found = new ExpiringCache<>(maxEntries, clock, Found::until);
        this.missing = new ExpiringCache<>(maxEntries, clock, Found::until);
        this.checked = new Checked(inner.epoch(), clock.instant());
    }

    @Override
    public @Nullable ApiKeyRecord find(String id) {
        checkEpoch();
        long now = generation.get(); // before the store is asked: a change meanwhile makes this answer unusable later
        Found known = found.get(id);
        known = known == null ? missing.get(id) : known;
        if (known != null && known.generation == now) {
            return known.record;
        }
        ApiKeyRecord record = inner.find(id);
        (record == null ? missing : found)
                .put(id, new Found(record, now, clock.instant().plus(maxAge.multipliedBy(60))));
        return record;
    }

    @Override
    public List<ApiKeyRecord> all() {
        return inner.all();
    }

    @Override
    public boolean insert(ApiKeyRecord record) {
        try {
            return inner.insert(record);
        } finally {
            generation.incrementAndGet(); // also after a fault: whether it took effect is not known
        }
    }

    @Override
    public boolean replace(ApiKeyRecord seen, ApiKeyRecord next) {
        try {
            return inner.replace(seen, next);
        } finally {
            generation.incrementAndGet();
        }
    }

    @Override
    public void used(Map<String, Instant> uses) {
        inner.used(uses);
    }

    @Override
    public @Nullable Instant lastUsed(String id) {
        return inner.lastUsed(id);
    }

    @Override
    public long epoch() {
        return inner.epoch();
    }

    private void checkEpoch() {
        Checked last = checked;
        Instant now = clock.instant();
        if (Duration.between(last.at, now).abs().compareTo(maxAge) >= 0) {
            long epoch = inner.epoch();
            if (epoch != last.epoch) {
                generation.incrementAndGet();
            }
            checked = new Checked(epoch, now);
        }
    }
}
