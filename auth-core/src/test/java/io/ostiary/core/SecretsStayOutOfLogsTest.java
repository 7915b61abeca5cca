package io.ostiary.core;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.core.crypto.Tokens;
import io.ostiary.testkit.SecretsStayOutOfLogs;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The detector that listens to every test can fail. */
final class SecretsStayOutOfLogsTest {
    private static final System.Logger LOG = System.getLogger("io.ostiary.core.SecretsStayOutOfLogsTest");
    private final SecretsStayOutOfLogs detector = new SecretsStayOutOfLogs();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "client canary-secret",
                "key ost_live_abcdefgh12345678_secretsecret",
                "token eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2ln",
            })
    void knowsSecrets(String text) {
        assertTrue(SecretsStayOutOfLogs.holdsSecret(text));
        assertTrue(SecretsStayOutOfLogs.holdsSecret("id " + new Tokens().next() + ","));
        assertTrue(SecretsStayOutOfLogs.holdsSecret("/auth/callback/op?code=" + new Tokens().next() + "&state=x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"provider 'op': token: status 500", "id 2vpen3z47rckj", "/a/b/c"})
    void knowsWhatIsNone(String text) {
        assertFalse(SecretsStayOutOfLogs.holdsSecret(text));
    }

    @Test
    @SuppressWarnings("NullAway") // the context is not looked at
    void failsTheTestThatLogsOneEvenAtTheFinestLevel() {
        assertTrue(Logger.getLogger("io.ostiary").isLoggable(Level.FINEST), "it listens to this run");
        LOG.log(System.Logger.Level.TRACE, "a canary");
        assertThrows(AssertionError.class, () -> detector.afterEach(null));
        LOG.log(System.Logger.Level.ERROR, "broken", new IllegalStateException("with a canary"));
        assertThrows(AssertionError.class, () -> detector.afterEach(null));
        LOG.log(System.Logger.Level.TRACE, "nothing");
        assertDoesNotThrow(() -> detector.afterEach(null));
    }
}
