package io.ostiary.core.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code docs/oidc-conformance.md} promises is there: a row for everything, and every test that a row names. */
final class ConformanceTest {
    private static final Path PAGE = Path.of("../docs/oidc-conformance.md");
    private static final Path WANTED = Path.of("src/test/resources/attacks/oidc-rp-conformance.txt");
    private static final Pattern NAMED = Pattern.compile("`([A-Z][A-Za-z0-9]+)\\.([a-z][A-Za-z0-9]+)`");
    private static final int SHORTEST_REASON = 30;

    /** One line of a table, by its first cell. */
    private record Row(String shows, String result) {}

    private static Map<String, Row> rows() throws IOException {
        Map<String, Row> rows = new LinkedHashMap<>();
        for (String line : Files.readAllLines(PAGE)) {
            String[] cells = line.split(" *\\| *", -1);
            if (cells.length == 5
                    && !cells[1].startsWith("---")
                    && List.of("pass", "-").contains(cells[3])) {
                assertEquals(null, rows.put(cells[1], new Row(cells[2], cells[3])), "twice: " + cells[1]);
            }
        }
        return rows;
    }

    @Test
    void everyModuleRowAndClassHasALine() throws IOException {
        Map<String, Row> rows = rows();
        List<String> wanted = Files.readAllLines(WANTED).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
        assertEquals(228, wanted.size());
        assertEquals(
                List.of(), wanted.stream().filter(id -> !rows.containsKey(id)).toList());
    }

    @Test
    void everyLineNamesATestOrAReason() throws IOException {
        rows().forEach((id, row) -> {
            if (row.result().equals("-")) {
                assertTrue(
                        row.shows().startsWith("not offered: ") && row.shows().length() > SHORTEST_REASON, id);
            } else {
                assertTrue(NAMED.matcher(row.shows()).find(), id);
            }
        });
    }

    @Test
    void everyNamedTestExists() throws IOException {
        Map<String, String> sources = sources();
        List<String> missing = new ArrayList<>();
        int found = 0;
        Matcher named = NAMED.matcher(Files.readString(PAGE));
        while (named.find()) {
            String source = sources.getOrDefault(named.group(1), "");
            boolean there = Pattern.compile("(?:void|Stream<DynamicTest>) " + named.group(2) + "\\(")
                    .matcher(source)
                    .find();
            if (!there && !named.group().contains("FakeOpenIdProvider")) {
                missing.add(named.group());
            }
            found++;
        }
        assertEquals(List.of(), missing);
        assertFalse(found < 200, "only " + found + " tests were looked for");
    }

    /** Classes of one name in several packages count as one. */
    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new LinkedHashMap<>();
        try (Stream<Path> modules = Files.list(Path.of(".."))) {
            for (Path tests : modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .toList()) {
                try (Stream<Path> files = Files.walk(tests)) {
                    for (Path file : files.filter(each -> each.toString().endsWith(".java"))
                            .toList()) {
                        String name = String.valueOf(file.getFileName()).replace(".java", "");
                        sources.merge(name, Files.readString(file), String::concat);
                    }
                }
            }
        }
        return sources;
    }
}
