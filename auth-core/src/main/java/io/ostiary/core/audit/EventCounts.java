package io.ostiary.core.audit;

import io.ostiary.core.FailureReason;
import io.ostiary.core.spi.AuthEvent;
import io.ostiary.core.spi.AuthListener;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
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
    private final Map<Key, LongAdder> counts = new ConcurrentHashMap<>();

    /** Counts from zero. */
    public EventCounts() {}

    private record Key(AuthEvent.Type type, @Nullable FailureReason reason) {
        String label() {
            String why = reason == null ? "" : reason.name().toLowerCase(Locale.ROOT);
            return "event=\"" + type.name().toLowerCase(Locale.ROOT) + "\",reason=\"" + why + "\"";
        }
    }

    @Override
    public void on(AuthEvent event) {
        counts.computeIfAbsent(new Key(event.type(), event.reason()), unused -> new LongAdder())
                .increment();
    }

    /**
     * Returns how often something happened.
     *
     * @param type what
     * @param reason why; null for none
     * @return how often
     */
    public long count(AuthEvent.Type type, @Nullable FailureReason reason) {
        LongAdder count = counts.get(new Key(type, reason));
        return count == null ? 0 : count.sum();
    }

    /**
     * Writes the counters in the Prometheus text format.
     *
     * @return one counter, {@code ostiary_events_total}, with the labels {@code event} and {@code reason}
     */
    public String toPrometheus() {
        Map<String, Long> lines = new TreeMap<>();
        counts.forEach((key, count) -> lines.put(key.label(), count.sum()));
        StringBuilder text = new StringBuilder(HEAD);
        lines.forEach((label, count) -> text.append("ostiary_events_total{")
                .append(label)
                .append("} ")
                .append(count)
                .append('\n'));
        return text.toString();
    }
}
