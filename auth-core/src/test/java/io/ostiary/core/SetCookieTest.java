package io.ostiary.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SetCookieTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private static SetCookie cookie(String name, String value, String path) {
        return new SetCookie(name, value, path, HOUR, true, "Lax");
    }

    @Test
    void writesTheWholeHeaderLine() {
        assertEquals(
                "__Host-ostiary=abc; Path=/; Secure; HttpOnly; SameSite=Lax",
                SetCookie.session("__Host-ostiary", "abc", true).headerValue());
        assertEquals(
                "ostiary=abc; Path=/; HttpOnly; SameSite=Lax",
                SetCookie.session("ostiary", "abc", false).headerValue());
        assertEquals(
                "a=b; Path=/auth/; Max-Age=3600; Secure; HttpOnly; SameSite=Strict",
                new SetCookie("a", "b", "/auth/", HOUR, true, "Strict").headerValue());
        assertEquals(
                "a=; Path=/x; Max-Age=3600; Secure; HttpOnly; SameSite=None",
                new SetCookie("a", "", "/x", HOUR, true, "None").headerValue());
    }

    @Test
    void removesTheSameCookie() {
        SetCookie removed = new SetCookie("a", "secret", "/auth", HOUR, true, "Strict").removed();
        assertEquals("a=; Path=/auth; Max-Age=0; Secure; HttpOnly; SameSite=Strict", removed.headerValue());
    }

    @Test
    void neverPrintsItsValue() {
        assertEquals("SetCookie[a]", cookie("a", "canary-4f1d", "/").toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", " ", "a b", "a\tb", "a\r\nb", "a\0", "a\u007f", "\u00fc", "a=b", "a;b", "a,b", "\"a\"", "a(", "a)",
                "a<", "a>", "a@", "a:", "a\\", "a/", "a[", "a]", "a?", "a{", "a}"
            })
    void rfc6265Section411NameIsAToken(String name) {
        assertRefused("not a cookie name", () -> cookie(name, "v", "/"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {" ", "a b", "a\tb", "a\r\nSet-Cookie: x=y", "a\"", "a,b", "a;b", "a\\", "\u00fc", "a\u007f", "\0"
            })
    void rfc6265Section411ValueIsCookieOctets(String value) {
        assertRefused("not a value for cookie a", () -> cookie("a", value, "/"));
    }

    @Test
    void rfc6265Section411AllowsEveryOtherOctet() {
        StringBuilder octets = new StringBuilder();
        for (char c = 0x21; c < 0x7f; c++) {
            if ("\",;\\".indexOf(c) < 0) {
                octets.append(c);
            }
        }
        assertEquals(90, octets.length());
        assertEquals(octets.toString(), cookie("a", octets.toString(), "/").value());
        assertEquals(
                "!#$%&'*+-.^_`|~aZ9", cookie("!#$%&'*+-.^_`|~aZ9", "v", "/").name());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a", "a/", "/a b", "/a;b", "/; Domain=evil.example", "/a\r\nb", "/a\tb", "/\u00fc", "/\u007f"
            })
    void rfc6265Section411PathIsAnAbsolutePathWithoutSemicolon(String path) {
        assertRefused("not a path for cookie a", () -> cookie("a", "v", path));
    }

    @Test
    void rfc6265bisSection4132HostPrefixNeedsSecureAndTheRootPath() {
        String message = "cookie __Host-a must be secure and have the path /";
        assertRefused(message, () -> SetCookie.session("__Host-a", "v", false));
        assertRefused(message, () -> cookie("__Host-a", "v", "/app"));
        assertEquals("__Host-a", cookie("__Host-a", "v", "/").name());
    }

    @Test
    void rfc6265bisSection56PrefixesIgnoreCase() {
        assertRefused("cookie __hOST-a must be secure and have the path /", () -> cookie("__hOST-a", "v", "/app"));
        assertRefused("cookie __SECURE-a must be secure", () -> SetCookie.session("__SECURE-a", "v", false));
    }

    @Test
    void rfc6265bisSection4131SecurePrefixNeedsSecure() {
        assertRefused("cookie __Secure-a must be secure", () -> SetCookie.session("__Secure-a", "v", false));
        assertEquals("__Secure-a", cookie("__Secure-a", "v", "/app").name());
    }

    @Test
    void sameSiteNoneNeedsSecure() {
        assertRefused("cookie a must be secure", () -> new SetCookie("a", "v", "/", HOUR, false, "None"));
    }

    @Test
    void rfc6265Section411AnAgeBelowOneSecondWouldRemoveTheCookie() {
        assertRefused(
                "cookie a must last at least one second",
                () -> new SetCookie("a", "v", "/", Duration.ofMillis(999), true, "Lax"));
        SetCookie short1 = new SetCookie("a", "v", "/", Duration.ofMillis(1999), true, "Lax");
        assertEquals("a=v; Path=/; Max-Age=1; Secure; HttpOnly; SameSite=Lax", short1.headerValue());
        SetCookie open = new SetCookie("a", "v", "/", Duration.ofMillis(-1), true, "Lax");
        assertEquals("a=v; Path=/; Secure; HttpOnly; SameSite=Lax", open.headerValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "lax", "LAX", "Lax; Domain=evil.example", "none"})
    void sameSiteIsOneOfThreeWords(String sameSite) {
        assertRefused("SameSite must be Lax, Strict or None", () -> new SetCookie("a", "v", "/", HOUR, true, sameSite));
    }

    private static void assertRefused(String message, Runnable attempt) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, attempt::run).getMessage());
    }
}
