package io.ostiary.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The tables of docs/attack-matrix.md that speak of other libraries are what this run saw. */
@Tag("peers-page")
final class PeerPageTest {
    private static final Path PAGE = Path.of("../docs/attack-matrix.md");
    private static final Map<String, String> CONTAINERS = new LinkedHashMap<>(Map.of("jetty-ee10", "Jetty"));
    private static final List<String> OUTCOMES = List.of(PathReplay.REFUSED, PathReplay.THROUGH, PathReplay.FAULT);
    private static final String HOW = "; write it anew with -Dostiary.attacks.write=true";

    static {
        CONTAINERS.put("tomcat-11", "Tomcat");
    }

    /** Rows by name, columns by library, how often by outcome. */
    private record Counts(Map<String, Map<String, Map<String, Integer>>> rows) {
        static Counts read(String container, String part) throws IOException {
            Map<String, Map<String, Map<String, Integer>>> rows = new LinkedHashMap<>();
            for (String line : Files.readAllLines(Tally.DIRECTORY.resolve(container + "." + part + ".tsv"))) {
                String[] columns = line.split("\t", 3);
                String[] name = columns[0].split(": ", 2);
                rows.computeIfAbsent(name[1], row -> new TreeMap<>())
                        .computeIfAbsent(name[0], library -> new TreeMap<>())
                        .merge(columns[1], Integer.parseInt(columns[2]), Integer::sum);
            }
            return new Counts(rows);
        }

        Map<String, Integer> cell(String row, Library library) {
            return rows.getOrDefault(row, Map.of()).getOrDefault(library.title, Map.of());
        }
    }

    @Test
    void thePageIsCurrent() throws IOException {
        String page = Files.readString(PAGE);
        String current = replaced(page, "peers", System.getProperty("ostiary.peers") + ".\n");
        for (String container : CONTAINERS.keySet()) {
            current = replaced(current, "peers-" + container, paths(container));
        }
        current = replaced(current, "peers-closed", closed());
        current = replaced(current, "peers-through", through());
        current = replaced(current, "peers-own", both("peers-open-own"));
        current = replaced(current, "peers-redirect", both("peers-redirect"));
        if (Boolean.getBoolean("ostiary.attacks.write")) {
            Files.writeString(PAGE, current);
        } else {
            assertEquals(current, page, PAGE + " is not current" + HOW);
        }
    }

    private static String paths(String container) throws IOException {
        Counts counts = Counts.read(container, "peers-open");
        List<Library> libraries = List.of(Library.values());
        StringBuilder table = head(libraries);
        for (String row : counts.rows().keySet().stream().sorted().toList()) {
            table.append(line(
                    row,
                    libraries.stream()
                            .map(each -> three(counts.cell(row, each)))
                            .toList()));
        }
        return table.toString();
    }

    /** All rows of each container in one. */
    private static String closed() throws IOException {
        List<Library> libraries = guarded();
        StringBuilder table = head(libraries);
        for (Map.Entry<String, String> container : CONTAINERS.entrySet()) {
            Counts counts = Counts.read(container.getKey(), "peers-closed");
            List<String> cells = new ArrayList<>();
            for (Library library : libraries) {
                Map<String, Integer> sum = new TreeMap<>();
                counts.rows()
                        .keySet()
                        .forEach(row -> counts.cell(row, library).forEach((key, n) -> sum.merge(key, n, Integer::sum)));
                cells.add(three(sum));
            }
            table.append(line(container.getValue(), cells));
        }
        return table.toString();
    }

    /** Each target behind which protected code ran for somebody who may not have it. */
    private static String through() throws IOException {
        StringBuilder list = new StringBuilder();
        for (Map.Entry<String, String> container : CONTAINERS.entrySet()) {
            for (String part : List.of("peers-open", "peers-closed")) {
                String policy = (part.equals("peers-open") ? Policy.REST_OPEN : Policy.REST_CLOSED).title;
                for (String line :
                        Files.readAllLines(Tally.DIRECTORY.resolve(container.getKey() + "." + part + "-seen.tsv"))) {
                    String[] columns = line.split("\t", 2);
                    if (columns[0].endsWith(PathReplay.THROUGH)) {
                        list.append(
                                "* %s, %s, %s: `%s`%n".formatted(container.getValue(), policy, columns[0], columns[1]));
                    }
                }
            }
        }
        return list.isEmpty() ? "Nothing went through any of them.\n" : list.toString();
    }

    /** One table for both containers: what they agree on is said once. */
    private static String both(String part) throws IOException {
        List<Library> libraries = guarded();
        List<Counts> counts = new ArrayList<>();
        for (String container : CONTAINERS.keySet()) {
            counts.add(Counts.read(container, part));
        }
        StringBuilder table = head(libraries);
        for (String row : counts.get(0).rows().keySet()) {
            List<String> cells = new ArrayList<>();
            for (Library library : libraries) {
                String first = listed(counts.get(0).cell(row, library));
                String second = listed(counts.get(1).cell(row, library));
                cells.add(first.equals(second) ? first : first + " / " + second);
            }
            table.append(line(row.startsWith("/") ? "`" + row + "`" : row, cells));
        }
        return table.toString();
    }

    private static List<Library> guarded() {
        return Arrays.stream(Library.values())
                .filter(library -> library != Library.NONE)
                .toList();
    }

    private static StringBuilder head(List<Library> libraries) {
        String names = libraries.stream().map(library -> library.title).collect(Collectors.joining(" | "));
        return new StringBuilder("| | " + names + " |\n|---|" + "---|".repeat(libraries.size()) + "\n");
    }

    private static String line(String row, List<String> cells) {
        return "| " + row + " | " + String.join(" | ", cells) + " |\n";
    }

    private static String three(Map<String, Integer> counts) {
        return OUTCOMES.stream()
                .map(outcome -> String.valueOf(counts.getOrDefault(outcome, 0)))
                .collect(Collectors.joining(" / "));
    }

    private static String listed(Map<String, Integer> counts) {
        boolean one = counts.size() == 1 && counts.containsValue(1);
        return counts.entrySet().stream()
                .map(count -> one ? count.getKey() : count.getKey() + " ×" + count.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String replaced(String page, String part, String text) {
        String begin = "<!-- " + part + " -->\n";
        assertEquals(2, page.split(begin, -1).length, PAGE + " has one place for " + part);
        int from = page.indexOf(begin) + begin.length();
        return page.substring(0, from) + text + page.substring(page.indexOf("<!-- end -->", from));
    }
}
