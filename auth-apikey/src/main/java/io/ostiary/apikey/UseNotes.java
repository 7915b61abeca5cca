package io.ostiary.apikey;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Collects last uses in memory, one entry for each key, and hands them to the store at most once a minute and never on
 * the thread of a request. What was not yet handed over is lost when the process ends. Thread-safe.
 */
final class UseNotes {
    private static final System.Logger LOG = System.getLogger(UseNotes.class.getName());
    private static final Duration EVERY = Duration.ofMinutes(1);

    private final ApiKeyStore store;
    private final Executor executor;
    private final Map<String, Instant> pending = new ConcurrentHashMap<>();
    private final AtomicReference<Instant> nextTime;

    UseNotes(ApiKeyStore store, InstantSource clock, Executor executor) {
        this.store = store;
        this.executor = executor;
        this.nextTime = new AtomicReference<>(clock.instant().plus(EVERY));
    }

    void note(String id, Instant now) {
        pending.put(id, now);
        Instant due = nextTime.get();
        if (!now.isBefore(due) && nextTime.compareAndSet(due, now.plus(EVERY))) {
            executor.execute(this::handOver);
        }
    }

    private void handOver() {
        Map<String, Instant> uses = new HashMap<>(pending);
        uses.forEach(pending::remove);
        try {
            store.used(uses);
        } catch (RuntimeException e) { // a use that is not noted refuses nobody
            LOG.log(System.Logger.Level.WARNING, "last uses of " + uses.size() + " API keys were not stored", e);
        }
    }
}
