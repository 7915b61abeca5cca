package io.ostiary.core.session;

import io.ostiary.core.cache.ExpiringCache;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Remembered logins in this process; when it is full, those least used end first. Thread-safe. */
final class MemoryRememberStore implements RememberStore {
    private final ExpiringCache<String, Entry> entries;

    MemoryRememberStore(int maxEntries, InstantSource clock) {
        this.entries = new ExpiringCache<>(maxEntries, clock, Entry::expires);
    }

    @Override
    public void insert(Entry entry) {
        entries.put(entry.selector(), entry);
    }

    @Override
    public @Nullable Entry find(String selector) {
        return entries.get(selector);
    }

    @Override
    public boolean replace(String seenVerifier, Entry next) {
        AtomicBoolean replaced = new AtomicBoolean();
        entries.update(next.selector(), present -> {
            boolean unchanged = present.verifier().equals(seenVerifier);
            replaced.set(unchanged);
            return unchanged ? next : present;
        });
        return replaced.get();
    }

    @Override
    public boolean remove(String selector) {
        return entries.remove(selector) != null;
    }
}
