package io.ostiary.testkit;

import io.ostiary.core.spi.EdgeStep;
import java.util.ArrayList;
import java.util.List;

/** Header lines that a step at the edge set. Not thread-safe. */
public final class RecordedAnswer implements EdgeStep.Answer {
    private final List<String> lines = new ArrayList<>();

    /** An answer without headers. */
    public RecordedAnswer() {}

    @Override
    public void set(String name, String value) {
        lines.removeIf(line -> line.startsWith(name + ": "));
        lines.add(name + ": " + value);
    }

    @Override
    public void add(String name, String value) {
        lines.add(name + ": " + value);
    }

    /**
     * Returns the header lines.
     *
     * @return {@code Name: value}, in order
     */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /**
     * Returns the value of a header.
     *
     * @param name its name as it was set
     * @return the first value; empty if there is none
     */
    public String header(String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name + ": "))
                .map(line -> line.substring(name.length() + 2))
                .findFirst()
                .orElse("");
    }
}
