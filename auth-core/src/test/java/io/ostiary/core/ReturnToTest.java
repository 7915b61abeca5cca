package io.ostiary.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ostiary.testkit.FakeRequest;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ReturnToTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/a b|/a%20b",
                "/100%|/100%25",
                "/a%zz|/a%25zz",
                "/a%4|/a%254",
                "/a%\uff12f|/a%25%EF%BC%92f",
                "/a%2\uff12|/a%252%EF%BC%92",
                "/a%20b|/a%20b",
                "/a%252b|/a%252b",
                "/\u20ac/\ud83d\ude00|/%E2%82%AC/%F0%9F%98%80",
                "/a\"<>[]^`{}|/a%22%3C%3E%5B%5D%5E%60%7B%7D",
                "/a;b=c/d|/a;b=c/d",
                "/a...b/...|/a...b/...",
                "/x?a=%2F..%2F&b=/../|/x?a=%2F..%2F&b=/../",
                "/x?a=b?c#d?e#f|/x?a=b?c#d?e%23f",
                "/x#a?b|/x#a?b",
                "/x?#|/x?#",
                "/x?a=%0d%0a|/x?a=%0d%0a",
                "/Kelvin\u212a|/Kelvin%E2%84%AA"
            })
    void encodesWhatIsNotAllowedInALocation(String value, String location) {
        ReturnTo place = ReturnTo.parse(value);
        assertNotNull(place);
        assertEquals(location, place.location());
        assertEquals(location, place.toString());
        assertEquals(location, Reply.redirect(location).headerOrEmpty("location"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "a/b",
                "?x",
                "#x",
                "//",
                "//x",
                "/a//b",
                "/a/./b",
                "/./",
                "/..",
                "/a/..",
                "/a/%2e%2E/b",
                "/a/.%2e",
                "/..;a/b",
                "/.;/b",
                "/;a/b",
                "/a/;/b",
                "/a%2fb",
                "/a%2Fb",
                "/a%5cb",
                "/a%5Cb",
                "/a%252fb",
                "/a%255Cb",
                "/a%252e",
                "/a%2525b",
                "/a%00b",
                "/a%1Fb",
                "/a%7fb",
                "/a%0Ab",
                "/a\\b",
                "/?\\",
                "/?a\tb",
                "/#a\nb",
                "/a\rb",
                "/a\0b",
                "/a\u007fb",
                "/a\u0085b",
                "/a\u00adb",
                "/a\u200bb",
                "/a\u202eb",
                "/a\u2028b",
                "/a\u2029b",
                "/a\ufeffb",
                "/a\ud800b",
                "/a\udc00",
                "/a\uffffb",
                "/a\u0378b",
                "https://app.example/"
            })
    void refusesWhatABrowserOrAServerCouldReadOtherwise(String value) {
        assertNull(ReturnTo.parse(value));
    }

    @Test
    void refusesNothing() {
        assertNull(ReturnTo.parse(null));
    }

    @Test
    void acceptsAtMost2048CharactersBeforeAndAfterEncoding() {
        assertNotNull(ReturnTo.parse("/" + "a".repeat(2047)));
        assertNull(ReturnTo.parse("/" + "a".repeat(2048)));
        assertNotNull(ReturnTo.parse("/aa" + "\u20ac".repeat(227) + "bb"));
        assertNull(ReturnTo.parse("/" + "\u20ac".repeat(228)));
        assertNull(ReturnTo.parse("/" + "a".repeat(100_000)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "//evil.example",
                "/\\evil.example",
                "/a b",
                "/a\r\nSet-Cookie: a=b",
                "/\u00fc",
                "https://evil.example",
                "/\u007f"
            })
    void cannotBeMadeOfAnUnsafeLocation(String location) {
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> new ReturnTo(location));
        assertEquals("not a place of this site", refusal.getMessage());
    }

    @Test
    void cannotBeMadeOfALongLocation() {
        String longest = "/" + "a".repeat(2047);
        assertEquals(longest, new ReturnTo(longest).location());
        assertThrows(IllegalArgumentException.class, () -> new ReturnTo(longest + "a"));
    }

    @ParameterizedTest
    @CsvSource({
        "/a, /a",
        "/a?, /a",
        "/a?b, /a",
        "/a#b, /a",
        "/a?b#c, /a",
        "/a#b?c, /a",
        "/?, /",
    })
    void pathStopsBeforeQueryAndFragment(String location, String path) {
        assertEquals(path, new ReturnTo(location).path());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/|/",
                "/100%|/100%25",
                "/%41|/%2541",
                "/a#b|/a%23b",
                "/a;b|/a%3Bb",
                "/..;x|/..%3Bx",
                "/a b|/a%20b",
                "/a+b|/a+b",
                "/\u00fc|/%C3%BC",
                "/a:b@c,d|/a:b@c,d"
            })
    void leadsBackToTheCanonicalPathOfARequest(String path, String location) {
        assertEquals(
                location,
                Objects.requireNonNull(ReturnTo.of(FakeRequest.get(path))).location());
        ReturnTo mounted = ReturnTo.of(FakeRequest.get(path + "?q=%2F&r=a+b;c").contextPath("/shop"));
        assertNotNull(mounted);
        assertEquals("/shop" + location + "?q=%2F&r=a+b;c", mounted.location());
    }

    @Test
    void aQuestionMarkInThePathStaysInThePath() {
        // The fake cuts its target at the first '?', as HTTP does; the mount point is free text.
        ReturnTo place = ReturnTo.of(FakeRequest.get("/x?y").contextPath("/a?b"));
        assertNotNull(place);
        assertEquals("/a%3Fb/x?y", place.location());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a\\b", "//a", "/a/../b", "/a%2fb", "/a%2e", "/a\tb"})
    void doesNotLeadBackToADoubtfulPath(String path) {
        assertNull(ReturnTo.of(FakeRequest.get(path)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "HEAD", "get", "PUT", "DELETE", "OPTIONS"})
    void leadsBackToGetOnly(String method) {
        assertNull(ReturnTo.of(FakeRequest.of(method, "/app")));
    }
}
