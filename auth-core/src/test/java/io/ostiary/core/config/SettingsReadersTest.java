package io.ostiary.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.core.AnswerMode;
import io.ostiary.core.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is accepted; what is not is in {@link SettingsMistakesTest}. */
final class SettingsReadersTest {
    private static final Settings NOTHING = Settings.of(Map.of());

    private static Settings of(String value) {
        return Settings.of(Map.of("a", value));
    }

    @Test
    void readsText() {
        assertEquals("x y", of(" x y ").text("a", "fallback"));
        assertEquals("fallback", NOTHING.text("a", "fallback"));
        assertEquals("x", of("x").optionalText("a"));
        assertNull(NOTHING.optionalText("a"));
        assertEquals("x", of("x").requiredText("a", "text"));
        assertEquals("x1", of("x1").matching("a", "[a-z][0-9]", "a letter and a digit", "z9"));
        assertEquals("z9", NOTHING.matching("a", "[a-z][0-9]", "a letter and a digit", "z9"));
    }

    @Test
    void readsFlags() {
        assertTrue(of("true").flag("a", false));
        assertFalse(of("false").flag("a", true));
        assertTrue(NOTHING.flag("a", true));
        assertFalse(NOTHING.flag("a", false));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "100, 100", "007, 7", "-5, -5", "2147483647, 2147483647", "-2147483648, -2147483648"})
    void readsNumbers(String text, int number) {
        assertEquals(number, of(text).number("a", 0, Integer.MIN_VALUE, Integer.MAX_VALUE));
        assertEquals(9, NOTHING.number("a", 9, 1, 10));
    }

    @ParameterizedTest
    @CsvSource({
        "1s, PT1S",
        "90s, PT90S",
        "15m, PT15M",
        "12h, PT12H",
        "7d, PT168H",
        "PT30M, PT30M",
        "P1D, PT24H",
        "PT1.5S, PT1.5S"
    })
    void readsDurations(String text, String iso) {
        assertEquals(
                Duration.parse(iso), of(text).duration("a", Duration.ZERO, Duration.ofSeconds(1), Duration.ofDays(7)));
        assertEquals(
                Duration.ofHours(2), NOTHING.duration("a", Duration.ofHours(2), Duration.ZERO, Duration.ofDays(1)));
    }

    @ParameterizedTest
    @CsvSource({"0B, 0", "512B, 512", "1kB, 1000", "1KiB, 1024", "64KiB, 65536", "1MB, 1000000", "2MiB, 2097152"})
    void readsSizes(String text, int bytes) {
        assertEquals(bytes, of(text).size("a", 7, 0, 2 * 1024 * 1024));
        assertEquals(7, NOTHING.size("a", 7, 0, 10));
    }

    @Test
    void readsSetsInOrder() {
        assertEquals(List.of("z", "a b", "c"), List.copyOf(of("z, a b ,c").set("a", Set.of())));
        assertEquals(Set.of("f"), NOTHING.set("a", Set.of("f")));
        assertEquals(Set.of("z"), of("z").requiredSet("a", "names"));
        assertEquals(Set.of("x"), of("x").setOf("a", Set.of("x", "y"), Set.of("y")));
        assertEquals(Set.of("y"), NOTHING.setOf("a", Set.of("x", "y"), Set.of("y")));
    }

    private enum Colour {
        RED,
        DARK_BLUE
    }

    @Test
    void readsEnumsInLowerCaseWithDashes() {
        assertEquals(Colour.DARK_BLUE, of("dark-blue").oneOf("a", Colour.class, Colour.RED));
        assertEquals(Colour.RED, NOTHING.oneOf("a", Colour.class, Colour.RED));
        assertEquals(AnswerMode.API, of("api").oneOf("a", AnswerMode.class, AnswerMode.AUTO));
    }

    @ParameterizedTest
    @CsvSource({
        "https://app.example",
        "http://127.0.0.1:8080/shop",
        "https://[::1]:8443/",
        "https://app.example/a%20b",
        "https://app.example:65535"
    })
    void readsUrls(String text) {
        assertEquals(URI.create(text), of(text).url("a"));
        assertNull(NOTHING.url("a"));
    }

    @Test
    void readsSecrets() {
        assertEquals(Secret.of("0123456789"), of("0123456789").secret("a", 10));
        assertNull(NOTHING.secret("a", 10));
    }

    @Test
    void readsBelowAPrefix() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("oauth.google.client-id", "1");
        values.put("oauth.dev.client-id", "2");
        values.put("oauth.google.scope", "3");
        values.put("oauth.timeout", "5s");
        values.put("oauthx.other.key", "4");
        values.put("o", "6");
        Settings settings = Settings.of(values);
        assertEquals(List.of("google", "dev"), List.copyOf(settings.names("oauth")));
        assertEquals(Set.of(), settings.names("session"));
        assertEquals(
                List.of("google.client-id", "dev.client-id", "google.scope", "timeout"),
                List.copyOf(settings.keys("oauth")));
        Settings google = settings.section("oauth").section("google");
        assertEquals("1", google.text("client-id", ""));
        assertTrue(google.has("scope"));
        assertFalse(google.has("secret"));
        assertEquals(Set.of(), settings.section("oauth").names("google"), "client-id and scope hold no further names");
    }

    @Test
    void refusesNothingThatWasAskedFor() {
        Settings settings = Settings.of(Map.of("a.b", "1", "c", "2"));
        settings.section("a").text("b", "");
        settings.optionalText("c");
        settings.text("not set", "");
        settings.refuseUnknown();
        NOTHING.refuseUnknown();
    }

    @Test
    void whatIsOptionalAndNotSetNeedsNoReader() {
        Settings settings = Settings.builder(name -> null)
                .properties("f", "oauth.google.client-id=${env:GOOGLE_CLIENT_ID:-}")
                .build();
        assertEquals(Set.of(), settings.names("oauth"));
        settings.refuseUnknown();
    }

    @Test
    void showsItsKeysOnly() {
        Settings settings = Settings.of(Map.of("b", "canary-4f1d", "a", "canary-4f1d"));
        assertEquals("Settings[a, b]", settings.toString());
        assertEquals("Settings[a, b]", settings.section("x").toString());
    }
}
