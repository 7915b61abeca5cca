package io.ostiary.core.audit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** The newest rows, in memory, for a page; the log is the record. Thread-safe. */
public final class RecentAudit implements AuditSink {
    private final int most;
    private final Deque<AuditRecord> rows = new ArrayDeque<>();

    RecentAudit(int most) {
        this.most = most;
    }

    @Override
    public void write(AuditRecord row) {
        synchronized (rows) {
            if (rows.size() >= most) {
                rows.pollLast();
            }
            if (most > 0) {
                rows.addFirst(row);
            }
        }
    }

    /**
     * Finds rows.
     *
     * @param event the event; empty for any
     * @param user a part of the name or subject, case does not count; empty for any
     * @param outcome the outcome; empty for any
     * @param limit most rows
     * @return newest first
     */
    public List<AuditRecord> find(String event, String user, String outcome, int limit) {
        List<AuditRecord> all;
        synchronized (rows) {
            all = new ArrayList<>(rows);
        }
        String part = user.toLowerCase(Locale.ROOT);
        return all.stream()
                .filter(row -> event.isEmpty() || row.event().equals(event))
                .filter(row -> outcome.isEmpty() || row.outcome().equals(outcome))
                .filter(row -> row.name().toLowerCase(Locale.ROOT).contains(part)
                        || row.subject().toLowerCase(Locale.ROOT).contains(part))
                .limit(limit)
                .toList();
    }
}
