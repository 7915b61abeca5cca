package io.ostiary.core.oauth;

import io.ostiary.core.cache.ExpiringCache;
import io.ostiary.core.spi.OAuthTokenStore;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Keeps tokens in this process; when it is full, those least used go first. Thread-safe. */
final class MemoryTokenStore implements OAuthTokenStore {
    private static final int MAX_ENTRIES = 100_000;
    private final ExpiringCache<String, Kept> kept;

    private record Kept(String sealed, Instant until) {}

    MemoryTokenStore(InstantSource clock) {
        this.kept = new ExpiringCache<>(MAX_ENTRIES, clock, Kept::until);
    }

    @Override
    public @Nullable String load(String key) {
        Kept found = kept.get(key);
        return found == null ? null : found.sealed();
    }

    @Override
    public void insert(String key, String sealed, Instant until) {
        kept.put(key, new Kept(sealed, until));
    }

    @Override
    public boolean replace(String key, String expected, String sealed, Instant until) {
        Kept after = kept.update(key, now -> now.sealed().equals(expected) ? new Kept(sealed, until) : now);
        return after != null && after.sealed().equals(sealed);
    }

    @Override
    public void remove(String key) {
        kept.remove(key);
    }
}
