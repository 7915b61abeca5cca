package io.ostiary.apikey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.testkit.MutableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class UseNotesTest {
    private final MutableClock clock = new MutableClock();
    private final MemoryApiKeyStore store = new MemoryApiKeyStore();
    private final List<Runnable> handedOver = new ArrayList<>();
    private final UseNotes notes = new UseNotes(store, clock, handedOver::add);
    private final ApiKeyRecord record = Keys.record();

    @Test
    void storesManyUsesByOneWriteAMinuteAndNeverItself() {
        store.insert(record);
        for (int second = 0; second < 120; second++) {
            notes.note(record.id(), clock.instant());
            clock.advance(Duration.ofSeconds(1));
        }
        assertEquals(1, handedOver.size());
        assertNull(store.lastUsed(record.id()));
        handedOver.get(0).run();
        assertEquals(Keys.NOON.plusSeconds(119), store.lastUsed(record.id()));
    }

    @Test
    void aStoreThatFailsRefusesNobody() {
        UseNotes broken = new UseNotes(new CachingApiKeyStoreTest.Broken(), clock, Runnable::run);
        clock.advance(Duration.ofMinutes(1));
        broken.note(record.id(), clock.instant());
        assertNull(store.lastUsed(record.id()));
    }

    @Test
    void aUseIsWorthAnEventOnceAnHourForEachKey() {
        store.insert(record);
        int told = 0;
        for (int minute = 0; minute < 150; minute++) {
            told += notes.note(record.id(), clock.instant()) ? 1 : 0;
            told += notes.note(record.id(), clock.instant()) ? 1 : 0;
            clock.advance(Duration.ofMinutes(1));
            handedOver.forEach(Runnable::run);
            handedOver.clear();
        }
        assertEquals(3, told);
        assertTrue(notes.note("another", clock.instant()));
    }
}
