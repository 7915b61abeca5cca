package io.ostiary.apikey;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Keeps records in memory of this process: for tests and for keys that need not outlive it. Never behind. Thread-safe. */
public final class MemoryApiKeyStore implements ApiKeyStore {
    static final Comparator<ApiKeyRecord> ORDER =
            Comparator.comparing(ApiKeyRecord::created).thenComparing(ApiKeyRecord::id);

    private final Map<String, ApiKeyRecord> records = new ConcurrentHashMap<>();
    private final Map<String, Instant> lastUses = new ConcurrentHashMap<>();
    private final AtomicLong epoch = new AtomicLong();

    /** Creates an empty store. */
    public MemoryApiKeyStore() {}

    @Override
    public @Nullable ApiKeyRecord find(String id) {
        return records.get(id);
    }

    @Override
    public List<ApiKeyRecord> all() {
        return records.values().stream().sorted(ORDER).toList();
    }

    @Override
    public boolean insert(ApiKeyRecord record) {
        return changed(records.putIfAbsent(record.id(), record) == null);
    }

    @Override
    public boolean replace(ApiKeyRecord seen, ApiKeyRecord next) {
        if (!seen.id().equals(next.id())) {
            throw new IllegalArgumentException("a record keeps its id");
        }
        return changed(records.replace(seen.id(), seen, next));
    }

    @Override
    public void used(Map<String, Instant> uses) {
        uses.forEach((id, time) -> {
            if (records.containsKey(id)) {
                lastUses.merge(id, time, (a, b) -> a.isAfter(b) ? a : b);
            }
        });
    }

    @Override
    public @Nullable Instant lastUsed(String id) {
        return lastUses.get(id);
    }

    @Override
    public long epoch() {
        return epoch.get();
    }

    private boolean changed(boolean done) {
        if (done) {
            epoch.incrementAndGet();
        }
        return done;
    }
}
