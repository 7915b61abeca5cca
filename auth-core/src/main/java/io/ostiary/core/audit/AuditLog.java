package io.ostiary.core.audit;

import io.ostiary.core.spi.AuthEvent;

/** Writes each row as one line of JSON to the logger {@code io.ostiary.audit}. Thread-safe. */
final class AuditLog {
    private static final System.Logger LOG = System.getLogger("io.ostiary.audit");

    void write(AuthEvent event, AuditRecord row) {
        System.Logger.Level level = level(event);
        if (LOG.isLoggable(level)) {
            LOG.log(level, "{0}", row.toJson());
        }
    }

    /** A visitor without any credential is no incident; everything else is worth a line by default. */
    private static System.Logger.Level level(AuthEvent event) {
        return switch (event.type()) {
            case CHALLENGED -> event.reason() == null ? System.Logger.Level.DEBUG : System.Logger.Level.INFO;
            case FAULT -> System.Logger.Level.ERROR;
            default -> System.Logger.Level.INFO;
        };
    }
}
