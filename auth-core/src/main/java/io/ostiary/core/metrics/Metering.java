package io.ostiary.core.metrics;

import io.ostiary.core.config.Settings;
import io.ostiary.core.spi.AuthListener;
import io.ostiary.core.spi.Meters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Finds where counters and timers go. Without such a place nothing is counted and no clock is read. Thread-safe. */
public final class Metering implements Meters {
    private static final System.Logger LOG = System.getLogger(Metering.class.getName());
    private final List<Meters> places;
    private final AtomicBoolean failed = new AtomicBoolean();

    private Metering(List<? extends Meters> places) {
        this.places = List.copyOf(places);
    }

    private enum Micrometer {
        OFF,
        ON
    }

    /**
     * Reads the setting {@code micrometer} ({@code on}, or {@code off}, the default) and looks for services.
     *
     * @param section the settings of metrics
     * @return null if nobody wants any
     * @throws io.ostiary.core.config.ConfigurationException if a setting is wrong, or Micrometer is not there
     */
    public static @Nullable Meters from(Settings section) {
        List<Meters> places = new ArrayList<>();
        ServiceLoader.load(Meters.class, Meters.class.getClassLoader()).forEach(places::add);
        if (section.oneOf("micrometer", Micrometer.class, Micrometer.OFF) == Micrometer.ON) {
            places.add(micrometer(section));
        }
        return places.isEmpty() ? null : guarded(places);
    }

    /** What a place throws is nobody else's business. */
    static Meters guarded(List<? extends Meters> places) {
        return new Metering(places);
    }

    private static Meters micrometer(Settings section) {
        try {
            return MicrometerMeters.global();
        } catch (LinkageError absent) {
            throw section.problem(
                    "micrometer",
                    "is 'on', but io.micrometer:micrometer-core is not among the libraries; allowed: off, or add it");
        }
    }

    /**
     * Counts each event by what happened, how it ended and why, before it is passed on.
     *
     * @param next hears of it then
     * @param meters where it is counted; null for nowhere
     * @return what hears of events
     */
    public static AuthListener counting(AuthListener next, @Nullable Meters meters) {
        if (meters == null) {
            return next;
        }
        return event -> {
            meters.count(
                    "ostiary.events",
                    "event",
                    lower(event.type()),
                    "outcome",
                    lower(event.type().outcome()),
                    "reason",
                    event.reason() == null ? "none" : lower(event.reason()));
            next.on(event);
        };
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void count(String name, String... tags) {
        for (int i = 0; i < places.size(); i++) {
            try {
                places.get(i).count(name, tags);
            } catch (RuntimeException | LinkageError fault) {
                failed(fault);
            }
        }
    }

    @Override
    public void time(String name, long nanos, String... tags) {
        for (int i = 0; i < places.size(); i++) {
            try {
                places.get(i).time(name, nanos, tags);
            } catch (RuntimeException | LinkageError fault) {
                failed(fault);
            }
        }
    }

    /** The first place brings the clock, for all of them. */
    @Override
    public long now() {
        try {
            return places.get(0).now();
        } catch (RuntimeException | LinkageError fault) {
            failed(fault);
            return 0;
        }
    }

    private void failed(Throwable fault) {
        if (failed.compareAndSet(false, true)) {
            LOG.log(System.Logger.Level.WARNING, "metrics are not complete; what follows is not logged again", fault);
        }
    }
}
