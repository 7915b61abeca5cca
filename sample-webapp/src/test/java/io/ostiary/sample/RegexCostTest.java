package io.ostiary.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * DOS-05: no regular expression of the kit costs more than so many looks at each character, whatever text it meets. Looks are
 * counted and not timed. Every expression that is written in a source is taken, whether a request reaches it or not.
 */
final class RegexCostTest {
    private static final int LONG = 50_000;
    private static final int SHORT = 4000;
    /** Bounded repetitions look at a few hundred; what grows with the square looks at 2000 even in the short ones. */
    private static final int MOST_LOOKS = 1000;

    private static final List<String> MODULES = List.of("auth-core", "auth-rbac", "auth-apikey", "auth-servlet");
    private static final Pattern CALL = Pattern.compile(
            "(Pattern\\.compile|\\.matches|\\.replaceAll|\\.replaceFirst|\\.split)\\(\\s*((?:\"(?:[^\"\\\\]|\\\\.)*+\"|[A-Z_0-9]++|\\s*+\\+\\s*+)++)\\s*[,)]");
    /** Its argument is no expression. */
    private static final Pattern REPLACEMENT = Pattern.compile("\\.matcher\\([^;]*?\\)\\s*\\.replace(?:All|First)\\(");

    private static final Pattern PART = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*+)\"|([A-Z][A-Z_0-9]*+)");
    private static final Pattern CONSTANT =
            Pattern.compile("static final (?:String|int) ([A-Z_0-9]+) =\\s*(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([0-9]+));");
    private static final List<String> PIECES = List.of(
            "a",
            "A",
            "0",
            ".",
            "-",
            "_",
            "/",
            " ",
            "\t",
            ",",
            ";",
            ":",
            "=",
            "%",
            "\"",
            "\\",
            "\u00e9",
            "a.",
            "a-",
            "a b",
            "0.",
            "1.",
            "a,",
            "a.a",
            "a@a.",
            "q=0",
            "q=0.0;",
            "ost_",
            "eyJ",
            "eyJa.",
            "127.0.0.1",
            "::1",
            "-----",
            "-----A",
            "-----BEGIN A",
            "http://a",
            "https://a.",
            "*.",
            "a:",
            ", a",
            "; a=b",
            "%2e",
            "GET,",
            "a > ",
            "x".repeat(39) + "!",
            "a".repeat(63) + " ");
    private static final List<String> ENDS = List.of("", "!", "\u0000", "\n");

    @Test
    void dos05NoExpressionLooksAtATextAgainAndAgain() throws IOException {
        List<String> slow = new ArrayList<>();
        Map<String, List<String>> all = expressions();
        all.forEach((source, expressions) -> expressions.forEach(expression -> {
            if (most(expression) > MOST_LOOKS) {
                slow.add(source + ": " + expression);
            }
        }));
        assertEquals(List.of(), slow);
        assertTrue(all.values().stream().mapToInt(List::size).sum() > 60, all.toString());
    }

    /** What the page of bounds lists as meeting requests is among them. */
    @Test
    void dos05ThePageNamesWhereRequestsMeetThem() throws IOException {
        String page = Files.readString(Path.of("../docs/security/resource-exhaustion.md"));
        List<String> named = new ArrayList<>();
        Matcher line = Pattern.compile("(?m)^\\| `([A-Z][A-Za-z]+)` \\| ")
                .matcher(page.substring(page.indexOf("## Expressions")));
        while (line.find()) {
            named.add(line.group(1) + ".java");
        }
        assertTrue(named.size() > 10, named.toString());
        named.removeAll(expressions().keySet());
        assertEquals(List.of(), named);
    }

    /** It would notice. */
    @Test
    void dos05ExpressionsThatDoAreFound() {
        for (String bad : List.of("(a+)+", "([a-z.]+)*@", "a*a*b", "(.*),(.*),(.*)=x", "\\s+$")) {
            assertTrue(most(bad) > MOST_LOOKS, bad);
        }
        assertFalse(most("[a-z]{1,64}") > MOST_LOOKS);
        assertThrows(Enough.class, () -> new Counted("aa", 1).chars().forEach(c -> {}));
    }

    private static int most(String expression) {
        Pattern pattern = Pattern.compile(expression);
        int most = 0;
        for (String piece : PIECES) {
            for (String end : ENDS) {
                most = Math.max(most, looks(pattern, piece.repeat(SHORT / piece.length()) + end));
            }
            if (most <= MOST_LOOKS) {
                most = Math.max(most, looks(pattern, piece.repeat(LONG / piece.length()) + "!"));
            }
            if (most > MOST_LOOKS) {
                break;
            }
        }
        return most;
    }

    private static int looks(Pattern pattern, String text) {
        int whole = looks(pattern, text, true);
        return pattern.pattern().startsWith("\\A") ? whole : Math.max(whole, looks(pattern, text, false));
    }

    /** For each character. */
    private static int looks(Pattern pattern, String text, boolean whole) {
        Counted counted = new Counted(text, (long) text.length() * (MOST_LOOKS + 1));
        Matcher matcher = pattern.matcher(counted);
        try {
            boolean found = whole ? matcher.matches() : matcher.find();
            while (!whole && found) {
                found = matcher.find();
            }
        } catch (Enough | StackOverflowError tooMany) {
            return MOST_LOOKS + 1;
        }
        return (int) (counted.looks / text.length());
    }

    private static Map<String, List<String>> expressions() throws IOException {
        Map<String, List<String>> all = new HashMap<>();
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src/main/java"))) {
                for (Path file :
                        files.filter(each -> each.toString().endsWith(".java")).toList()) {
                    all.put(String.valueOf(file.getFileName()), in(Files.readString(file)));
                }
            }
        }
        all.values().removeIf(List::isEmpty);
        return all;
    }

    private static List<String> in(String source) {
        Map<String, String> constants = new HashMap<>();
        Matcher constant = CONSTANT.matcher(source);
        while (constant.find()) {
            constants.put(
                    constant.group(1),
                    constant.group(2) == null
                            ? constant.group(3)
                            : constant.group(2).translateEscapes());
        }
        List<String> found = new ArrayList<>();
        Matcher call = CALL.matcher(REPLACEMENT.matcher(source).replaceAll("("));
        while (call.find()) {
            StringBuilder expression = new StringBuilder();
            Matcher part = PART.matcher(call.group(2));
            while (part.find()) {
                expression.append(
                        part.group(1) == null
                                ? constants.getOrDefault(part.group(2), "x")
                                : part.group(1).translateEscapes());
            }
            // Whole texts only: the other way of asking is not there.
            found.add((call.group(1).equals(".matches") ? "\\A" : "") + expression);
        }
        return found;
    }

    /** There is no need to look on. */
    private static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** A text that counts how often a character is looked at. */
    private static final class Counted implements CharSequence {
        private final String text;
        private final long most;
        private long looks;

        Counted(String text, long most) {
            this.text = text;
            this.most = most;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (++looks > most) {
                throw new Enough();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
