package io.ostiary.core.ratelimit;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.local.LocalBucketBuilder;
import io.ostiary.core.cache.ExpiringCache;
import io.ostiary.core.spi.Rate;
import io.ostiary.core.spi.RateLimitStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Token buckets in this process, in bounded memory. What is being counted is never forgotten to make room, because whoever
 * floods the store would so wipe out their own count: when it is full, new keys share a few buckets instead. A bucket
 * that is full again is dropped. Thread-safe.
 */
public final class MemoryRateLimitStore implements RateLimitStore {
    private static final int SHARED = 256;
    private final ExpiringCache<String, Counted> buckets;
    private final InstantSource clock;
    private final int maxKeys;

    /**
     * Creates an empty store.
     *
     * @param maxKeys most keys that have a bucket of their own, at least 1
     * @param clock tells the time
     */
    public MemoryRateLimitStore(int maxKeys, InstantSource clock) {
        this.maxKeys = maxKeys;
        this.clock = clock;
        this.buckets = new ExpiringCache<>(maxKeys + 2 * SHARED, clock, Counted::fullAgain);
    }

    /** A bucket, and when it will have filled up. */
    private record Counted(Bucket bucket, Instant fullAgain, Duration waiting) {}

    @Override
    public Duration consume(String key, List<Rate> rates) {
        String counted = buckets.get(key) == null && buckets.size() >= maxKeys ? shared(key, rates) : key;
        return buckets.compute(
                        counted, (unused, known) -> consume(known == null ? bucket(rates) : known.bucket(), rates))
                .waiting();
    }

    /** How many buckets there are. */
    long size() {
        return buckets.size();
    }

    private Counted consume(Bucket bucket, List<Rate> rates) {
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        Duration longest = Duration.ZERO;
        for (Rate rate : rates) {
            longest = rate.period().compareTo(longest) > 0 ? rate.period() : longest;
        }
        Duration wait = probe.isConsumed() ? Duration.ZERO : Duration.ofNanos(probe.getNanosToWaitForRefill());
        return new Counted(bucket, clock.instant().plus(longest), wait);
    }

    private Bucket bucket(List<Rate> rates) {
        LocalBucketBuilder builder = Bucket.builder().withCustomTimePrecision(new Meter(clock));
        for (Rate rate : rates) {
            builder.addLimit(Bandwidth.builder()
                    .capacity(rate.permits())
                    .refillGreedy(rate.permits(), rate.period())
                    .build());
        }
        return builder.build();
    }

    /** Rates belong to the name: a bucket is filled as it was made. */
    private static String shared(String key, List<Rate> rates) {
        return "\u0000shared " + rates + ' ' + Math.floorMod(key.hashCode(), SHARED);
    }

    private record Meter(InstantSource clock) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return clock.millis() * 1_000_000;
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
