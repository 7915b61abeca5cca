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
    private static final Duration TELL_EVERY = Duration.ofHours(1);
    private static final int MAX_TOLD = 100_000;

    private final ApiKeyStore store;
    private final Executor executor;
    private final Map<String, Instant> pending = new ConcurrentHashMap<>();
    private final Map<String, Instant> told = new ConcurrentHashMap<>();
    private final AtomicReference<Instant> nextTime;

    UseNotes(ApiKeyStore store, InstantSource clock, Executor executor) {
        this.store = store;
        this.executor = executor;
        this.nextTime = new AtomicReference<>(clock.instant().plus(EVERY));
    }

    /** Returns true at the first use since the start, and then once an hour for each key: such a use is worth an event. */
    boolean note(String id, Instant now) {
        boolean first = pending.put(id, now) == null && due(id, now);
        Instant due = nextTime.get();
        if (!now.isBefore(due) && nextTime.compareAndSet(due, now.plus(EVERY))) {
            executor.execute(this::handOver);
        }
        return first;
    }

    private boolean due(String id, Instant now) {
        if (told.size() >= MAX_TOLD) { // keys that are gone stay here; telling of the others again does no harm
            told.clear();
        }
        Instant last = told.get(id);
        if (last != null && now.isBefore(last.plus(TELL_EVERY))) {
            return false;
        }
        told.put(id, now);
        return true;
    }

    /** Nobody heard of the use, so the next is worth an event again. */
    void untold(String id) {
        told.remove(id);
        pending.remove(id);
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
