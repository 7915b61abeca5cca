package io.ostiary.core.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.ostiary.core.spi.Meters;
import java.util.concurrent.TimeUnit;

/**
 * Hands counters and timers to Micrometer. Needs {@code io.micrometer:micrometer-core}, which the kit does not bring.
 * Thread-safe.
 */
public final class MicrometerMeters implements Meters {
    private final MeterRegistry registry;

    /**
     * Takes a registry.
     *
     * @param registry where the meters are
     */
    public MicrometerMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Uses the registry to which applications and frameworks add theirs. */
    static MicrometerMeters global() {
        return new MicrometerMeters(Metrics.globalRegistry);
    }

    @Override
    public void count(String name, String... tags) {
        registry.counter(name, tags).increment();
    }

    @Override
    public void time(String name, long nanos, String... tags) {
        registry.timer(name, tags).record(nanos, TimeUnit.NANOSECONDS);
    }
}
