package io.ostiary.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What docs/security says of tests is true. */
final class CasesTest {
    private static final Path PAGES = Path.of("../docs/security");
    private static final Pattern NAMED =
            Pattern.compile("`([A-Z][A-Za-z0-9]+(?:Test|IT|Tck|Flow))\\.([a-z][A-Za-z0-9]+)`");

    private static final Pattern CLASS = Pattern.compile("`([A-Z][A-Za-z0-9]+(?:Test|IT|Tck|Flow|Interop))`");
    private static final Pattern CODE = Pattern.compile("`([A-Z][A-Za-z0-9]+)`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+[.]md)[)#]");

    @Test
    void everyNamedTestExists() throws IOException {
        Map<String, String> sources = sources();
        List<String> missing = new ArrayList<>();
        int found = 0;
        for (Path page : pages()) {
            Matcher named = NAMED.matcher(Files.readString(page));
            while (named.find()) {
                String source = sources.getOrDefault(named.group(1), "");
                if (!Pattern.compile("[ >]" + named.group(2) + "\\(")
                        .matcher(source)
                        .find()) {
                    missing.add(page.getFileName() + ": " + named.group());
                }
                found++;
            }
        }
        assertEquals(List.of(), missing);
        assertTrue(found > 50, "only " + found + " tests were looked for");
    }

    @ParameterizedTest
    @CsvSource({
        "sessions-and-tokens.md, SES, 20",
        "sessions-and-tokens.md, TKN, 14",
        "browser-and-edge.md, HST, 8",
        "browser-and-edge.md, CSR, 14",
        "browser-and-edge.md, RAT, 8",
        "browser-and-edge.md, ERR, 7",
        "browser-and-edge.md, LOG, 4",
        "paths-and-rules.md, PTH, 32",
        "paths-and-rules.md, DSP, 17",
        "paths-and-rules.md, RED, 14",
        "paths-and-rules.md, AUT, 14",
        "paths-and-rules.md, CRY, 4",
        "paths-and-rules.md, INJ, 3",
        "paths-and-rules.md, CFG, 5",
        "paths-and-rules.md, CON, 3",
        "resource-exhaustion.md, DOS, 11"
    })
    void everyClassHasALineWithATestUnlessThereIsNoSuchThing(String page, String kind, int last) throws IOException {
        List<String> lines = Files.readAllLines(PAGES.resolve(page));
        List<String> without = IntStream.rangeClosed(1, last)
                .mapToObj(number -> "| %s-%02d ".formatted(kind, number))
                .filter(start -> lines.stream()
                        .noneMatch(line -> line.startsWith(start)
                                && (NAMED.matcher(line).find() || line.contains(" does not apply: "))))
                .toList();
        assertEquals(List.of(), without);
    }

    @Test
    void everyNamedClassExists() throws IOException {
        Set<String> known = classes();
        List<String> missing = new ArrayList<>();
        for (Path page : pages()) {
            Matcher named = CLASS.matcher(Files.readString(page));
            while (named.find()) {
                if (!known.contains(named.group(1))) {
                    missing.add(page.getFileName() + ": " + named.group());
                }
            }
        }
        assertEquals(List.of(), missing);
    }

    /** By a test, a class of that name, or a page. */
    @Test
    void everyYesOfTheStandardSaysWhatShowsIt() throws IOException {
        Set<String> known = classes();
        List<String> rows = Files.readAllLines(PAGES.resolve("asvs.md")).stream()
                .filter(line -> line.matches("[|] [0-9]+[.][0-9].*"))
                .toList();
        List<String> without = rows.stream()
                .filter(row -> row.split(" [|] ", -1)[1].equals("yes"))
                .filter(row -> !shown(row.substring(row.lastIndexOf(" | ")), known))
                .toList();
        assertEquals(List.of(), without);
        assertTrue(rows.size() > 80, "only " + rows.size() + " rows were looked at");
    }

    private static boolean shown(String cell, Set<String> known) {
        Matcher page = LINK.matcher(cell);
        Matcher plain = CODE.matcher(cell);
        return NAMED.matcher(cell).find()
                || page.find() && Files.exists(PAGES.resolve(page.group(1)))
                || plain.find() && known.contains(plain.group(1));
    }

    @Test
    void everyClassOfKeysAndSignaturesHasALine() throws IOException {
        String page = Files.readString(PAGES.resolve("keys-and-signatures.md"));
        Stream<String> classes = IntStream.rangeClosed(1, 8)
                .boxed()
                .flatMap(n -> Stream.of("KEY", "SIG").map(kind -> "| %s-%02d ".formatted(kind, n)));
        assertEquals(List.of(), classes.filter(id -> !page.contains(id)).toList());
    }

    private static Set<String> classes() throws IOException {
        try (Stream<Path> files = Files.find(
                Path.of(".."), 20, (file, attributes) -> file.toString().matches(".*/src/.*[.]java"))) {
            return files.map(file -> String.valueOf(file.getFileName()).replace(".java", ""))
                    .collect(Collectors.toSet());
        }
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.list(PAGES)) {
            return files.filter(file -> file.toString().endsWith(".md")).toList();
        }
    }

    /** Classes of one name in several packages count as one. */
    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new TreeMap<>();
        List<Path> roots;
        try (Stream<Path> modules = Files.list(Path.of(".."))) {
            roots = modules.flatMap(module -> Stream.of(
                            module.resolve("src/test/java"), module.resolve("src/main/java/io/ostiary/testkit")))
                    .filter(Files::isDirectory)
                    .toList();
        }
        for (Path root : roots) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file :
                        files.filter(each -> each.toString().endsWith(".java")).toList()) {
                    String name = String.valueOf(file.getFileName()).replace(".java", "");
                    sources.merge(name, Files.readString(file), String::concat);
                }
            }
        }
        return sources;
    }
}
