package io.ostiary.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ostiary.testkit.FakeRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UrlEncodedTest {
    @Test
    void findsValuesInOrder() {
        assertEquals(List.of("1", "3"), UrlEncoded.values("a=1&b=2&a=3", "a"));
        assertEquals(List.of("2"), UrlEncoded.values("a=1&b=2&a=3", "b"));
        assertEquals(List.of(), UrlEncoded.values("a=1", "c"));
        assertEquals(List.of(), UrlEncoded.values("a=1", "A"));
        assertEquals(List.of(), UrlEncoded.values(null, "a"));
        assertEquals(List.of(), UrlEncoded.values("", "a"));
    }

    @Test
    void readsOddPairs() {
        assertEquals(List.of(""), UrlEncoded.values("a", "a"));
        assertEquals(List.of(""), UrlEncoded.values("a=", "a"));
        assertEquals(List.of("b=c"), UrlEncoded.values("a=b=c", "a"));
        assertEquals(List.of("1", "2"), UrlEncoded.values("&a=1&&a=2&", "a"));
        assertEquals(List.of("1;a=2"), UrlEncoded.values("a=1;a=2", "a"), "a semicolon separates nothing");
        assertEquals(List.of(), UrlEncoded.values("=1", "a"));
    }

    @Test
    void readsAllParametersInOrder() {
        assertEquals(
                List.of("b=[2]", "a=[1, 3+]", "c=[]", "=[x]"),
                UrlEncoded.all("b=2&a=1&&%61=3%2B&c&=x&bad=%zz&%zz=1").entrySet().stream()
                        .map(Object::toString)
                        .toList());
        assertEquals(Map.of(), UrlEncoded.all(null));
        assertEquals(Map.of(), UrlEncoded.all(""));
    }

    @Test
    void decodesNamesAndValuesOnceAsUtf8() {
        assertEquals(List.of("a b+c"), UrlEncoded.values("%6e=a+b%2Bc", "n"));
        assertEquals(List.of("%2f"), UrlEncoded.values("n=%252f", "n"));
        assertEquals(List.of("\u20ac\ud83d\ude00"), UrlEncoded.values("n=%E2%82%AC%f0%9f%98%80", "n"));
        assertEquals(List.of("\u20ac"), UrlEncoded.values("n=\u20ac", "n"));
        assertEquals(List.of("\ufffd"), UrlEncoded.values("n=%EF%BF%BD", "n"));
        assertEquals(List.of("a\r\nb"), UrlEncoded.values("n=a%0d%0ab", "n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%",
                "%4",
                "%zz",
                "%4z",
                "%z4",
                "a%",
                "%-1",
                "%+1",
                "% 1",
                "%u0041",
                "%\uff11\uff12",
                "%ff",
                "%c0%af",
                "%e2%82",
                "%ed%a0%80",
                "%f4%90%80%80",
                "\ud800",
                "%e2\u00fc"
            })
    void whatCannotBeDecodedIsAbsent(String malformed) {
        assertEquals(List.of("2"), UrlEncoded.values("n=" + malformed + "&n=2", "n"));
        assertEquals(List.of(), UrlEncoded.values(malformed + "=1", malformed));
    }

    @Test
    void whatIsEncodedIsDecodedToTheSame() {
        for (String text :
                List.of("", "a b", "a+b", "a&b=c;d", "%41", "\u20ac\ud83d\ude00", "https://app.example/?a#b", "\r\n")) {
            String encoded = UrlEncoded.encode(text);
            assertEquals(List.of(text), UrlEncoded.values("n=" + encoded, "n"));
            assertEquals(encoded, Reply.redirect(encoded).headerOrEmpty("Location"));
        }
        assertEquals("a+b%26", UrlEncoded.encode("a b&"));
    }

    @Test
    void aRequestReadsItsQueryOnly() {
        FakeRequest request = FakeRequest.post("/login?next=%2Fapp").form("next=//evil.example");
        assertEquals(List.of("/app"), request.queryParameters("next"));
        assertEquals(List.of(), FakeRequest.get("/login").queryParameters("next"));
    }

    @Test
    void encodesAPathAndKeepsItsSlashes() {
        assertEquals("/a/b:c@d;e=1/%25%20%3F%23%C3%A9%5B~", UrlEncoded.path("/a/b:c@d;e=1/% ?#\u00e9[~"));
    }
}
