package io.ostiary.core.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.core.spi.Rate;
import io.ostiary.core.spi.RateLimitStore;
import io.ostiary.testkit.MutableClock;
import io.ostiary.testkit.RateLimitStoreTck;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MemoryRateLimitStoreTest extends RateLimitStoreTck {
    private static final List<Rate> ONE = List.of(new Rate(1, Duration.ofMinutes(1)));

    @Override
    protected RateLimitStore create(MutableClock time) {
        return new MemoryRateLimitStore(1_000, time);
    }

    /** DOS-07, RAT-08. */
    @Test
    void aMillionKeysDoNotGrowItPastItsBound() {
        MemoryRateLimitStore store = new MemoryRateLimitStore(1_000, new MutableClock());
        for (int i = 0; i < 1_000_000; i++) {
            store.consume("address " + i, ONE);
        }
        assertTrue(store.size() <= 1_000 + 256, store.size() + " buckets");
    }

    @Test
    void aFloodWipesOutNobodysCount() {
        MemoryRateLimitStore store = new MemoryRateLimitStore(1_000, new MutableClock());
        assertTrue(store.consume("guesser", ONE).isZero());
        for (int i = 0; i < 10_000; i++) {
            store.consume("address " + i, ONE);
        }
        assertFalse(store.consume("guesser", ONE).isZero());
    }

    @Test
    void whenItIsFullNewKeysShareBucketsAndAreNotFree() {
        MemoryRateLimitStore store = new MemoryRateLimitStore(10, new MutableClock());
        int permitted = 0;
        for (int i = 0; i < 10_000; i++) {
            permitted += store.consume("address " + i, ONE).isZero() ? 1 : 0;
        }
        assertTrue(permitted <= 10 + 256, permitted + " were let through");
    }

    @Test
    void whatIsFullAgainMakesRoom() {
        MutableClock clock = new MutableClock();
        MemoryRateLimitStore store = new MemoryRateLimitStore(10, clock);
        for (int i = 0; i < 10; i++) {
            store.consume("old " + i, ONE);
        }
        clock.advance(Duration.ofMinutes(2));
        for (int i = 0; i < 10; i++) {
            assertEquals(Duration.ZERO, store.consume("new " + i, ONE));
        }
    }
}
