package io.ostiary.apikey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class CachingApiKeyStoreTest extends ApiKeyStoreTck {
    private final Counting inner = new Counting();

    @Override
    ApiKeyStore create() {
        return new CachingApiKeyStore(inner, 100, Duration.ofSeconds(10), clock);
    }

    @Test
    void asksOnceForAKnownKeyAndOnceForAnUnknownId() {
        ApiKeyRecord record = Keys.record();
        inner.insert(record);
        for (int i = 0; i < 5; i++) {
            store.find(record.id());
            store.find("AAAAAAAAAAAAAAAA");
        }
        assertEquals(2, inner.finds);
        assertEquals(1, inner.epochs);
    }

    @Test
    void seesAChangeMadeElsewhereAfterTheStatedTime() {
        ApiKeyRecord record = Keys.record();
        assertNull(store.find(record.id()));
        inner.insert(record);
        clock.advance(Duration.ofSeconds(9));
        assertNull(store.find(record.id()));
        clock.advance(Duration.ofSeconds(1));
        assertEquals(record, store.find(record.id()));
        inner.replace(record, record.withRevoked(Keys.NOON));
        assertEquals(record, store.find(record.id()));
        clock.advance(Duration.ofSeconds(10));
        assertEquals(record.withRevoked(Keys.NOON), store.find(record.id()));
    }

    @Test
    void keepsWhatItHasWhileNothingChanges() {
        ApiKeyRecord record = Keys.record();
        inner.insert(record);
        clock.advance(Duration.ofSeconds(10));
        store.find(record.id());
        clock.advance(Duration.ofSeconds(30));
        store.find(record.id());
        assertEquals(1, inner.finds);
    }

    @Test
    void aFloodOfUnknownIdsPushesOutNoKnownKey() {
        ApiKeyRecord record = Keys.record();
        inner.insert(record);
        store.find(record.id());
        for (int i = 0; i < 1_000; i++) {
            store.find(KeyText.randomId(Keys.TOKENS));
        }
        int before = inner.finds;
        store.find(record.id());
        assertEquals(before, inner.finds);
    }

    @Test
    void refusesToBeFarBehind() {
        for (long seconds : new long[] {0, 61}) {
            String message = assertThrows(
                            IllegalArgumentException.class,
                            () -> new CachingApiKeyStore(inner, 10, Duration.ofSeconds(seconds), clock))
                    .getMessage();
            assertEquals("a cache of API keys is from 1 second to 1 minute behind", message);
        }
    }

    /** Counts what a slow store would be asked. */
    private static class Counting implements ApiKeyStore {
        private final ApiKeyStore inner;
        private int finds;
        private int epochs;

        Counting() {
            this(new MemoryApiKeyStore());
        }

        Counting(ApiKeyStore inner) {
            this.inner = inner;
        }

        @Override
        public @Nullable ApiKeyRecord find(String id) {
            finds++;
            return inner.find(id);
        }

        @Override
        public List<ApiKeyRecord> all() {
            return inner.all();
        }

        @Override
        public boolean insert(ApiKeyRecord record) {
            return inner.insert(record);
        }

        @Override
        public boolean replace(ApiKeyRecord seen, ApiKeyRecord next) {
            return inner.replace(seen, next);
        }

        @Override
        public void used(Map<String, Instant> uses) {
            inner.used(uses);
        }

        @Override
        public @Nullable Instant lastUsed(String id) {
            return inner.lastUsed(id);
        }

        @Override
        public long epoch() {
            epochs++;
            return inner.epoch();
        }
    }

    /** Notes what is asked for. */
    static final class Watched extends Counting {
        private final List<String> asked;

        Watched(ApiKeyStore inner, List<String> asked) {
            super(inner);
            this.asked = asked;
        }

        @Override
        public @Nullable ApiKeyRecord find(String id) {
            asked.add(id);
            return super.find(id);
        }
    }

    /** Cannot write. */
    static final class Broken extends Counting {
        @Override
        public void used(Map<String, Instant> uses) {
            throw new IllegalStateException("disk full");
        }
    }
}
