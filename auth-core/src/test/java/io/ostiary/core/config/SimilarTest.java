package io.ostiary.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SimilarTest {
    private static final List<String> KEYS = List.of("base-url", "session.idle-timeout", "session.absolute-timeout");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "session.idle-timeout",
                "sesion.idle-timeout",
                "session.idel-timeout",
                "session.idle_timeout",
                "session.idletimeout",
                "Session.Idle-Timeout",
                "SESSION.IDLE-TIMEOUT",
                "session.idle-timeouts"
            })
    void findsWhatWasMeant(String key) {
        assertEquals("session.idle-timeout", Similar.to(key, KEYS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "colour", "oauth.google.client-id", "idle-timeout"})
    void doesNotGuessWildly(String key) {
        assertNull(Similar.to(key, KEYS));
    }

    @Test
    void prefersTheNearestAndThenTheFirst() {
        assertEquals("abcd", Similar.to("abcx", List.of("axxx", "abcd", "abce")));
        assertNull(Similar.to("a", List.of()));
    }
}
