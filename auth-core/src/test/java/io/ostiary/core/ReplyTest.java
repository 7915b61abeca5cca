package io.ostiary.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReplyTest {
    private static final List<Reply.Header> COMMON = List.of(
            new Reply.Header("Cache-Control", "no-store"),
            new Reply.Header("X-Content-Type-Options", "nosniff"),
            new Reply.Header("Referrer-Policy", "no-referrer"));

    @Test
    void everyReplyForbidsCachingSniffingAndReferrers() {
        for (Reply reply : List.of(
                Reply.empty(401),
                Reply.redirect("/"),
                Reply.json(200, "{}"),
                Reply.text(200, "text/plain", "x"),
                Reply.html(200, "default-src 'none'", "<p>"))) {
            assertEquals(COMMON, reply.headers().subList(0, 3));
        }
    }

    @Test
    void anEmptyReplyHasNothingElse() {
        assertEquals(new Reply(204, COMMON, List.of(), "", Reply.Effect.NONE), Reply.empty(204));
    }

    @Test
    void rfc9700Section412RedirectsWith302() {
        Reply reply = Reply.redirect("https://op.example/authorize?a=b%20c");
        assertEquals(302, reply.status());
        assertEquals("https://op.example/authorize?a=b%20c", reply.headerOrEmpty("Location"));
        assertEquals("", reply.body());
    }

    @Test
    void bodiesCarryTheirType() {
        assertEquals("text/html; charset=utf-8", Reply.html(403, "x", "<p>").headerOrEmpty("content-type"));
        assertEquals("x", Reply.html(403, "x", "<p>").headerOrEmpty("Content-Security-Policy"));
        assertEquals("application/json", Reply.json(200, "{}").headerOrEmpty("Content-Type"));
        assertEquals("{}", Reply.json(200, "{}").body());
        assertEquals("text/plain", Reply.text(200, "text/plain", "x").headerOrEmpty("CONTENT-TYPE"));
        assertEquals("", Reply.empty(200).headerOrEmpty("Content-Type"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\r\nSet-Cookie: x=y",
                "a\nb",
                "a\rb",
                "a\tb",
                "a\0b",
                "\u00fc",
                "\u560a\u560d",
                "a\u007f",
                "\u2028"
            })
    void refusesAHeaderValueThatCouldBreakOutOfTheLine(String value) {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> Reply.redirect("/" + value));
        assertEquals("not a value for header Location", refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a:", "a\r\nb", "\u00fc", "a\0", "a(b)"})
    void rfc9110Section51RefusesAHeaderNameThatIsNoToken(String name) {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> new Reply.Header(name, "v"));
        assertEquals("not a header name", refusal.getMessage());
    }

    @Test
    void rfc9110Section562AllowsEveryCharacterOfAToken() {
        String token = "!#$%&'*+-.^_`|~09azAZ";
        assertEquals(token, new Reply.Header(token, "v").name());
        assertEquals(" ~", new Reply.Header("a", " ~").value());
        for (char c = 0; c < 0x100; c++) {
            boolean allowed = "!#$%&'*+-.^_`|~".indexOf(c) >= 0 || c < 0x7f && Character.isLetterOrDigit(c);
            String name = "a" + c;
            if (allowed) {
                assertEquals(name, new Reply.Header(name, "v").name());
            } else {
                assertThrows(IllegalArgumentException.class, () -> new Reply.Header(name, "v"));
            }
        }
    }

    @Test
    void everyCopyLeavesTheOriginalAlone() {
        Reply reply = Reply.empty(200);
        SetCookie one = SetCookie.session("a", "b", true);
        SetCookie two = SetCookie.session("c", "d", true);
        Reply copy = reply.withHeader("Allow", "GET")
                .withHeader("Allow", "POST")
                .withCookies(List.of(one))
                .withCookies(List.of(two))
                .withEffect(Reply.Effect.LOGGED_IN);
        assertEquals(Reply.empty(200), reply);
        assertEquals("GET", copy.headerOrEmpty("allow"), "the first of several");
        assertEquals(5, copy.headers().size());
        assertEquals(List.of(one, two), copy.cookies());
        assertEquals(Reply.Effect.LOGGED_IN, copy.effect());
        assertSame(copy, copy.withCookies(List.of()));
    }

    @Test
    void copiesWhatItIsMadeOf() {
        List<Reply.Header> headers = new ArrayList<>();
        List<SetCookie> cookies = new ArrayList<>();
        Reply reply = new Reply(200, headers, cookies, "", Reply.Effect.NONE);
        headers.add(new Reply.Header("X", "y"));
        cookies.add(SetCookie.session("a", "b", true));
        assertEquals(List.of(), reply.headers());
        assertEquals(List.of(), reply.cookies());
        assertThrows(UnsupportedOperationException.class, () -> reply.headers().clear());
        assertThrows(UnsupportedOperationException.class, () -> reply.cookies().clear());
    }

    @Test
    void neverPrintsWhatItCarries() {
        Reply reply = Reply.json(200, "{\"token\":\"canary-4f1d\"}")
                .withHeader("Location", "https://op.example/?state=canary-4f1d")
                .withCookies(List.of(SetCookie.session("a", "canary-4f1d", true)));
        assertEquals("Reply[200]", reply.toString());
        assertEquals("Header[Location]", reply.headers().get(4).toString());
    }
}
