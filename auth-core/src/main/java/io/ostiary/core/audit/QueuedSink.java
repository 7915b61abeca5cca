package io.ostiary.core.audit;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes to a sink that may be slow, from a thread of its own. The queue is bounded, and a request never waits. Where rows
 * may be lost, those for which there is no room, or at which the sink fails, are dropped and counted, and the count is
 * logged. Where none may be lost, a row is offered to the sink again until it takes it, and until then new rows are refused.
 * Thread-safe.
 */
final class QueuedSink implements AuditSink, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(QueuedSink.class.getName());
    private static final long CLOSE_SECONDS = 5;
    private final AuditSink slow;
    private final BlockingQueue<AuditRecord> queue;
    private final boolean needed;
    private final long retryMillis;
    private final AtomicLong dropped = new AtomicLong();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread writer;
    private volatile boolean failing;

    /** Takes how many rows may wait, whether none may be lost, and after how long a row is offered again. */
    QueuedSink(AuditSink slow, int capacity, boolean needed, long retryMillis) {
        this.retryMillis = retryMillis;
        this.slow = slow;
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.needed = needed;
        this.writer = new Thread(this::run, "ostiary-audit");
        writer.setDaemon(true);
    }

    QueuedSink started() {
        writer.start();
        return this;
    }

    @Override
    public void write(AuditRecord row) {
        boolean taken = !(needed && failing) && queue.offer(row);
        if (!taken && needed) {
            throw new IllegalStateException(
                    failing ? "an audit sink fails" : "an audit sink is too slow, its queue is full");
        }
        if (!taken) {
            dropped.incrementAndGet();
        }
    }

    long dropped() {
        return dropped.get();
    }

    private void run() {
        long told = 0;
        while (!closed() || !queue.isEmpty()) {
            try {
                AuditRecord row = queue.poll(1, TimeUnit.SECONDS);
                if (row != null) {
                    deliver(row);
                }
            } catch (InterruptedException e) {
                if (closed()) {
                    return;
                }
            }
            long lost = dropped.get();
            if (lost > told) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "{0} audit rows were dropped, a sink is too slow or fails",
                        lost - told);
                told = lost;
            }
        }
    }

    private void deliver(AuditRecord row) throws InterruptedException {
        while (!written(row)) {
            if (!needed) {
                dropped.incrementAndGet();
                return;
            }
            failing = true;
            if (closing.await(retryMillis, TimeUnit.MILLISECONDS)) {
                return; // the application ends; the log has the row
            }
        }
        failing = false;
    }

    private boolean written(AuditRecord row) {
        try {
            slow.write(row);
            return true;
        } catch (Throwable fault) { // errors too: they must not end the thread
            LOG.log(System.Logger.Level.ERROR, "an audit sink failed", fault);
            return false;
        } finally {
            Thread.interrupted(); // a mark that a sink left would end the wait for the next row
        }
    }

    private boolean closed() {
        return closing.getCount() == 0;
    }

    /** Writes what is queued, for a few seconds at most. */
    @Override
    public void close() {
        closing.countDown();
        try {
            writer.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        writer.interrupt();
    }
}
