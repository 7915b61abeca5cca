package io.ostiary.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.core.Identity;
import io.ostiary.core.crypto.Tokens;
import io.ostiary.testkit.SessionStoreTck;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class MemorySessionStoreTest extends SessionStoreTck {
    private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");

    @Override
    protected SessionStore store(InstantSource time) {
        return new MemorySessionStore(Fixture.settings("max-sessions", "1000"), time);
    }

    @Test
    void whoWatchesASessionThatHadToMakeRoomSeesItsEnd() {
        SessionStore store = new MemorySessionStore(Fixture.settings("max-sessions", "10"), InstantSource.fixed(NOW));
        Map<String, Supplier<@Nullable SessionRecord>> watched = new LinkedHashMap<>();
        for (int i = 0; i < 100; i++) {
            SessionRecord session = session("u" + i);
            store.insert(session, 50);
            watched.put(session.digest(), store.watch(session.digest()));
        }
        watched.forEach((digest, look) -> assertEquals(store.find(digest), look.get()));
        assertTrue(watched.values().stream().filter(look -> look.get() != null).count() <= 10);
    }

    private static SessionRecord session(String subject) {
        Identity identity = Identity.of("session", "https://op.example", subject, NOW);
        String digest = new Tokens().next();
        return new SessionRecord(digest, SessionRecord.State.AUTHENTICATED, identity, NOW, NOW, "127.0.0.1", "");
    }
}
