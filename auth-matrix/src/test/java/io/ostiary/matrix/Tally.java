package io.ostiary.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the attacks of one file came to in this container, for docs/attack-matrix.md. */
final class Tally {
    /** One line a count: row of the table, outcome, how often; separated by tabs. */
    static final Path DIRECTORY = Path.of("target/attacks");

    private final Map<String, Map<String, Integer>> rows = new TreeMap<>();

    void count(String row, String outcome) {
        rows.computeIfAbsent(row, name -> new TreeMap<>()).merge(outcome, 1, Integer::sum);
    }

    /** How often that was the outcome, in all rows. */
    int total(String outcome) {
        return rows.values().stream()
                .mapToInt(row -> row.getOrDefault(outcome, 0))
                .sum();
    }

    void write(String part) throws IOException {
        List<String> lines = new ArrayList<>();
        rows.forEach((row, outcomes) ->
                outcomes.forEach((outcome, count) -> lines.add(row + "\t" + outcome + "\t" + count)));
        Files.createDirectories(DIRECTORY);
        Files.write(DIRECTORY.resolve(Container.name() + "." + part + ".tsv"), lines);
    }
}
