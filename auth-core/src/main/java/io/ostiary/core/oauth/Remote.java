package io.ostiary.core.oauth;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A document of a provider, fetched when first needed: one fetch at a time, without a lock held while it runs; an old copy
 * serves while a new one cannot be had; failures are retried ever more slowly. Thread-safe.
 *
 * @param <T> what the document becomes
 */
final class Remote<T> {
    private static final System.Logger LOG = System.getLogger(Remote.class.getName());
    private static final Duration MAX_BACKOFF = Duration.ofMinutes(1);
    private static final Duration FORCED_COOL_DOWN = Duration.ofMinutes(1);
    private static final int MAX_DOUBLINGS = 6;
    private static final long WAIT_SECONDS = 60;
    /** So that a provider that hangs does not take every thread; whoever finds no place is told to come again. */
    static final int MAX_WAITING = 32;

    private final Loader<T> loader;
    private final Lifetime lifetime;
    private final InstantSource clock;
    /** Written only by the one thread that holds the flight. */
    private volatile State<T> state = new State<>(null, Instant.MIN, 0, Instant.MIN);

    private final AtomicReference<@Nullable CompletableFuture<Void>> flight = new AtomicReference<>();
    private final Semaphore waiting = new Semaphore(MAX_WAITING);

    /** Fetches and parses; blocks. */
    @FunctionalInterface
    interface Loader<T> {
        T load() throws ProviderException;
    }

    /**
     * How often one kind of caller may ask for a copy anew. Each has its own, so that strangers, who can send what they
     * like, do not use up the look that a login needs.
     */
    static final class CoolDown {
        private final AtomicReference<Instant> again = new AtomicReference<>(Instant.MIN);

        private boolean claim(Instant now) {
            Instant earliest = again.get();
            return !now.isBefore(earliest) && again.compareAndSet(earliest, now.plus(FORCED_COOL_DOWN));
        }
    }

    /** How long a copy is fresh, and how long it serves when no fresh one can be had. */
    record Lifetime(Duration fresh, Duration stale) {}

    private record State<T>(@Nullable T value, Instant loadedAt, int failures, Instant retryAt) {
        @Nullable
        T within(Duration age, Instant now) {
            return value != null && now.isBefore(loadedAt.plus(age)) ? value : null;
        }
    }

    Remote(Loader<T> loader, Lifetime lifetime, InstantSource clock) {
        this.loader = loader;
        this.lifetime = lifetime;
        this.clock = clock;
    }

    T get() throws ProviderException {
        Instant now = clock.instant();
        State<T> seen = state;
        T fresh = seen.within(lifetime.fresh(), now);
        if (fresh != null) {
            return fresh;
        }
        if (!now.isBefore(seen.retryAt())) {
            load(seen, seen.within(lifetime.stale(), now) == null);
        }
        return usable();
    }

    /**
     * Fetches anew because {@code known} lacks something; at most once in a while, so that strangers cannot make this
     * server a hammer.
     */
    @SuppressWarnings("ReferenceEquality") // The very copy that the caller used.
    T newerThan(T known, CoolDown coolDown) throws ProviderException {
        State<T> seen = state;
        if (seen.value() == known) {
            boolean mine = coolDown.claim(clock.instant());
            if (mine || flight.get() != null) {
                load(seen, true);
            }
        }
        return usable();
    }

    private T usable() throws ProviderException {
        Instant now = clock.instant();
        State<T> current = state;
        T value = current.within(lifetime.stale(), now);
        if (value != null) {
            return value;
        }
        Duration wait = current.retryAt().isAfter(now) ? Duration.between(now, current.retryAt()) : Duration.ZERO;
        throw ProviderException.unavailable(wait.plusSeconds(1), "no usable copy of the provider's document");
    }

    @SuppressWarnings("ReferenceEquality") // Has anybody loaded since? Equal content would not say.
    private void load(State<T> seen, boolean wait) {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> other = flight.compareAndExchange(null, mine);
        if (other != null) {
            if (wait && waiting.tryAcquire()) {
                try {
                    await(other);
                } finally {
                    waiting.release();
                }
            }
            return;
        }
        try {
            if (state == seen) {
                state = attempt(seen);
            }
        } finally {
            flight.set(null);
            mine.complete(null);
        }
    }

    private State<T> attempt(State<T> seen) {
        try {
            return new State<>(loader.load(), clock.instant(), 0, Instant.MIN);
        } catch (ProviderException e) {
            LOG.log(System.Logger.Level.WARNING, e.getMessage());
            int failures = Math.min(seen.failures() + 1, MAX_DOUBLINGS);
            Duration doubled = Duration.ofSeconds(1L << failures);
            Duration backoff = doubled.compareTo(MAX_BACKOFF) < 0 ? doubled : MAX_BACKOFF;
            return new State<>(
                    seen.value(), seen.loadedAt(), failures, clock.instant().plus(backoff));
        }
    }

    private static void await(CompletableFuture<Void> other) {
        try {
            other.get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // The state decides what happens next.
            LOG.log(System.Logger.Level.DEBUG, "a fetch took too long");
        }
    }
}
