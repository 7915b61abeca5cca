package io.ostiary.core.spi;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How often something may happen: so many times at once, and as many again over each period.
 *
 * @param permits 1 to 1 000 000
 * @param period a second to a day
 */
public record Rate(int permits, Duration period) {
    /** What may be written in settings. */
    public static final String ALLOWED =
            "rates such as '10 per minute' or '10 per minute, 100 per hour'; second, minute,"
                    + " hour or day; 1 to 1000000 times";

    private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,6}) per (second|minute|hour|day)");

    /**
     * Checks.
     *
     * @throws IllegalArgumentException if a number is out of its range
     */
    public Rate {
        boolean fits = period.compareTo(Duration.ofSeconds(1)) >= 0 && period.compareTo(Duration.ofDays(1)) <= 0;
        if (permits < 1 || permits > 1_000_000 || !fits) {
            throw new IllegalArgumentException("a rate is " + ALLOWED);
        }
    }

    /**
     * Reads rates.
     *
     * @param text separated by commas; all of them hold at the same time
     * @return null if one is not of the form, or a period comes twice
     */
    public static @Nullable List<Rate> parse(String text) {
        List<Rate> rates = new ArrayList<>();
        for (String each : text.split(",", -1)) {
            Matcher parts = TEXT.matcher(each.strip());
            if (!parts.matches() || Integer.parseInt(parts.group(1)) > 1_000_000) {
                return null;
            }
            Duration period = period(parts.group(2));
            if (rates.stream().anyMatch(rate -> rate.period().equals(period))) {
                return null;
            }
            rates.add(new Rate(Integer.parseInt(parts.group(1)), period));
        }
        return List.copyOf(rates);
    }

    private static Duration period(String unit) {
        return switch (unit) {
            case "second" -> Duration.ofSeconds(1);
            case "minute" -> Duration.ofMinutes(1);
            case "hour" -> Duration.ofHours(1);
            default -> Duration.ofDays(1);
        };
    }

    @Override
    public String toString() {
        String unit = period.equals(Duration.ofSeconds(1))
                ? "second"
                : period.equals(Duration.ofMinutes(1)) ? "minute" : period.equals(Duration.ofHours(1)) ? "hour" : "day";
        return (permits + " per " + unit).toLowerCase(Locale.ROOT);
    }
}
