package io.ostiary.core.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Durations as people write them. */
final class Durations {
    private Durations() {}

    /** Returns null for anything that is not a duration with a unit. */
    static @Nullable Duration parse(String text) {
        if (text.matches("[0-9]{1,9}[smhd]")) {
            long count = Long.parseLong(text.substring(0, text.length() - 1));
            return switch (text.charAt(text.length() - 1)) {
                case 's' -> Duration.ofSeconds(count);
                case 'm' -> Duration.ofMinutes(count);
                case 'h' -> Duration.ofHours(count);
                default -> Duration.ofDays(count);
            };
        }
        try {
            return text.startsWith("P") ? Duration.parse(text) : null;
        } catch (DateTimeParseException | ArithmeticException e) {
            return null;
        }
    }

    static String show(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds > 0 && seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds > 0 && seconds % 3_600 == 0) {
            return seconds / 3_600 + "h";
        }
        return seconds > 0 && seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
