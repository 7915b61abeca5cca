package io.ostiary.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.core.spi.Rate;
import io.ostiary.core.spi.RateLimitStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link RateLimitStore} must do. */
public abstract class RateLimitStoreTck {
    private static final List<Rate> TEN = List.of(new Rate(10, Duration.ofMinutes(1)));
    private final MutableClock clock = new MutableClock();
    private RateLimitStore store = (key, rates) -> Duration.ZERO;

    /** For subclasses. */
    protected RateLimitStoreTck() {}

    /**
     * Makes an empty store.
     *
     * @param time tells the time
     * @return a store
     */
    protected abstract RateLimitStore create(MutableClock time);

    @BeforeEach
    void makeTheStore() {
        store = create(clock);
    }

    private int permitted(String key, List<Rate> rates, int tries) {
        int count = 0;
        for (int i = 0; i < tries; i++) {
            count += store.consume(key, rates).isZero() ? 1 : 0;
        }
        return count;
    }

    @Test
    void letsAsManyThroughAsTheRateSays() {
        assertEquals(10, permitted("a", TEN, 50));
    }

    @Test
    void eachKeyIsCountedApart() {
        assertEquals(10, permitted("a", TEN, 50));
        assertEquals(10, permitted("b", TEN, 50));
    }

    @Test
    void saysWhenTryingAgainMakesSense() {
        permitted("a", TEN, 10);
        Duration wait = store.consume("a", TEN);
        assertTrue(wait.compareTo(Duration.ZERO) > 0 && wait.compareTo(Duration.ofMinutes(1)) <= 0, wait.toString());
        clock.advance(wait.plusMillis(1));
        assertEquals(Duration.ZERO, store.consume("a", TEN));
    }

    @Test
    void aBurstAcrossTheEdgeOfAMinuteGetsNoMore() {
        clock.advance(Duration.ofMillis(59_900));
        assertEquals(10, permitted("a", TEN, 20));
        clock.advance(Duration.ofMillis(200));
        assertEquals(0, permitted("a", TEN, 20));
    }

    @Test
    void isFullAgainAfterItsPeriod() {
        permitted("a", TEN, 20);
        clock.advance(Duration.ofMinutes(1));
        assertEquals(10, permitted("a", TEN, 20));
        clock.advance(Duration.ofDays(30));
        assertEquals(10, permitted("a", TEN, 20));
    }

    @Test
    void allRatesHoldAtOnce() {
        List<Rate> both = List.of(new Rate(10, Duration.ofMinutes(1)), new Rate(15, Duration.ofHours(1)));
        assertEquals(10, permitted("a", both, 20));
        clock.advance(Duration.ofMinutes(1));
        assertEquals(5, permitted("a", both, 20));
    }

    @Test
    void twoHundredParallelGuessesGetNoMore() {
        AtomicInteger permitted = new AtomicInteger();
        Parallel.run(200, thread -> {
            if (store.consume("a", TEN).isZero()) {
                permitted.incrementAndGet();
            }
        });
        assertEquals(10, permitted.get());
    }

    @Test
    void aClockThatIsSetBackGivesNothingAway() {
        permitted("a", TEN, 20);
        clock.advance(Duration.ofHours(-1));
        assertEquals(0, permitted("a", TEN, 20));
    }
}
