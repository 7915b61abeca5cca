package io.ostiary.core.oauth;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.testkit.FakeOpenIdProviderAnswer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;

/** Secrets of good and bad logins never reach a log, whatever its level. */
final class SecretsTest {
    @Test
    void neverLogsSecretsAtTheFinestLevel() {
        Capture capture = new Capture();
        Logger root = Logger.getLogger("io.ostiary");
        Level before = root.getLevel();
        PrintStream out = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        root.setLevel(Level.ALL);
        root.addHandler(capture);
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try (Fixture fixture = new Fixture("keep-tokens", "true")) {
            List<String> secrets = play(fixture);
            String log = String.join("", capture.lines) + printed.toString(StandardCharsets.UTF_8);
            assertTrue(log.contains("provider 'op'"), "something was logged");
            for (String secret : secrets) {
                assertFalse(log.contains(secret), "a secret was logged");
            }
        } finally {
            System.setOut(out);
            root.removeHandler(capture);
            root.setLevel(before);
        }
    }

    private static List<String> play(Fixture fixture) {
        List<String> secrets = new ArrayList<>(List.of("canary", "access-", "refresh-", "code_verifier"));
        fixture.op.grants().idToken(token -> secrets.add(token.build()));
        fixture.proven();
        fixture.op.replace(
                "/token", FakeOpenIdProviderAnswer.json(400, Map.of("error", "canary", "error_description", "canary")));
        fixture.logIn();
        fixture.op.replace("/token", FakeOpenIdProviderAnswer.text(200, "application/json", "{\"canary\""));
        fixture.logIn();
        fixture.op.replace("/token", FakeOpenIdProviderAnswer.text(500, "text/html", "canary"));
        fixture.logIn();
        fixture.op.straighten();
        fixture.op.grants().idToken(token -> token.signedBy(Fixture.STRANGER));
        fixture.logIn();
        fixture.op.requests("/token").forEach(request -> {
            secrets.add(String.valueOf(request.form("code")));
            secrets.add(String.valueOf(request.form("code_verifier")));
        });
        return secrets;
    }

    private static final class Capture extends Handler {
        private final Queue<String> lines = new ConcurrentLinkedQueue<>();

        @Override
        public void publish(LogRecord entry) {
            lines.add(new SimpleFormatter().format(entry));
        }

        @Override
        public void flush() {
            // Nothing is held back.
        }

        @Override
        public void close() {
            // Nothing to close.
        }
    }
}
