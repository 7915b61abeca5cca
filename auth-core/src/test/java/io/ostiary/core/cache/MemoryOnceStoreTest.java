package io.ostiary.core.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.testkit.MutableClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class MemoryOnceStoreTest {
    private final MutableClock clock = new MutableClock();

    @Test
    void onlyTheFirstClaimWins() {
        MemoryOnceStore store = new MemoryOnceStore(10, clock);
        assertTrue(store.claim("login", "a", clock.instant().plusSeconds(60)));
        assertFalse(store.claim("login", "a", clock.instant().plusSeconds(60)));
        assertTrue(store.claim("nonce", "a", clock.instant().plusSeconds(60)));
        assertTrue(store.claim("login", "b", clock.instant().plusSeconds(60)));
    }

    @Test
    void refusesWhatIsOver() {
        MemoryOnceStore store = new MemoryOnceStore(10, clock);
        assertFalse(store.claim("login", "a", clock.instant()));
    }

    @Test
    void whenFullItRefusesInsteadOfForgetting() {
        MemoryOnceStore store = new MemoryOnceStore(2, clock);
        assertTrue(store.claim("login", "a", clock.instant().plusSeconds(60)));
        assertTrue(store.claim("login", "b", clock.instant().plusSeconds(60)));
        assertFalse(store.claim("login", "c", clock.instant().plusSeconds(60)));
        assertFalse(store.claim("login", "a", clock.instant().plusSeconds(60)));
        clock.advance(Duration.ofSeconds(61));
        assertTrue(store.claim("login", "c", clock.instant().plusSeconds(60)));
    }

    @Test
    void fiftyAtATimeHaveOneWinner() throws Exception {
        MemoryOnceStore store = new MemoryOnceStore(100, clock);
        ExecutorService threads = Executors.newFixedThreadPool(50);
        try {
            Callable<Boolean> claim =
                    () -> store.claim("login", "a", clock.instant().plusSeconds(60));
            List<Callable<Boolean>> claims =
                    IntStream.range(0, 50).mapToObj(unused -> claim).toList();
            int winners = 0;
            for (var result : threads.invokeAll(claims)) {
                winners += result.get() ? 1 : 0;
            }
            assertEquals(1, winners);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aCacheForgetsAtTheTimeOfTheEntry() {
        ExpiringCache<String, Duration> cache = new ExpiringCache<>(10, clock, clock.instant()::plus);
        cache.put("short", Duration.ofSeconds(5));
        cache.put("long", Duration.ofSeconds(50));
        clock.advance(Duration.ofSeconds(6));
        assertNull(cache.get("short"));
        assertNull(cache.update("short", value -> value));
        assertEquals(Duration.ofSeconds(50), cache.get("long"));
        assertEquals(Duration.ofSeconds(50), cache.remove("long"));
        assertNull(cache.remove("long"));
    }
}
