package io.ostiary.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.ostiary.testkit.FakeRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BaseUrlTest {
    private static final BaseUrl LOOPBACK = BaseUrl.ofLoopbackRequests();

    @Test
    void theConfiguredAddressIsTheSameWhateverTheClientSends() {
        BaseUrl url = BaseUrl.of("https://app.example/shop");
        FakeRequest request = FakeRequest.get("/")
                .header("Host", "evil.example")
                .header("X-Forwarded-Host", "evil.example")
                .header("Forwarded", "host=evil.example")
                .remoteAddress("192.0.2.1");
        assertEquals("https://app.example/shop", url.of(request));
        assertEquals("https://app.example", url.origin(request));
        assertEquals(
                "https://app.example:8443",
                BaseUrl.of("https://app.example:8443").origin(request));
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1",
        "127.0.0.1:8080, 127.0.0.1",
        "localhost:8080, 127.0.5.9",
        "localhost, 0:0:0:0:0:0:0:1",
        "[::1]:8080, ::1",
        "[::1], [::1]"
    })
    void inDevelopmentALoopbackRequestSaysIt(String host, String peer) {
        FakeRequest request =
                FakeRequest.get("/a").contextPath("/shop").header("Host", host).remoteAddress(peer);
        assertEquals("http://" + host + "/shop", LOOPBACK.of(request));
        assertEquals("http://" + host, LOOPBACK.origin(request));
        assertEquals("https://" + host, LOOPBACK.origin(request.overTls()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app.example",
                "evil.example:8080",
                "127.0.0.1.evil.example",
                "localhost.evil.example",
                "evil.example#localhost",
                "localhost:8080@evil.example",
                "localhost/",
                "localhost:",
                "localhost:123456",
                "LOCALHOST",
                "127.0.0.2",
                "::1",
                ""
            })
    void anotherHostSaysNothing(String host) {
        FakeRequest request = FakeRequest.get("/").header("Host", host);
        assertNull(LOOPBACK.of(request));
        assertNull(LOOPBACK.origin(request));
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "10.0.0.1", "1127.0.0.1", "127.0.0.1.evil.example", "::2", "localhost", ""})
    void anotherPeerSaysNothing(String peer) {
        assertNull(LOOPBACK.of(FakeRequest.get("/").header("Host", "localhost").remoteAddress(peer)));
    }
}
