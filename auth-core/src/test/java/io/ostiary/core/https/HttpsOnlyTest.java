package io.ostiary.core.https;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.core.BaseUrl;
import io.ostiary.core.Reply;
import io.ostiary.core.config.ConfigurationException;
import io.ostiary.core.config.Settings;
import io.ostiary.testkit.FakeRequest;
import io.ostiary.testkit.RecordedAnswer;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpsOnlyTest {
    private static final BaseUrl SHOP = BaseUrl.of("https://app.example/shop");
    private static final String PAGE = "text/html";

    private static @Nullable Reply before(FakeRequest request) {
        HttpsOnly step = Objects.requireNonNull(HttpsOnly.from(Settings.of(Map.of("redirect", "on")), true, SHOP));
        assertEquals("https only", step.toString());
        return step.before(request, new RecordedAnswer());
    }

    private static Reply answer(FakeRequest request) {
        return Objects.requireNonNull(before(request));
    }

    @Test
    void isOffByDefault() {
        assertNull(HttpsOnly.from(Settings.of(Map.of()), true, SHOP));
        assertNull(HttpsOnly.from(Settings.of(Map.of("redirect", "off")), false, SHOP));
    }

    @Test
    void whatComesOverTlsGoesOn() {
        assertNull(before(FakeRequest.get("/app").overTls()));
        assertNull(before(FakeRequest.post("/app").overTls()));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /app/x?a=1&b=%2F, https://app.example/shop/app/x?a=1&b=%2F",
        "HEAD, /, https://app.example/shop/",
        "GET, /a b, https://app.example/shop/a%20b"
    })
    void rfc7538peopleAreSentToThePublicAddress(String method, String target, String location) {
        Reply reply = answer(FakeRequest.of(method, target)
                .contextPath("/shop")
                .header("Accept", PAGE)
                .header("Host", "evil.example")
                .header("X-Forwarded-Host", "evil.example")
                .header("X-Forwarded-Proto", "https"));
        assertEquals(308, reply.status());
        assertEquals(location, reply.headerOrEmpty("Location"));
        assertEquals("no-store", reply.headerOrEmpty("Cache-Control"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "get"})
    void whatMayChangeSomethingIsRefused(String method) {
        Reply reply = answer(FakeRequest.of(method, "/app").header("Accept", PAGE));
        assertEquals(403, reply.status());
        assertTrue(reply.body().contains("https://app.example/shop/"), reply.body());
    }

    @Test
    void programsAreToldBecauseTheyWouldSendTheirKeyInTheClearForEver() {
        Reply reply = answer(FakeRequest.get("/api").header("X-API-KEY", "k"));
        assertEquals(403, reply.status());
        assertEquals("application/problem+json", reply.headerOrEmpty("Content-Type"));
        assertTrue(reply.body().contains("urn:ostiary:problem:https-required"), reply.body());
    }

    @Test
    void aTargetThatIsNoPlaceOfThisSiteIsRefused() {
        FakeRequest request = FakeRequest.get("//evil.example").header("Accept", PAGE);
        assertEquals(403, answer(request).status());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "false | on | settings: 'redirect' is 'on'; allowed: off, because 'base-url' is not https",
                "true | yes | settings: 'redirect' is 'yes'; allowed: one of on, off"
            })
    void refusesBadSettings(boolean https, String value, String message) {
        Settings settings = Settings.of(Map.of("redirect", value));
        assertEquals(
                message,
                assertThrows(ConfigurationException.class, () -> HttpsOnly.from(settings, https, SHOP))
                        .getMessage());
    }
}
