package io.ostiary.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until a test moves it. Thread-safe. */
public final class MutableClock implements InstantSource {
    private volatile Instant now;

    /** Starts at noon of the first day of 2026, UTC. */
    public MutableClock() {
        this(Instant.parse("2026-01-01T12:00:00Z"));
    }

    /**
     * Starts at a given time.
     *
     * @param start first answer
     */
    public MutableClock(Instant start) {
        this.now = start;
    }

    @Override
    public Instant instant() {
        return now;
    }

    /**
     * Moves on, or back.
     *
     * @param step how far; negative goes back
     */
    public synchronized void advance(Duration step) {
        now = now.plus(step);
    }
}
