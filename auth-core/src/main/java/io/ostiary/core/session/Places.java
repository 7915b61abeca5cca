package io.ostiary.core.session;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** So many calls may run at once. Thread-safe. */
final class Places {
    private static final long PATIENCE_MILLIS = 100;
    private final Semaphore free;
    private final int all;

    Places(int all) {
        this.all = all;
        this.free = new Semaphore(all);
    }

    /** Makes the call, or throws if all places stay taken. */
    <T extends @Nullable Object> T call(Supplier<T> work) {
        if (!taken()) {
            throw new IllegalStateException("no answer yet to any of " + all + " calls of the store of sessions");
        }
        try {
            return work.get();
        } finally {
            free.release();
        }
    }

    private boolean taken() {
        try {
            return free.tryAcquire() || free.tryAcquire(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
