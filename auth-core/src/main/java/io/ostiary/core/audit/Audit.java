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
    private static final int MAX_REFUSALS = 1_000_000;
    private static final long RETRY_MILLIS = 1_000;
    private final List<AuditSink> sinks;
    private final AuditLog log;
    private final RecentAudit recent;
    private final EventCounts counts = new EventCounts();
    private final Flood flood;
    private final OnFailure onFailure;

    private Audit(AuditLog log, RecentAudit recent, Flood flood, List<AuditSink> sinks, OnFailure onFailure) {
        this.log = log;
        this.recent = recent;
        this.flood = flood;
        this.sinks = List.copyOf(sinks);
        this.onFailure = onFailure;
    }

    private enum OnFailure {
        IGNORE,
        DENY
    }

    /**
     * Reads the settings {@code recent}, how many of the newest rows are kept in memory, {@code queue}, how many may wait for
     * a slow sink, {@code refusals}, how many of those that cost nothing to cause become rows in a minute, and
     * {@code on-failure}. The sinks are those that {@link ServiceLoader} finds.
     *
     * @param section the settings of audit
     * @return the audit
     * @throws io.ostiary.core.config.ConfigurationException if a setting is wrong
     */
    public static Audit from(Settings section) {
        List<AuditSink> found = new ArrayList<>();
        ServiceLoader.load(AuditSink.class, AuditSink.class.getClassLoader()).forEach(found::add);
        return from(section, found);
    }

    /**
     * Reads the same settings, and writes to given sinks.
     *
     * @param section the settings of audit
     * @param slow each gets a queue and a thread of its own
     * @return the audit
     * @throws io.ostiary.core.config.ConfigurationException if a setting is wrong
     */
    public static Audit from(Settings section, List<? extends AuditSink> slow) {
        RecentAudit recent = new RecentAudit(section.number("recent", 1_000, 0, MAX_RECENT));
        int capacity = section.number("queue", 10_000, 1, MAX_QUEUE);
        Flood flood = new Flood(section.number("refusals", 600, 1, MAX_REFUSALS));
        OnFailure onFailure = section.oneOf("on-failure", OnFailure.class, OnFailure.IGNORE);
        List<AuditSink> sinks = new ArrayList<>();
        slow.forEach(
                sink -> sinks.add(new QueuedSink(sink, capacity, onFailure == OnFailure.DENY, RETRY_MILLIS).started()));
        return new Audit(new AuditLog(), recent, flood, sinks, onFailure);
    }

    /**
     * Tells whether a request whose event cannot be written down is denied.
     *
     * @return the setting {@code on-failure}
     */
    public boolean needed() {
        return onFailure == OnFailure.DENY;
    }

    /**
     * Writes one event everywhere. A visitor without any credential who is sent to log in is counted, and logged at DEBUG.
     *
     * @throws IllegalStateException if a sink does not take it and {@code on-failure} is {@code deny}
     */
    @Override
    public void on(AuthEvent event) {
        counts.on(event);
        if (event.type() == AuthEvent.Type.CHALLENGED && event.reason() == null) {
            log.visitor(event); // a crawler must not push out the rows that matter
            return;
        }
        if (flood.over(event)) {
            return;
        }
        AuditRecord row = AuditRecord.of(event);
        recent.write(row);
        log.write(event, row);
        IllegalStateException refused = null;
        for (int i = 0; i < sinks.size(); i++) { // last, and all of them: one that does not take it may throw
            try {
                sinks.get(i).write(row);
            } catch (IllegalStateException full) {
                refused = full;
            }
        }
        if (refused != null) {
            throw refused;
        }
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
