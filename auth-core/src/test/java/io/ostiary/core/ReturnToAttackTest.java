package io.ostiary.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Replays the recorded open-redirect attacks and 20 000 mutations of them against a model of a browser. */
final class ReturnToAttackTest {
    private static final int MUTANTS = 20_000;

    private static final List<String> PIECES = List.of(
            "/",
            "//",
            "\\",
            "/\\",
            "\t",
            "\n",
            "\r",
            "\0",
            " ",
            "\u000b",
            "\u00a0",
            "\u202e",
            "\u2028",
            "\ufeff",
            "%",
            "%2f",
            "%5c",
            "%09",
            "%0d%0a",
            "%25",
            "%252f",
            "%2e",
            "%2E%2e",
            "%00",
            "%7f",
            "%zz",
            ".",
            "..",
            "/./",
            "/../",
            ";",
            ";a=b",
            ":",
            "@",
            "?",
            "#",
            "&",
            "evil.example",
            "app.example",
            "https:",
            "javascript:",
            "\uff0f",
            "\u2215",
            "\u3002",
            "\ud800",
            "\udc00",
            "\ud83d\ude00",
            "\u00fc",
            "[",
            "]",
            "\"",
            "<",
            "'",
            "a",
            "0",
            "%u002f",
            "\uff12",
            "%\uff12f");

    private static final Map<String, String> ALLOWED = Map.ofEntries(
            Map.entry("/", "/"),
            Map.entry("/app/home", "/app/home"),
            Map.entry("/app/home?x=1%26y=2", "/app/home?x=1&y=2"),
            Map.entry("/app/home?x=a%2Bb", "/app/home?x=a+b"),
            Map.entry("/app/home%23part", "/app/home#part"),
            Map.entry("/app/a%2520b", "/app/a%20b"),
            Map.entry("/app/%C3%BC", "/app/%C3%BC"),
            Map.entry("/app/x?u=https://other.example/", "/app/x?u=https://other.example/"),
            Map.entry("/app/x?next=//evil.example", "/app/x?next=//evil.example"),
            Map.entry("/app/a:b", "/app/a:b"),
            Map.entry("/app/a@b", "/app/a@b"),
            Map.entry("/app/~user/", "/app/~user/"),
            Map.entry("/app/a,b(c)!", "/app/a,b(c)!"),
            Map.entry("/app/%25E2%2582%25AC", "/app/%E2%82%AC"),
            Map.entry("/app/?", "/app/?"),
            Map.entry("/app/x?q=%252F%252F", "/app/x?q=%2F%2F"));

    /** Harmless as they stand: they catch code that decodes, cleans or concatenates after checking. */
    private static final Set<String> HARMLESS_ECHO =
            Set.of("/login?next=//evil.example", "/login?next=https://evil.example", "/oauth/start?rd=//evil.example");

    static Stream<String> attacks() {
        return RedirectAttacks.lines().stream()
                .filter(line -> !line.startsWith(RedirectAttacks.ALLOW) && !line.startsWith(RedirectAttacks.MAY));
    }

    static Stream<String> allowed() {
        return marked(RedirectAttacks.ALLOW);
    }

    static Stream<String> mayBe() {
        return marked(RedirectAttacks.MAY);
    }

    private static Stream<String> marked(String mark) {
        return RedirectAttacks.lines().stream()
                .filter(line -> line.startsWith(mark))
                .map(line -> line.substring(mark.length()));
    }

    @Test
    void theFileHasAllItsLines() {
        assertEquals(103, attacks().count());
        assertEquals(ALLOWED.keySet(), allowed().collect(Collectors.toSet()));
        assertEquals(5, mayBe().count());
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void refusesAttack(String line) {
        ReturnTo place = ReturnTo.parse(RedirectAttacks.decoded(line));
        if (HARMLESS_ECHO.contains(line)) {
            assertNotNull(place);
            assertSafe(place);
        } else {
            assertNull(place);
        }
    }

    @ParameterizedTest
    @MethodSource("allowed")
    void leadsExactlyThere(String line) {
        ReturnTo place = ReturnTo.parse(RedirectAttacks.decoded(line));
        assertNotNull(place);
        assertEquals(ALLOWED.get(line), place.location());
        assertSafe(place);
    }

    @ParameterizedTest
    @MethodSource("mayBe")
    void neverLeavesTheSite(String line) {
        assertSafe(ReturnTo.parse(RedirectAttacks.decoded(line)));
    }

    @Test
    void theModelOfTheBrowserKnowsTheTricks() {
        for (String off : List.of(
                "//evil.example",
                "/\\evil.example",
                "/\t/evil.example",
                " https://evil.example",
                "https:\\\\evil.example",
                "h\tttps://evil.example",
                "//app.example@evil.example",
                "\u0001//evil.example",
                "javascript:alert(1)",
                "http://app.example/",
                "https://app.example:8443/",
                "https:/\\evil.example",
                "\\/evil.example")) {
            assertFalse(BrowserUrl.staysOnSite(off), off);
        }
        for (String on :
                List.of("/", "a", "?x", "https:evil.example", "https://app.example/", "//app.example:443", "/a//b")) {
            assertTrue(BrowserUrl.staysOnSite(on), on);
        }
    }

    @Test
    void noMutantOfAnAttackLeavesTheSite() {
        List<String> seeds = Stream.concat(attacks(), allowed())
                .map(RedirectAttacks::decoded)
                .filter(Objects::nonNull)
                .toList();
        Random random = new Random(20261121);
        Set<String> accepted = new HashSet<>();
        for (int i = 0; i < MUTANTS; i++) {
            String mutant = mutate(seeds, random);
            ReturnTo place = ReturnTo.parse(mutant);
            if (place != null) {
                accepted.add(mutant);
                assertSafe(place);
                assertEquals(place, ReturnTo.parse(place.location()), "stable: " + place);
            }
        }
        assertTrue(
                accepted.size() > MUTANTS / 20, "too few mutants are accepted to prove anything: " + accepted.size());
    }

    private static String mutate(List<String> seeds, Random random) {
        StringBuilder text = new StringBuilder(random.nextInt(3) == 0 ? "/" : "");
        text.append(seeds.get(random.nextInt(seeds.size())));
        for (int step = random.nextInt(4); step >= 0; step--) {
            int at = random.nextInt(text.length() + 1);
            switch (random.nextInt(5)) {
                case 0, 1 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
                case 2 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(3)));
                case 3 -> text.insert(at, seeds.get(random.nextInt(seeds.size())));
                default -> {
                    if (at < text.length()) {
                        String escaped = String.format(Locale.ROOT, "%%%02x", text.charAt(at) & 0xff);
                        text.replace(at, at + 1, escaped);
                    }
                }
            }
        }
        return text.toString();
    }

    private static void assertSafe(@Nullable ReturnTo place) {
        if (place == null) {
            return;
        }
        String location = place.location();
        assertTrue(location.length() <= 2048, location);
        assertTrue(location.chars().allMatch(c -> c > 0x20 && c < 0x7f), location);
        assertEquals(location, Reply.redirect(location).headerOrEmpty("Location"));
        assertTrue(BrowserUrl.staysOnSite(location), location);
        assertTrue(BrowserUrl.staysOnSite(decodedOnce(place.path())), "decoded again: " + location);
        assertFalse(decodedOnce(place.path()).matches("(?s).*/\\.\\.?(/.*)?"), "dot segment: " + location);
    }

    private static boolean hex(String text, int at) {
        return at < text.length() && "0123456789abcdefABCDEF".indexOf(text.charAt(at)) >= 0;
    }

    /** Percent-decodes what is an escape and leaves the rest alone, as a careless server might. */
    private static String decodedOnce(String path) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < path.length(); i++) {
            boolean escape = path.charAt(i) == '%' && hex(path, i + 1) && hex(path, i + 2);
            text.append(escape ? (char) Integer.parseInt(path, i + 1, i + 3, 16) : path.charAt(i));
            i += escape ? 2 : 0;
        }
        return new String(text.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
