package io.ostiary.core.spi;

/**
 * Hears of every event. Thread-safe, quick: it is called on the request's thread. What it throws is logged and does not
 * change the decision, unless {@code audit.on-failure} is {@code deny}.
 */
@FunctionalInterface
public interface AuthListener {
    /**
     * Takes note.
     *
     * @param event what happened
     */
    void on(AuthEvent event);
}
