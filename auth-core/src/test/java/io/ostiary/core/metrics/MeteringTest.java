package io.ostiary.core.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ostiary.core.FailureReason;
import io.ostiary.core.config.ConfigurationException;
import io.ostiary.core.config.Settings;
import io.ostiary.core.spi.AuthEvent;
import io.ostiary.core.spi.AuthListener;
import io.ostiary.core.spi.Meters;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class MeteringTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Meters micrometer = new MicrometerMeters(registry);

    private static AuthEvent event(AuthEvent.Type type, @Nullable FailureReason reason) {
        return new AuthEvent(type, Instant.EPOCH, "", null, reason, "GET", "/", "::1", "");
    }

    /** Every method throws. */
    private static final class Broken implements Meters {
        @Override
        public void count(String name, String... tags) {
            throw new IllegalStateException("broken");
        }

        @Override
        public void time(String name, long nanos, String... tags) {
            throw new NoClassDefFoundError("broken");
        }

        @Override
        public long now() {
            throw new IllegalStateException("broken");
        }
    }

    @Test
    void nobodyCountsUnlessItIsSet() {
        assertNull(Metering.from(Settings.of(Map.of())));
        AuthListener alone = event -> {};
        assertSame(alone, Metering.counting(alone, null));
    }

    @Test
    void aWrongSettingStopsTheStart() {
        Settings section = Settings.of(Map.of("metrics.micrometer", "maybe")).section("metrics");
        assertEquals(
                "settings: 'metrics.micrometer' is 'maybe'; allowed: one of off, on",
                assertThrows(ConfigurationException.class, () -> Metering.from(section))
                        .getMessage());
    }

    @Test
    void whatAPlaceThrowsConcernsNobodyElse() {
        Meters all = Metering.guarded(List.of(new Broken(), micrometer));
        all.count("ostiary.events", "event", "login");
        all.time("ostiary.decisions", 5, "outcome", "allowed");
        assertEquals(0, all.now());
        assertEquals(1, registry.get("ostiary.events").counter().count());
        assertEquals(5, registry.get("ostiary.decisions").timer().totalTime(TimeUnit.NANOSECONDS));
    }

    @Test
    void eventsAreCountedByClosedWordsAndPassedOn() {
        List<AuthEvent> heard = new ArrayList<>();
        AuthListener listener = Metering.counting(heard::add, micrometer);
        listener.on(event(AuthEvent.Type.LOGIN, null));
        listener.on(event(AuthEvent.Type.LIMITED, FailureReason.RATE_LIMITED));
        listener.on(event(AuthEvent.Type.LIMITED, FailureReason.RATE_LIMITED));
        assertEquals(3, heard.size());
        assertEquals(1, count("login", "success", "none"));
        assertEquals(2, count("limited", "refused", "rate_limited"));
    }

    /** Micrometer and some of its back ends refuse or drop tags that are empty. */
    @ParameterizedTest
    @EnumSource(AuthEvent.Type.class)
    void everyEventHasThreeTagsThatAreNotEmpty(AuthEvent.Type type) {
        Metering.counting(event -> {}, micrometer).on(event(type, null));
        registry.getMeters()
                .get(0)
                .getId()
                .getTags()
                .forEach(tag -> assertEquals(true, tag.getValue().length() > 0));
        assertEquals(3, registry.getMeters().get(0).getId().getTags().size());
    }

    private double count(String event, String outcome, String reason) {
        return registry.get("ostiary.events")
                .tags("event", event, "outcome", outcome, "reason", reason)
                .counter()
                .count();
    }
}
