package io.ostiary.rbac.rules;

import static io.ostiary.rbac.RbacFixture.settings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.core.config.ConfigurationException;
import io.ostiary.rbac.Rbac;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Holds the tree against a model that turns each pattern into a regular expression and looks at every rule. */
final class RulesPropertyTest {
    private static final Rbac RBAC = Rbac.from(settings());
    private static final String[] METHODS = {"GET", "POST", "PUT", "*", "GET,POST"};
    private static final List<String> PATHS = paths();
    private final Random random = new Random(11_003);

    /** One rule as the model knows it. */
    private record Plain(int line, String methods, String path, Pattern regex) {
        static Plain of(int line, String methods, String path) {
            String regex = path.endsWith("/**") ? path.substring(0, path.length() - 3) + "(/.*)?" : path;
            return new Plain(line, methods, path, Pattern.compile(regex.replaceAll("/\\*(?=/|$|\\()", "/[^/]+")));
        }

        boolean matches(String asked) {
            return regex.matcher(asked).matches();
        }

        boolean names(String method) {
            return methods.equals("*") || List.of(methods.split(",")).contains(method);
        }

        /** Sorts by kinds of segments from the left: end, literal, star, rest. */
        String specificity() {
            String kinds = path.equals("/**") ? "" : path.substring(1);
            StringBuilder text = new StringBuilder();
            for (String segment : kinds.split("/", -1)) {
                text.append(
                        segment.equals("**") || kinds.isEmpty() && path.equals("/**")
                                ? 'r'
                                : segment.equals("*") ? 'q' : 'p');
            }
            return text.append('o').toString();
        }
    }

    @Test
    void agreesWithTheNaiveModel() {
        int accepted = 0;
        for (int round = 0; round < 1_200; round++) {
            boolean fileOrder = random.nextBoolean();
            List<Plain> plain = some();
            Rules rules = parsed(fileOrder, plain);
            if (rules == null) {
                continue;
            }
            accepted++;
            for (String path : PATHS) {
                for (String method : List.of("GET", "POST", "PUT", "DELETE")) {
                    Plain expected = naive(fileOrder, plain, method, path);
                    assertEquals(
                            expected == null ? null : "r:" + expected.line(),
                            rules.explain(method, path, null).decidedBy(),
                            () -> fileOrder + " " + plain + " " + method + " " + path);
                }
            }
        }
        assertTrue(accepted > 200, "accepted " + accepted);
    }

    @Test
    void inFileOrderARuleIsRefusedExactlyWhenNoPathReachesIt() {
        for (int round = 0; round < 1_200; round++) {
            List<Plain> plain = some();
            boolean duplicate = false;
            boolean dead = false;
            for (Plain rule : plain) {
                for (String method : rule.methods().equals("*")
                        ? List.of("GET", "POST", "PUT", "X")
                        : List.of(rule.methods().split(","))) {
                    boolean reached = PATHS.stream().anyMatch(path -> rule.equals(naive(true, plain, method, path)));
                    dead |= !reached && !rule.methods().equals("*");
                }
                dead |= rule.methods().equals("*")
                        && List.of("GET", "POST", "PUT", "X").stream()
                                .noneMatch(method ->
                                        PATHS.stream().anyMatch(path -> rule.equals(naive(true, plain, method, path))));
                duplicate |= plain.stream()
                        .anyMatch(other ->
                                other.line() < rule.line() && other.path().equals(rule.path()) && overlap(other, rule));
            }
            assertEquals(duplicate || dead, parsed(true, plain) == null, plain::toString);
        }
    }

    @Test
    void fiveHundredRulesVisitNoMoreNodesThanFive() {
        int few = most(rules(5));
        int many = most(rules(500));
        assertEquals(4, few);
        assertEquals(4, many);
    }

    private static Rules rules(int count) {
        StringBuilder text = new StringBuilder("order most-specific\n");
        for (int i = 0; i < count; i++) {
            text.append("* /zone").append(i).append("/*/edit authenticated\n");
        }
        return Rules.parse("r", text.toString(), RBAC);
    }

    private static int most(Rules rules) {
        int most = 0;
        for (String path : List.of("/zone0/7/edit", "/zone4/7/edit", "/zone4/7/other", "/none", "/zone4")) {
            most = Math.max(most, rules.visited(path));
        }
        return most;
    }

    private static boolean overlap(Plain one, Plain other) {
        if (one.methods().equals("*") || other.methods().equals("*")) {
            return one.methods().equals(other.methods());
        }
        Set<String> both = new HashSet<>(List.of(one.methods().split(",")));
        both.retainAll(List.of(other.methods().split(",")));
        return !both.isEmpty();
    }

    private @Nullable Rules parsed(boolean fileOrder, List<Plain> plain) {
        StringBuilder text = new StringBuilder("order " + (fileOrder ? "file" : "most-specific") + "\n");
        plain.forEach(rule ->
                text.append(rule.methods()).append(' ').append(rule.path()).append(" authenticated\n"));
        try {
            return Rules.parse("r", text.toString(), RBAC);
        } catch (ConfigurationException refused) {
            assertFalse(String.valueOf(refused.getMessage()).isEmpty());
            return null;
        }
    }

    private static @Nullable Plain naive(boolean fileOrder, List<Plain> plain, String method, String path) {
        List<Plain> matching = plain.stream().filter(rule -> rule.matches(path)).toList();
        if (fileOrder) {
            return matching.stream()
                    .filter(rule -> rule.names(method))
                    .findFirst()
                    .orElse(null);
        }
        String best = matching.stream()
                .map(Plain::specificity)
                .min(Comparator.naturalOrder())
                .orElse("");
        List<Plain> owners = matching.stream()
                .filter(rule -> rule.specificity().equals(best) && rule.names(method))
                .sorted(Comparator.comparing(rule -> rule.methods().equals("*")))
                .toList();
        return owners.isEmpty() ? null : owners.get(0);
    }

    private List<Plain> some() {
        List<Plain> rules = new ArrayList<>();
        int count = 1 + random.nextInt(6);
        for (int i = 0; i < count; i++) {
            rules.add(Plain.of(i + 2, METHODS[random.nextInt(METHODS.length)], path()));
        }
        return rules;
    }

    private String path() {
        StringBuilder path = new StringBuilder();
        for (int i = random.nextInt(3); i > 0; i--) {
            path.append('/').append(List.of("a", "b", "*").get(random.nextInt(3)));
        }
        int end = random.nextInt(4);
        return path.append(end == 0 ? "/**" : end == 1 || path.length() == 0 ? "/" : "")
                .toString();
    }

    /** All paths of up to four segments of two named ones and one that no rule names, with and without a slash at the end. */
    private static List<String> paths() {
        List<String> paths = new ArrayList<>(List.of(""));
        for (int i = 0; i < paths.size() && paths.get(i).length() < 8; i++) {
            for (String segment : List.of("a", "b", "x")) {
                paths.add(paths.get(i) + "/" + segment);
            }
        }
        List<String> all = new ArrayList<>();
        for (String path : paths) {
            all.add(path + "/");
            if (!path.isEmpty()) {
                all.add(path);
            }
        }
        return all;
    }
}
