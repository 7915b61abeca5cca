package io.ostiary.core.audit;

import io.ostiary.core.spi.AuthEvent;

/** Writes each row as one line of JSON to the logger {@code io.ostiary.audit}. Thread-safe. */
final class AuditLog {
    private static final System.Logger LOG = System.getLogger("io.ostiary.audit");

    void write(AuthEvent event, AuditRecord row) {
        boolean fault = event.type() == AuthEvent.Type.FAULT;
        System.Logger.Level level = fault ? System.Logger.Level.ERROR : System.Logger.Level.INFO;
        if (LOG.isLoggable(level)) {
            LOG.log(level, "{0}", row.toJson());
        }
    }

    /** Somebody without any credential, which is no incident. */
    void visitor(AuthEvent event) {
        if (LOG.isLoggable(System.Logger.Level.DEBUG)) {
            LOG.log(System.Logger.Level.DEBUG, "{0}", AuditRecord.of(event).toJson());
        }
    }
}
