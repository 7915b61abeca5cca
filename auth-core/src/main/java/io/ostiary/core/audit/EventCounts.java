package io.ostiary.core.audit;

import io.ostiary.core.FailureReason;
import io.ostiary.core.spi.AuthEvent;
import io.ostiary.core.spi.AuthListener;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts events by what happened and why: both are closed vocabularies, so nothing that a client sends can become a label
 * or make the table grow. Thread-safe.
 */
public final class EventCounts implements AuthListener {
    private static final String HEAD = """
            # HELP ostiary_events_total Security events since the start.
            # TYPE ostiary_events_total counter
            """;
    private final Map<AuthEvent.Type, Reasons> counts = new EnumMap<>(AuthEvent.Type.class);

    /** Counts from zero. */
    public EventCounts() {
        for (AuthEvent.Type type : AuthEvent.Type.values()) { // all of them now, so that the maps never change
            counts.put(type, new Reasons());
        }
    }

    private static final class Reasons {
        private final LongAdder none = new LongAdder();
        private final Map<FailureReason, LongAdder> each = new EnumMap<>(FailureReason.class);

        Reasons() {
            for (FailureReason reason : FailureReason.values()) {
                each.put(reason, new LongAdder());
            }
        }

        LongAdder of(@Nullable FailureReason reason) {
            return reason == null ? none : Objects.requireNonNull(each.get(reason));
        }
    }

    @Override
    public void on(AuthEvent event) {
        adder(event.type(), event.reason()).increment();
    }

    /**
     * Returns how often something happened.
     *
     * @param type what
     * @param reason why; null for none
     * @return how often
     */
    public long count(AuthEvent.Type type, @Nullable FailureReason reason) {
        return adder(type, reason).sum();
    }

    private LongAdder adder(AuthEvent.Type type, @Nullable FailureReason reason) {
        return Objects.requireNonNull(counts.get(type)).of(reason);
    }

    /**
     * Writes the counters in the Prometheus text format.
     *
     * @return one counter, {@code ostiary_events_total}, with the labels {@code event} and {@code reason}, for whatever
     *     happened at all
     */
    public String toPrometheus() {
        Map<String, Long> lines = new TreeMap<>();
        for (AuthEvent.Type type : AuthEvent.Type.values()) {
            add(lines, type, null);
            for (FailureReason reason : FailureReason.values()) {
                add(lines, type, reason);
            }
        }
        StringBuilder text = new StringBuilder(HEAD);
        lines.forEach((label, count) -> text.append("ostiary_events_total{")
                .append(label)
                .append("} ")
                .append(count)
                .append('\n'));
        return text.toString();
    }

    private void add(Map<String, Long> lines, AuthEvent.Type type, @Nullable FailureReason reason) {
        long count = count(type, reason);
        if (count > 0) {
            String why = reason == null ? "" : reason.name().toLowerCase(Locale.ROOT);
            lines.put("event=\"" + type.name().toLowerCase(Locale.ROOT) + "\",reason=\"" + why + "\"", count);
        }
    }
}
