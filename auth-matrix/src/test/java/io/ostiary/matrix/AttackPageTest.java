package io.ostiary.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The tables of docs/attack-matrix.md are what the containers answered, when all of them have. */
@Tag("page")
final class AttackPageTest {
    private static final Path PAGE = Path.of("../docs/attack-matrix.md");
    private static final boolean DISTRIBUTIONS =
            System.getProperty("matrix.page", "").equals("distributions");
    private static final Map<String, String> CONTAINERS = containers();
    private static final String HOW = "; write it anew with: mvn " + (DISTRIBUTIONS ? "-Pcontainers " : "")
            + "-pl auth-matrix -am test -Dostiary.attacks.write=true";

    private static Map<String, String> containers() {
        Map<String, String> names = new LinkedHashMap<>();
        if (DISTRIBUTIONS) {
            names.put("wildfly", "WildFly 39");
            names.put("liberty", "Open Liberty 26");
            return names;
        }
        names.put("jetty-ee10", "Jetty 12 ee10");
        names.put("jetty-ee11", "Jetty 12 ee11");
        names.put("tomcat-10", "Tomcat 10.1");
        names.put("tomcat-11", "Tomcat 11");
        names.put("undertow", "Undertow");
        return names;
    }

    @Test
    void thePageIsCurrent() throws IOException {
        List<String> parts = List.of("path", "bare", "redirect", "headers", "mutated");
        for (String part : parts) {
            for (String container : CONTAINERS.keySet()) {
                assumeTrue(Files.exists(file(container, part)), container + " did not run " + part);
            }
        }
        String page = Files.readString(PAGE);
        String current = page;
        for (String part : parts) {
            current = replaced(current, part, table(part));
        }
        if (Boolean.getBoolean("ostiary.attacks.write")) {
            Files.writeString(PAGE, current);
        } else {
            assertEquals(current, page, PAGE + " is not current" + HOW);
        }
    }

    private static Path file(String container, String part) {
        return Tally.DIRECTORY.resolve(container + "." + part + ".tsv");
    }

    /** One row a kind, one column a container. */
    private static String table(String part) throws IOException {
        Map<String, Map<String, String>> rows = new TreeMap<>();
        for (String container : CONTAINERS.keySet()) {
            for (String line : Files.readAllLines(file(container, part))) {
                String[] columns = line.split("\t", 3);
                rows.computeIfAbsent(columns[0], name -> new TreeMap<>())
                        .merge(container, columns[1] + " ×" + columns[2], (a, b) -> a + ", " + b);
            }
        }
        String head = "| | " + String.join(" | ", CONTAINERS.values()) + " |\n|---|" + "---|".repeat(CONTAINERS.size());
        return rows.entrySet().stream()
                .map(row -> "| " + row.getKey() + " | "
                        + CONTAINERS.keySet().stream()
                                .map(container -> row.getValue().getOrDefault(container, ""))
                                .collect(Collectors.joining(" | "))
                        + " |")
                .collect(Collectors.joining("\n", head + "\n", "\n"));
    }

    /** A longer run that somebody recorded stays: the build repeats the beginning of it only. */
    private static String replaced(String page, String part, String table) {
        String begin = "<!-- " + part + (DISTRIBUTIONS ? ", distributions" : "") + " -->\n";
        String end = "<!-- end -->";
        int from = page.indexOf(begin) + begin.length();
        int to = page.indexOf(end, from);
        boolean shorter = part.equals("mutated")
                && Integer.getInteger("ostiary.attacks", 2000) < 20_000
                && page.substring(from, to).contains("20000 mutated");
        return shorter ? page : page.substring(0, from) + table + page.substring(to);
    }
}
