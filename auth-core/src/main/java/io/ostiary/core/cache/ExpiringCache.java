package io.ostiary.core.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A bounded map whose entries end at a time of their own; when it is full, those least used go first. Thread-safe;
 * every verb is atomic for its key.
 *
 * @param <K> key
 * @param <V> value
 */
public final class ExpiringCache<K, V> {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private final Cache<K, V> cache;

    /**
     * Creates an empty cache.
     *
     * @param maxEntries most entries, at least 1
     * @param clock tells the time
     * @param expiresAt when an entry ends, asked at each write
     */
    public ExpiringCache(int maxEntries, InstantSource clock, Function<V, Instant> expiresAt) {
        this(maxEntries, clock, expiresAt, (key, value) -> {});
    }

    /**
     * Creates an empty cache that tells what it drops.
     *
     * @param maxEntries most entries, at least 1
     * @param clock tells the time
     * @param expiresAt when an entry ends, asked at each write
     * @param dropped hears of entries that ended or had to make room, not of those removed; it must be quick and must
     *     neither block nor call this cache
     */
    public ExpiringCache(
            int maxEntries, InstantSource clock, Function<V, Instant> expiresAt, BiConsumer<K, V> dropped) {
        this.cache = Caffeine.newBuilder()
                .maximumSize(maxEntries)
                .ticker(() -> clock.millis() * NANOS_PER_MILLI)
                .executor(Runnable::run)
                .removalListener((@Nullable K key, @Nullable V value, RemovalCause cause) -> {
                    if (cause.wasEvicted() && key != null && value != null) {
                        dropped.accept(key, value);
                    }
                })
                .expireAfter(Expiry.<K, V>writing(
                        (key, value) -> java.time.Duration.between(clock.instant(), expiresAt.apply(value))))
                .build();
    }

    /**
     * Reads.
     *
     * @param key the key
     * @return null if absent or ended
     */
    public @Nullable V get(K key) {
        return cache.getIfPresent(key);
    }

    /**
     * Writes, whatever was there.
     *
     * @param key the key
     * @param value the value
     */
    public void put(K key, V value) {
        cache.put(key, value);
    }

    /**
     * Changes what is there; never brings back what is gone.
     *
     * @param key the key
     * @param change gets the present value, returns the new one
     * @return the new value; null if there was none
     */
    public @Nullable V update(K key, UnaryOperator<V> change) {
        return cache.asMap().computeIfPresent(key, (unused, value) -> change.apply(value));
    }

    /**
     * Changes what is there, or begins it.
     *
     * @param key the key
     * @param change gets the present value, null if there is none; returns the new one
     * @return the new value
     */
    public V compute(K key, BiFunction<K, @Nullable V, V> change) {
        return cache.asMap().compute(key, change);
    }

    /**
     * Tells about how many entries there are; those that ended may still count.
     *
     * @return how many
     */
    public long size() {
        return cache.estimatedSize();
    }

    /**
     * Removes.
     *
     * @param key the key
     * @return what was there; null if nothing
     */
    public @Nullable V remove(K key) {
        return cache.asMap().remove(key);
    }

    /**
     * Returns the values that are there now; costs as much as there are.
     *
     * @return a copy
     */
    public List<V> values() {
        return List.copyOf(cache.asMap().values());
    }
}
