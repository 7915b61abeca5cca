package io.ostiary.apikey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * When keys were last used, in a file beside the key file, so that traffic never rewrites the records. What it holds is
 * for people to read and decides nothing: a broken line is skipped. Thread-safe.
 */
final class LastUses {
    private final KeyFile file;
    private final Map<String, Instant> times = new ConcurrentHashMap<>();

    LastUses(KeyFile file) {
        this.file = file;
        times.putAll(read());
    }

    @Nullable
    Instant get(String id) {
        return times.get(id);
    }

    void add(Map<String, Instant> uses, Set<String> known) {
        try {
            file.exclusively(() -> {
                read().forEach((id, time) -> times.merge(id, time, LastUses::later));
                uses.forEach((id, time) -> times.merge(id, time.truncatedTo(ChronoUnit.SECONDS), LastUses::later));
                times.keySet().retainAll(known);
                return file.write(text());
            });
        } catch (IOException e) {
            throw new UncheckedIOException(file.path() + ": cannot be written", e);
        }
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(times)
                .forEach((id, time) -> text.append(id).append('=').append(time).append('\n'));
        return text.toString();
    }

    private Map<String, Instant> read() {
        Map<String, Instant> found = new TreeMap<>();
        try {
            if (Files.exists(file.path())) {
                file.read().lines().forEach(line -> readLine(line, found));
            }
        } catch (IOException unreadable) {
            return found;
        }
        return found;
    }

    private static void readLine(String line, Map<String, Instant> found) {
        int split = line.indexOf('=');
        try {
            if (split > 0 && KeyText.isId(line.substring(0, split))) {
                found.put(line.substring(0, split), Instant.parse(line.substring(split + 1)));
            }
        } catch (DateTimeParseException broken) {
            return;
        }
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
