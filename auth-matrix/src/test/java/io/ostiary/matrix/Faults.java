package io.ostiary.matrix;

import io.ostiary.core.config.Settings;
import io.ostiary.core.session.Stores;
import io.ostiary.core.spi.AuthEvent;
import io.ostiary.core.spi.AuthListener;
import io.ostiary.core.spi.Feature;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** What goes wrong at the moment, in the applications of this JVM that are told to have faults. */
final class Faults {
    private static final int MANY = 1_000_000;
    private static final int PATIENCE_SECONDS = 20;
    private static final Semaphore WAITING = new Semaphore(0);
    private static final Semaphore ANSWERS = new Semaphore(MANY);
    private static final Semaphore RUNNING = new Semaphore(MANY);
    private static final LongAdder FAULTS = new LongAdder();
    private static volatile Store store = Store.RIGHT;
    private static volatile boolean deaf;

    enum Store {
        RIGHT,
        DOWN,
        HANGING
    }

    private Faults() {}

    static void none() {
        store = Store.RIGHT;
        deaf = false;
        ANSWERS.drainPermits();
        ANSWERS.release(MANY);
    }

    static void store(Store state) {
        if (state == Store.HANGING) {
            WAITING.drainPermits();
            ANSWERS.drainPermits();
        }
        store = state;
    }

    /** Whoever comes from now on is answered; those that wait go on waiting. */
    static void recoverForOthers() {
        store = Store.RIGHT;
    }

    /** The listener throws from now on. */
    static void deaf() {
        deaf = true;
    }

    /** Until so many calls wait for the store. */
    static boolean awaitWaiting(int calls) throws InterruptedException {
        return WAITING.tryAcquire(calls, PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Until no request is in any application: none is stuck. */
    static boolean awaitNobodyIn() throws InterruptedException {
        boolean none = RUNNING.tryAcquire(MANY, PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (none) {
            RUNNING.release(MANY);
        }
        return none;
    }

    /** How often the kit told of one. */
    static long told() {
        return FAULTS.sum();
    }

    static void ofStore() {
        Store now = store;
        if (now == Store.DOWN) {
            throw new IllegalStateException("the store of the test is down");
        }
        if (now == Store.HANGING) {
            WAITING.release();
            ANSWERS.acquireUninterruptibly();
        }
    }

    /** Gives an application its store, and counts who is in it. */
    public static final class Application implements ServletContextListener, ServletRequestListener {
        /** Made by the container. */
        public Application() {}

        @Override
        public void contextInitialized(ServletContextEvent event) {
            event.getServletContext().setAttribute(Stores.class.getName(), FaultyStore.stores());
        }

        @Override
        public void requestInitialized(ServletRequestEvent event) {
            RUNNING.acquireUninterruptibly();
        }

        @Override
        public void requestDestroyed(ServletRequestEvent event) {
            RUNNING.release();
        }
    }

    /** Hears of every event of every application, and may fail over it. */
    public static final class Hearing implements Feature, AuthListener {
        /** Made by the service loader. */
        public Hearing() {}

        @Override
        public Contribution configure(Settings settings, Context context) {
            return new Contribution(List.of(), List.of(), List.of(), List.of(this));
        }

        @Override
        public void on(AuthEvent event) {
            if (event.type() == AuthEvent.Type.FAULT) {
                FAULTS.increment();
            }
            if (deaf) {
                throw new IllegalStateException("the listener of the test fails");
            }
        }
    }
}
