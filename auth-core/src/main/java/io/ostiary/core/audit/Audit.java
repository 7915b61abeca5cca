package io.ostiary.core.audit;

import io.ostiary.core.config.Settings;
import io.ostiary.core.spi.AuthEvent;
import io.ostiary.core.spi.AuthListener;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/**
 * Writes each event to the log, keeps the newest in memory, counts them all, and hands them to the sinks that an
 * application brings. Thread-safe.
 */
public final class Audit implements AuthListener, AutoCloseable {
    private static final int MAX_RECENT = 100_000;
    private static final int MAX_QUEUE = 1_000_000;
    private final List<AuditSink> sinks;
    private final AuditLog log;
    private final RecentAudit recent;
    private final EventCounts counts = new EventCounts();

    private Audit(AuditLog log, RecentAudit recent, List<AuditSink> sinks) {
        this.log = log;
        this.recent = recent;
        this.sinks = List.copyOf(sinks);
    }

    /**
     * Reads the settings {@code recent}, how many of the newest rows are kept in memory, and {@code queue}, how many may
     * wait for a slow sink.
     *
     * @param section the settings of audit
     * @return the audit
     * @throws io.ostiary.core.config.ConfigurationException if a setting is wrong
     */
    public static Audit from(Settings section) {
        RecentAudit recent = new RecentAudit(section.number("recent", 1_000, 0, MAX_RECENT));
        int capacity = section.number("queue", 10_000, 1, MAX_QUEUE);
        List<AuditSink> sinks = new ArrayList<>();
        ServiceLoader.load(AuditSink.class, AuditSink.class.getClassLoader())
                .forEach(sink -> sinks.add(new QueuedSink(sink, capacity).started()));
        return new Audit(new AuditLog(), recent, sinks);
    }

    @Override
    public void on(AuthEvent event) {
        counts.on(event);
        AuditRecord row = AuditRecord.of(event);
        recent.write(row);
        sinks.forEach(sink -> sink.write(row));
        log.write(event, row);
    }

    /**
     * Returns the newest rows.
     *
     * @return what is kept in memory
     */
    public RecentAudit recent() {
        return recent;
    }

    /**
     * Returns the counters.
     *
     * @return how often what happened
     */
    public EventCounts counts() {
        return counts;
    }

    /** Writes what slow sinks have not taken yet, for a few seconds at most. */
    @Override
    public void close() {
        for (AuditSink sink : sinks) {
            if (sink instanceof QueuedSink queued) {
                queued.close();
            }
        }
    }
}
