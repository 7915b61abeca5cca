package io.ostiary.core.audit;

import io.ostiary.core.json.Json;
import io.ostiary.core.spi.AuthEvent;
import io.ostiary.core.spi.AuthListener;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Writes each event as one line of JSON to the logger {@code io.ostiary.audit}. What comes from the client is encoded by
 * the JSON writer and cut, so it can neither break the line nor flood the log. Thread-safe.
 */
public final class AuditLog implements AuthListener {
    private static final System.Logger LOG = System.getLogger("io.ostiary.audit");
    private static final int MAX_TEXT = 255;

    /** Writes to the platform's logger. */
    public AuditLog() {}

    @Override
    public void on(AuthEvent event) {
        System.Logger.Level level = level(event);
        if (LOG.isLoggable(level)) {
            LOG.log(level, "{0}", line(event));
        }
    }

    static String line(AuthEvent event) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("event", event.type().name().toLowerCase(Locale.ROOT));
        fields.put("time", event.time().toString());
        if (!event.id().isEmpty()) {
            fields.put("id", event.id());
        }
        if (event.identity() != null) {
            fields.put("name", cut(event.identity().name()));
            fields.put("issuer", cut(event.identity().issuer()));
            fields.put("subject", cut(event.identity().subject()));
            fields.put("scheme", event.identity().scheme());
        }
        if (event.reason() != null) {
            fields.put("reason", event.reason().name().toLowerCase(Locale.ROOT));
        }
        fields.put("method", cut(event.method()));
        fields.put("path", cut(event.path()));
        fields.put("address", cut(event.remoteAddress()));
        return Json.write(fields);
    }

    /** A visitor without any credential is no incident; everything else is worth a line by default. */
    private static System.Logger.Level level(AuthEvent event) {
        return switch (event.type()) {
            case CHALLENGED -> event.reason() == null ? System.Logger.Level.DEBUG : System.Logger.Level.INFO;
            case FAULT -> System.Logger.Level.ERROR;
            default -> System.Logger.Level.INFO;
        };
    }

    private static String cut(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
    }
}
