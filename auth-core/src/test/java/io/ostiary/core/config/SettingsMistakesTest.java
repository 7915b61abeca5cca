package io.ostiary.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.ostiary.core.AnswerMode;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Broken configurations, each with the whole message that the person who deploys gets to read. */
@SuppressWarnings("UnnecessaryLambda") // the readers are the cells of a table
final class SettingsMistakesTest {
    private static final String DURATIONS =
            "a duration with its unit from 1m to 30d, for example 30s, 15m, 12h, 7d or PT30M";
    private static final String SIZES = "a size with its unit from 1B to 1024B, for example 512B, 64KiB or 1MB";
    private static final String URLS =
            "an absolute URL such as https://app.example/path, without user name, '?' or '#'";

    private static final Consumer<Settings> FLAG = settings -> settings.flag("a", true);
    private static final Consumer<Settings> NUMBER = settings -> settings.number("a", 1, 1, 100);
    private static final Consumer<Settings> DURATION =
            settings -> settings.duration("a", Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofDays(30));
    private static final Consumer<Settings> SIZE = settings -> settings.size("a", 1, 1, 1024);
    private static final Consumer<Settings> SET = settings -> settings.set("a", Set.of());
    private static final Consumer<Settings> SCHEMES =
            settings -> settings.setOf("a", new LinkedHashSet<>(List.of("session", "bearer")), Set.of());
    private static final Consumer<Settings> MODE = settings -> settings.oneOf("a", AnswerMode.class, AnswerMode.AUTO);
    private static final Consumer<Settings> URL = settings -> settings.url("a");
    private static final Consumer<Settings> SECRET = settings -> settings.secret("a", 32);
    private static final Consumer<Settings> ROLES =
            settings -> settings.requiredSet("roles", "one or more role names, comma separated");
    private static final Consumer<Settings> REALM =
            settings -> settings.matching("a", "[a-z]{1,8}", "1 to 8 small letters", "x");
    private static final Consumer<Settings> KNOWN = settings -> {
        settings.section("session").text("idle-timeout", "");
        settings.text("base-url", "");
        settings.refuseUnknown();
    };

    static Stream<Arguments> broken() {
        return Stream.of(
                value("flag in capitals", "TRUE", FLAG, "true or false"),
                value("flag in other words", "yes", FLAG, "true or false"),
                value("number too small", "0", NUMBER, "a whole number from 1 to 100"),
                value("number too great", "101", NUMBER, "a whole number from 1 to 100"),
                value("number beyond int", "9999999999", NUMBER, "a whole number from 1 to 100"),
                value("number beyond long", "99999999999999999999", NUMBER, "a whole number from 1 to 100"),
                value("number with a fraction", "1.5", NUMBER, "a whole number from 1 to 100"),
                value("number with a plus", "+5", NUMBER, "a whole number from 1 to 100"),
                value("number in other digits", "\u0665", NUMBER, "a whole number from 1 to 100"),
                value("duration without unit", "30", DURATION, DURATIONS),
                value("duration too short", "59s", DURATION, DURATIONS),
                value("duration too long", "31d", DURATION, DURATIONS),
                value("negative duration", "-5m", DURATION, DURATIONS),
                value("negative ISO duration", "PT-5M", DURATION, DURATIONS),
                value("duration with a blank", "5 m", DURATION, DURATIONS),
                value("duration with an unknown unit", "5w", DURATION, DURATIONS),
                value("broken ISO duration", "P5X", DURATION, DURATIONS),
                value("overflowing ISO duration", "PT9223372036854775807H", DURATION, DURATIONS),
                value("size without unit", "64", SIZE, SIZES),
                value("size too small", "0B", SIZE, SIZES),
                value("size too great", "2KiB", SIZE, SIZES),
                value("size in an unknown unit", "1GB", SIZE, SIZES),
                value("size in the wrong case", "1KB", SIZE, SIZES),
                value("set with an empty element", "x,,y", SET, "a comma-separated list, without an empty element"),
                value("set with a trailing comma", "x,y,", SET, "a comma-separated list, without an empty element"),
                value("set of nothing", ",", SET, "a comma-separated list, without an empty element"),
                value("set with a duplicate", "x, y, x", SET, "a comma-separated list, without 'x' twice"),
                value("unknown word", "session,basic", SCHEMES, "one or more of bearer, session, comma separated"),
                value("word in capitals", "Session", SCHEMES, "one or more of bearer, session, comma separated"),
                value("unknown enum", "xml", MODE, "one of browser, api, auto"),
                value("enum in capitals", "API", MODE, "one of browser, api, auto"),
                value("text of another form", "shop 1", REALM, "1 to 8 small letters"),
                value("URL without scheme", "app.example", URL, URLS),
                value("URL of another scheme", "ftp://app.example/", URL, URLS),
                value("URL without host", "https:///path", URL, URLS),
                hidden("URL with a query", "https://app.example/?token=canary-4f1d"),
                hidden("broken URL with a query", "https://app example/?token=canary-4f1d"),
                hidden("URL with a fragment", "https://app.example/#canary-4f1d"),
                hidden("URL without host but with a query", "https:///?canary-4f1d"),
                hidden("URL of another scheme with a password", "ldap://ada:canary-4f1d@app.example/"),
                hidden("URL with a password", "https://ada:canary-4f1d@app.example/"),
                hidden("broken URL with a password", "https://ada:canary 4f1d@app.example/"),
                argumentSet(
                        "URL with a token in the default of a placeholder",
                        "a=x${env:UNSET:-?canary-4f1d}",
                        URL,
                        "auth.properties:1: 'a' (hidden) is not allowed; allowed: " + URLS),
                value("URL with a bad port", "https://app.example:65536/", URL, URLS),
                value("URL that is none", "https://app example/", URL, URLS),
                argumentSet(
                        "short secret",
                        "a=canary-4f1d",
                        SECRET,
                        "auth.properties:1: 'a' (hidden) has 11 bytes; allowed: at least 32 bytes of random text,"
                                + " for example the output of: openssl rand -base64 32"),
                argumentSet(
                        "missing",
                        "# nothing here",
                        ROLES,
                        "auth.properties: 'roles' is required: one or more role names, comma separated"),
                argumentSet(
                        "missing with a near miss",
                        "\nrolse=admin",
                        ROLES,
                        "auth.properties: 'roles' is required: one or more role names, comma separated;"
                                + " is auth.properties:2: 'rolse' meant to be it?"),
                argumentSet(
                        "required set with a blank element",
                        "roles=admin, ,editor",
                        ROLES,
                        "auth.properties:1: 'roles' is 'admin, ,editor'; allowed: one or more role names,"
                                + " comma separated, without an empty element"),
                argumentSet(
                        "missing text",
                        "",
                        (Consumer<Settings>)
                                settings -> settings.section("oauth.dev").requiredText("issuer", "a URL"),
                        "auth.properties: 'oauth.dev.issuer' is required: a URL"),
                argumentSet(
                        "unknown with a guess",
                        "base-url=x\n\nsesion.idle-timeout=30m",
                        KNOWN,
                        "auth.properties:3: 'sesion.idle-timeout' is not a known setting;"
                                + " did you mean 'session.idle-timeout'?"),
                argumentSet(
                        "unknown without a guess",
                        "colour=red",
                        KNOWN,
                        "auth.properties:1: 'colour' is not a known setting"),
                argumentSet(
                        "key in the wrong case",
                        "Base-URL=x",
                        KNOWN,
                        "auth.properties:1: 'Base-URL' is not a known setting; did you mean 'base-url'?"),
                argumentSet(
                        "contradiction",
                        "a=1h",
                        (Consumer<Settings>) settings -> {
                            throw settings.problem("a", "is longer than 'b'; allowed: at most that");
                        },
                        "auth.properties:1: 'a' is longer than 'b'; allowed: at most that"),
                argumentSet(
                        "contradiction with a default",
                        "a=1h",
                        (Consumer<Settings>) settings -> {
                            throw settings.section("b").problem("c", "is needed with 'a'");
                        },
                        "auth.properties: 'b.c' is needed with 'a'"),
                argumentSet("blank", "x=1\na=", FLAG, "auth.properties:2: 'a' is blank; give it a value or remove it"),
                argumentSet(
                        "blank by blanks",
                        "a=\\u0020\\t",
                        FLAG,
                        "auth.properties:1: 'a' is blank; give it a value or remove it"),
                argumentSet("key alone", "a", FLAG, "auth.properties:1: 'a' is blank; give it a value or remove it"),
                argumentSet(
                        "twice in a file",
                        "a=1\n# b\na=1",
                        FLAG,
                        "auth.properties:3: 'a' is set twice; it is also set at auth.properties:1: 'a'"),
                argumentSet(
                        "twice, though optional",
                        "a=${env:UNSET:-}\na=${env:UNSET:-}",
                        FLAG,
                        "auth.properties:2: 'a' is set twice; it is also set at auth.properties:1: 'a'"),
                argumentSet(
                        "broken escape",
                        "x=1\na=\\u12g4",
                        FLAG,
                        "auth.properties:2: not a line of a properties file: a '\\u' needs four hexadecimal digits"));
    }

    private static Arguments hidden(String name, String url) {
        return argumentSet(name, "a=" + url, URL, "auth.properties:1: 'a' (hidden) is not allowed; allowed: " + URLS);
    }

    private static Arguments value(String name, String value, Consumer<Settings> reader, String allowed) {
        return argumentSet(
                name, "a=" + value, reader, "auth.properties:1: 'a' is '" + value + "'; allowed: " + allowed);
    }

    @ParameterizedTest
    @MethodSource("broken")
    void stopsTheStart(String text, Consumer<Settings> reader, String message) {
        assertRefused(
                message,
                () -> reader.accept(Settings.builder(name -> null)
                        .properties("auth.properties", text)
                        .build()));
    }

    @Test
    void namesTheElementOfEverySource() {
        assertRefused("settings: 'a' is blank; give it a value or remove it", () -> Settings.of(Map.of("a", " ")));
        assertRefused(
                "filter 'admin' (web.xml): init-param 'a' is 'x'; allowed: true or false",
                () -> FLAG.accept(Settings.builder()
                        .map("filter 'admin' (web.xml)", "init-param", Map.of("a", "x"))
                        .build()));
        assertRefused(
                "web.xml: context-param 'ostiary.a' is 'x'; allowed: true or false",
                () -> FLAG.accept(Settings.builder()
                        .map("web.xml", "context-param", "ostiary.", Map.of("a", "x"))
                        .build()));
    }

    @Test
    void refusesAKeyThatTwoSourcesSet() {
        assertRefused(
                "filter 'admin' (web.xml): init-param 'a' is set twice; it is also set at auth.properties:1: 'a'",
                () -> Settings.builder()
                        .properties("auth.properties", "a=1")
                        .map("filter 'admin' (web.xml)", "init-param", Map.of("a", "1")));
        assertRefused(
                "auth.properties:1: 'a' is set twice; it is also set at web.xml: context-param 'ostiary.a'",
                () -> Settings.builder(name -> null)
                        .map("web.xml", "context-param", "ostiary.", Map.of("a", "${env:UNSET:-}"))
                        .properties("auth.properties", "a=1"));
    }

    @Test
    void whatIsMissingIsMissedWhereItWouldBestStand() {
        String missing = "'roles' is required: one or more role names, comma separated";
        Settings.Builder filter = Settings.builder().map("filter 'admin' (web.xml)", "init-param", Map.of("a", "1"));
        assertRefused("filter 'admin' (web.xml): init-param " + missing, () -> ROLES.accept(filter.build()));
        filter.map("web.xml", "context-param", "ostiary.", Map.of("b", "1"));
        assertRefused("filter 'admin' (web.xml): init-param " + missing, () -> ROLES.accept(filter.build()));
        filter.properties("auth.properties", "c=1");
        assertRefused("auth.properties: " + missing, () -> ROLES.accept(filter.build()));
        assertRefused(
                "settings: " + missing, () -> ROLES.accept(Settings.builder().build()));
        Settings.Builder optional = Settings.builder(name -> null)
                .map("first", "", Map.of("a", "${env:UNSET:-}"))
                .map("second", "", Map.of());
        assertRefused("first: " + missing, () -> ROLES.accept(optional.build()));
    }

    @Test
    void namesTheElementThatIsMissing() {
        Settings.Builder context = Settings.builder().map("web.xml", "context-param", "ostiary.", Map.of("a", "1"));
        assertRefused(
                "web.xml: context-param 'ostiary.roles' is required: one or more role names, comma separated",
                () -> ROLES.accept(context.build()));
        assertRefused("web.xml: context-param 'ostiary.b' is needed", () -> {
            throw context.build().problem("b", "is needed");
        });
    }

    private static void assertRefused(String message, Runnable attempt) {
        assertEquals(
                message,
                assertThrows(ConfigurationException.class, attempt::run).getMessage());
    }
}
