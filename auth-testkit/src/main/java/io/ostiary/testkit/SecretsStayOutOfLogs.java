package io.ostiary.testkit;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Listens to the log of a whole test run, of the kit and of the libraries that it hands secrets to at the finest level, and
 * fails the test during which something was logged that has the form of a secret: an API key, a JWT, a random token of 43
 * characters (session ids, codes, states, verifiers, refresh tokens), or the word {@code canary}, which fixtures have in
 * their passwords and client secrets. With {@code junit.jupiter.extensions.autodetection.enabled=true} it listens to every
 * test. Thread-safe.
 */
public final class SecretsStayOutOfLogs implements BeforeAllCallback, AfterEachCallback {
    private static final Pattern SECRET = Pattern.compile("canary"
            + "|ost_[a-z]{2,8}_[A-Za-z0-9]{16}_[A-Za-z0-9]+"
            + "|eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]+\\."
            + "|(?<![A-Za-z0-9_./+-])[A-Za-z0-9_-]{43}(?![A-Za-z0-9_(/+=-])");
    private static final List<Logger> FINEST = List.of(
            Logger.getLogger("io.ostiary"),
            Logger.getLogger("com.github.scribejava"),
            Logger.getLogger("com.nimbusds"));
    private static final Listener LISTENER = new Listener();

    /** Made by JUnit. */
    public SecretsStayOutOfLogs() {}

    @Override
    public void beforeAll(ExtensionContext context) {
        Logger root = Logger.getLogger("");
        if (!List.of(root.getHandlers()).contains(LISTENER)) {
            LISTENER.setLevel(Level.ALL);
            root.addHandler(LISTENER);
            FINEST.forEach(logger -> logger.setLevel(Level.ALL));
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        String leak = LISTENER.leaks.poll();
        LISTENER.leaks.clear();
        if (leak != null) {
            throw new AssertionError("a secret was logged: " + leak);
        }
    }

    /**
     * Tells whether a text holds something that has the form of a secret.
     *
     * @param text a line of a log
     * @return true if it does
     */
    public static boolean holdsSecret(String text) {
        return SECRET.matcher(text).find();
    }

    private static final class Listener extends Handler {
        private final Queue<String> leaks = new ConcurrentLinkedQueue<>();

        @Override
        public void publish(LogRecord entry) {
            StringWriter text = new StringWriter();
            text.append(new SimpleFormatter().formatMessage(entry));
            if (entry.getThrown() != null) {
                entry.getThrown().printStackTrace(new PrintWriter(text));
            }
            if (holdsSecret(text.toString())) {
                leaks.add(entry.getLoggerName() + ": " + text);
            }
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
