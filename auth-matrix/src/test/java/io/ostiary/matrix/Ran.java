package io.ostiary.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * How often protected code ran: in this JVM, or, where the container is a process of its own, one byte a time in files that
 * both know by the system property {@code matrix.ran}.
 */
final class Ran {
    private static final String DIRECTORY = System.getProperty("matrix.ran", "");
    private static final Map<String, LongAdder> HERE = new ConcurrentHashMap<>();

    private Ran() {}

    static void mark(String zone) throws IOException {
        if (DIRECTORY.isEmpty()) {
            HERE.computeIfAbsent(zone, name -> new LongAdder()).increment();
        } else {
            Files.write(Path.of(DIRECTORY, zone), new byte[1], StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }

    static long times(String zone) {
        if (!DIRECTORY.isEmpty()) {
            return Path.of(DIRECTORY, zone).toFile().length();
        }
        LongAdder count = HERE.get(zone);
        return count == null ? 0 : count.sum();
    }
}
