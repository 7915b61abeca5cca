package io.ostiary.core.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.core.spi.SubjectKey;
import io.ostiary.testkit.MutableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class MemoryEpochsTest {
    private final MutableClock clock = new MutableClock();
    private final MemoryEpochs epochs = new MemoryEpochs(2, clock);

    @Test
    void whenItIsFullEverybodyIsLoggedOutRatherThanAnybodyLetBackIn() {
        Instant now = clock.instant();
        for (String subject : new String[] {"a", "b", "c"}) {
            epochs.raise(key(subject), now);
        }
        for (String subject : new String[] {"a", "b", "c", "never seen"}) {
            assertEquals(now, epochs.notBefore(key(subject)));
        }
    }

    @Test
    void makesRoomByWhatNothingCanOutlive() {
        epochs.raise(key("a"), clock.instant());
        epochs.raise(key("b"), clock.instant());
        clock.advance(Duration.ofDays(91));
        epochs.raise(key("c"), clock.instant());
        assertEquals(Instant.EPOCH, epochs.notBefore(key("never seen")));
        assertEquals(clock.instant(), epochs.notBefore(key("c")));
    }

    @Test
    void aFullDenyListForgetsNothingEarlyAndSaysSo() {
        MemoryDenyList denied = new MemoryDenyList(1, clock);
        denied.deny("access", "one", clock.instant().plusSeconds(60));
        assertTrue(denied.denied("access", "one"));
        assertFalse(denied.denied("session", "one"));
        assertThrows(IllegalStateException.class, () -> denied.deny("access", "two", Instant.MAX));
        clock.advance(Duration.ofSeconds(60));
        denied.deny("access", "two", Instant.MAX);
        assertTrue(denied.denied("access", "two"));
    }

    private static SubjectKey key(String subject) {
        return new SubjectKey("https://op.example", subject);
    }
}
