package io.ostiary.core.audit;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes to a sink that may be slow, from a thread of its own. The queue is bounded: when it is full, rows are dropped and
 * counted, and the count is logged; a request never waits. Thread-safe.
 */
final class QueuedSink implements AuditSink, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(QueuedSink.class.getName());
    private static final long CLOSE_SECONDS = 5;
    private final AuditSink slow;
    private final BlockingQueue<AuditRecord> queue;
    private final AtomicLong dropped = new AtomicLong();
    private final Thread writer;
    private volatile boolean closed;

    QueuedSink(AuditSink slow, int capacity) {
        this.slow = slow;
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.writer = new Thread(this::run, "ostiary-audit");
        writer.setDaemon(true);
    }

    QueuedSink started() {
        writer.start();
        return this;
    }

    @Override
    public void write(AuditRecord row) {
        if (!queue.offer(row)) {
            dropped.incrementAndGet();
        }
    }

    long dropped() {
        return dropped.get();
    }

    private void run() {
        long told = 0;
        while (!closed || !queue.isEmpty()) {
            try {
                AuditRecord row = queue.poll(1, TimeUnit.SECONDS);
                if (row != null) {
                    writeOne(row);
                }
            } catch (InterruptedException e) {
                return;
            }
            long lost = dropped.get();
            if (lost > told) {
                LOG.log(System.Logger.Level.WARNING, "{0} audit rows were dropped, a sink is too slow", lost - told);
                told = lost;
            }
        }
    }

    private void writeOne(AuditRecord row) {
        try {
            slow.write(row);
        } catch (RuntimeException fault) {
            LOG.log(System.Logger.Level.ERROR, "an audit sink failed", fault);
        }
    }

    /** Writes what is queued, for a few seconds at most. */
    @Override
    public void close() {
        closed = true;
        try {
            writer.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        writer.interrupt();
    }
}
