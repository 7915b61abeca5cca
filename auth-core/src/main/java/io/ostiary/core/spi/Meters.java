package io.ostiary.core.spi;

/**
 * Where counters and timers go. Thread-safe and quick: it is called on the request's thread. What it throws is logged once
 * and changes nothing. Names are small letters with dots; keys and values of tags come from closed vocabularies, so nothing
 * that a client sends can make a table grow. Those that {@link java.util.ServiceLoader} finds are used.
 */
public interface Meters {
    /**
     * Counts one.
     *
     * @param name for example {@code ostiary.events}
     * @param tags keys and values in turn; not empty texts
     */
    void count(String name, String... tags);

    /**
     * Notes how long something took.
     *
     * @param name for example {@code ostiary.decisions}
     * @param nanos how long, in nanoseconds
     * @param tags keys and values in turn; not empty texts
     */
    void time(String name, long nanos, String... tags);

    /**
     * Reads a clock that never goes back.
     *
     * @return nanoseconds since some moment
     */
    default long now() {
        return System.nanoTime();
    }
}
