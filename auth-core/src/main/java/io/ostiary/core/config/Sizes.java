package io.ostiary.core.config;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people write them. */
final class Sizes {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(B|kB|KiB|MB|MiB)");
    private static final Map<String, Long> UNITS =
            Map.of("B", 1L, "kB", 1_000L, "KiB", 1_024L, "MB", 1_000_000L, "MiB", 1_048_576L);

    private Sizes() {}

    /** Returns -1 for anything that is not a size with a unit. */
    static long parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches() ? Long.parseLong(matcher.group(1)) * UNITS.getOrDefault(matcher.group(2), 1L) : -1;
    }
}
