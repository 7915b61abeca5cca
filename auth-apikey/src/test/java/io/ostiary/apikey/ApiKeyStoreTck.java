package io.ostiary.apikey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.testkit.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link ApiKeyStore} does; each built-in store extends this. */
abstract class ApiKeyStoreTck {
    static final int RACERS = 50;
    final MutableClock clock = new MutableClock();
    ApiKeyStore store = new MemoryApiKeyStore();

    /** Returns an empty store. */
    abstract ApiKeyStore create() throws Exception;

    @BeforeEach
    void createStore() throws Exception {
        store = create();
    }

    private ApiKeys keys() {
        return new ApiKeys(store, Keys.TOKENS, clock);
    }

    /** Lets all start at once and returns what they returned. */
    static <T> List<T> race(Callable<T> task) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(RACERS);
        try {
            CountDownLatch ready = new CountDownLatch(RACERS);
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < RACERS; i++) {
                futures.add(pool.submit(() -> {
                    ready.countDown();
                    ready.await();
                    return task.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void findsWhatWasInserted() {
        ApiKeyRecord record = Keys.record();
        assertNull(store.find(record.id()));
        assertTrue(store.insert(record));
        assertEquals(record, store.find(record.id()));
        assertEquals(List.of(record), store.all());
    }

    @Test
    void insertsAnIdOnce() {
        ApiKeyRecord record = Keys.record();
        assertTrue(store.insert(record));
        assertFalse(store.insert(record.withName("other")));
        assertEquals(record, store.find(record.id()));
    }

    @Test
    void replacesOnlyWhatTheCallerSaw() {
        ApiKeyRecord record = Keys.record();
        ApiKeyRecord renamed = record.withName("renamed");
        assertFalse(store.replace(record, renamed));
        store.insert(record);
        assertTrue(store.replace(record, renamed));
        assertFalse(store.replace(record, record.withName("late")));
        assertEquals(renamed, store.find(record.id()));
    }

    @Test
    void refusesToChangeAnId() {
        assertThrows(IllegalArgumentException.class, () -> store.replace(Keys.record(), Keys.record()));
    }

    @Test
    void countsItsChanges() {
        ApiKeyRecord record = Keys.record();
        long empty = store.epoch();
        store.insert(record);
        long one = store.epoch();
        store.insert(record);
        assertEquals(one, store.epoch());
        store.replace(record, record.withName("other"));
        assertNotEquals(empty, one);
        assertNotEquals(one, store.epoch());
    }

    @Test
    void notesTheLatestUseOfKnownKeys() {
        ApiKeyRecord record = Keys.record();
        store.insert(record);
        long epoch = store.epoch();
        Instant later = Keys.NOON.plusSeconds(5);
        store.used(Map.of(record.id(), later, "AAAAAAAAAAAAAAAA", later));
        store.used(Map.of(record.id(), Keys.NOON));
        assertEquals(later, store.lastUsed(record.id()));
        assertNull(store.lastUsed("AAAAAAAAAAAAAAAA"));
        assertEquals(epoch, store.epoch());
    }

    @Test
    void ofManyCreationsAllSucceed() throws Exception {
        List<ApiKeys.Issued> issued = race(() -> keys().create(Keys.draft()));
        assertEquals(RACERS, store.all().size());
        issued.forEach(each -> assertEquals(each.record(), store.find(each.key().id())));
    }

    @Test
    void ofManyCreationsOfOneIdOneWins() throws Exception {
        ApiKeyRecord record = Keys.record();
        List<ApiKeyRecord> winners = race(() -> {
                    ApiKeyRecord mine = record.withName(KeyText.randomId(Keys.TOKENS));
                    return store.insert(mine) ? List.of(mine) : List.<ApiKeyRecord>of();
                })
                .stream()
                .flatMap(List::stream)
                .toList();
        assertEquals(1, winners.size());
        assertEquals(winners.get(0), store.find(record.id()));
    }

    @Test
    void ofManyRotationsOneWins() throws Exception {
        ApiKeyRecord seen = keys().create(Keys.draft()).record();
        List<ApiKeyRecord> winners = race(() -> Optional.ofNullable(keys().rotate(seen, Duration.ofHours(1)))).stream()
                .flatMap(Optional::stream)
                .map(ApiKeys.Issued::record)
                .toList();
        assertEquals(1, winners.size());
        assertEquals(winners.get(0), store.find(seen.id()));
    }

    @Test
    void ofManyRevocationsOneWinsAndItHoldsAtOnce() throws Exception {
        String id = keys().create(Keys.draft()).key().id();
        List<Boolean> won = race(() -> keys().revoke(id));
        assertEquals(1, won.stream().filter(each -> each).count());
        assertEquals(Keys.NOON, Objects.requireNonNull(store.find(id)).revoked());
    }

    @Test
    void aRevocationWinsOverChangesDecidedOnEarlier() throws Exception {
        ApiKeyRecord seen = keys().create(Keys.draft()).record();
        assertTrue(keys().revoke(seen.id()));
        assertNull(keys().rotate(seen, Duration.ZERO));
        assertNull(keys().rename(seen, "other"));
        assertNull(keys().expire(seen, null));
        ApiKeyRecord now = Objects.requireNonNull(store.find(seen.id()));
        assertNull(keys().rotate(now, Duration.ZERO));
    }
}
