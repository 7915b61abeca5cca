package io.ostiary.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.testkit.FakeRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The defaults of the interface, and the fake that users get in the test kit. */
final class AuthRequestTest {
    @Test
    void readsHeadersInAnyCase() {
        FakeRequest request = FakeRequest.get("/").header("X-Api-Key", "one").header("x-api-key", "two");
        assertEquals(List.of("one", "two"), request.headers("X-API-KEY"));
        assertEquals("one", request.header("X-API-Key"));
        assertNull(request.header("Accept"));
        assertEquals(
                List.of("other.example"),
                request.header("Host", "other.example").headers("host"));
    }

    @Test
    void readsCookiesInExactCase() {
        FakeRequest request =
                FakeRequest.get("/").cookie("a", "1").cookie("a", "2").cookie("A", "3");
        assertEquals(List.of("1", "2"), request.cookies("a"));
        assertEquals(List.of(), request.cookies("b"));
    }

    @Test
    void splitsItsTarget() {
        FakeRequest request =
                FakeRequest.of("PATCH", "/a?b=c?d").contextPath("/shop").overTls();
        assertEquals(
                "PATCH /shop /a b=c?d",
                request.method() + " " + request.contextPath() + " " + request.path() + " " + request.queryString());
        assertTrue(request.secure());
        assertFalse(FakeRequest.get("/").secure());
        assertNull(FakeRequest.get("/").queryString());
    }

    @Test
    void readsItsBodyTwiceButNotBeyondTheLimit() throws IOException {
        FakeRequest request = FakeRequest.post("/").form("a=b");
        byte[] body = "a=b".getBytes(StandardCharsets.UTF_8);
        assertArrayEquals(body, request.body(3));
        request.body(3)[0] = 0;
        assertArrayEquals(body, request.body(4));
        assertEquals(
                "request body is longer than 2 bytes",
                assertThrows(AuthRequest.BodyTooLargeException.class, () -> request.body(2))
                        .getMessage());
        assertArrayEquals(new byte[0], FakeRequest.get("/").body(0));
    }

    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "/shop, /shop",
        "/my shop, /my%20shop",
        "/100%, /100%25",
        "/a%20b, /a%2520b",
        "/a;b?c#d, /a%3Bb%3Fc%23d",
        "/caf\u00e9, /caf%C3%A9"
    })
    void encodesTheContextPathForLinks(String path, String encoded) {
        FakeRequest request = FakeRequest.get("/app").contextPath(path);
        assertEquals(encoded, request.encodedContextPath());
        assertEquals(encoded + "/login", new Answers("/login").loginLocation(request, null, false));
    }
}
