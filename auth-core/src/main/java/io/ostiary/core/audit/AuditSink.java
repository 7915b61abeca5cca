package io.ostiary.core.audit;

/**
 * Where audit rows go. Thread-safe. Those that {@link java.util.ServiceLoader} finds are written to by a thread of their
 * own, so they may block; what they throw is logged, and the row is lost to them.
 */
@FunctionalInterface
public interface AuditSink {
    /**
     * Takes a row.
     *
     * @param row what happened
     */
    void write(AuditRecord row);
}
