package io.ostiary.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.core.Identity;
import io.ostiary.core.crypto.Tokens;
import io.ostiary.core.session.RememberStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What every {@link RememberStore} must do. Extend it and run it against the real backend. */
public abstract class RememberStoreTck {
    private static final int THREADS = 50;
    private final MutableClock clock = new MutableClock();
    private final Tokens tokens = new Tokens();
    private RememberStore store;

    /** For subclasses. */
    protected RememberStoreTck() {}

    /**
     * Makes a store.
     *
     * @param time tells the time
     * @return empty, with room for 1000 entries
     */
    protected abstract RememberStore store(InstantSource time);

    @BeforeEach
    final void startsEmpty() {
        store = store(clock);
    }

    @Test
    void findsWhatWasInserted() {
        RememberStore.Entry entry = inserted();
        assertEquals(entry, store.find(entry.selector()));
        assertNull(store.find("another"));
    }

    @Test
    void replacesWhatIsStillAsSeen() {
        RememberStore.Entry entry = inserted();
        RememberStore.Entry next = entry.rotatedTo("v2", clock.instant());
        assertTrue(store.replace(entry.verifier(), next));
        assertEquals(next, store.find(entry.selector()));
        assertFalse(store.replace(entry.verifier(), entry.rotatedTo("v3", clock.instant())));
        assertEquals(next, store.find(entry.selector()));
    }

    @Test
    void doesNotBringBackWhatWasRemoved() {
        RememberStore.Entry entry = inserted();
        assertTrue(store.remove(entry.selector()));
        assertFalse(store.remove(entry.selector()));
        assertFalse(store.replace(entry.verifier(), entry.rotatedTo("v2", clock.instant())));
        assertNull(store.find(entry.selector()));
    }

    @RepeatedTest(20)
    void onlyOneOfManyParallelReplacementsWins() {
        RememberStore.Entry entry = inserted();
        AtomicInteger won = new AtomicInteger();
        Parallel.run(THREADS, i -> {
            if (store.replace(entry.verifier(), entry.rotatedTo("next" + i, clock.instant()))) {
                won.incrementAndGet();
            }
        });
        assertEquals(1, won.get());
    }

    private RememberStore.Entry inserted() {
        RememberStore.Entry entry = new RememberStore.Entry(
                tokens.next(),
                Tokens.digest(tokens.next()),
                "",
                clock.instant(),
                Identity.of("session", "https://op.example", "ada", clock.instant()),
                clock.instant(),
                clock.instant().plus(Duration.ofDays(14)));
        store.insert(entry);
        return entry;
    }
}
