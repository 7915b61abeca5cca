package io.ostiary.core.cors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ostiary.core.Reply;
import io.ostiary.core.config.ConfigurationException;
import io.ostiary.core.config.Settings;
import io.ostiary.testkit.FakeRequest;
import io.ostiary.testkit.RecordedAnswer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CorsTest {
    private static final String FRIEND = "https://front.example";
    private final RecordedAnswer answer = new RecordedAnswer();
    private final Cors cors = on(Map.of(
            "origins", FRIEND + ", http://127.0.0.1:3000",
            "credentials", "true",
            "methods", "GET, PUT",
            "headers", "Content-Type, X-CSRF-Token",
            "expose-headers", "X-Total"));

    private static Cors on(Map<String, String> values) {
        return Objects.requireNonNull(Cors.from(Settings.of(values)));
    }

    private static FakeRequest preflight(String origin, String method, String headers) {
        return FakeRequest.of("OPTIONS", "/api")
                .header("Origin", origin)
                .header("Access-Control-Request-Method", method)
                .header("Access-Control-Request-Headers", headers);
    }

    @Test
    void isNotThereWithoutOrigins() {
        assertNull(Cors.from(Settings.of(Map.of())));
    }

    @Test
    void tellsBrowsersThatAFriendMayRead() {
        assertNull(cors.before(FakeRequest.get("/api").header("Origin", FRIEND), answer));
        assertEquals(
                List.of(
                        "Vary: Origin",
                        "Access-Control-Allow-Origin: " + FRIEND,
                        "Access-Control-Allow-Credentials: true",
                        "Access-Control-Expose-Headers: X-Total"),
                answer.lines());
        assertEquals(Set.of(FRIEND, "http://127.0.0.1:3000"), cors.withCookies());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "https://front.example.evil.example",
                "https://evilfront.example",
                "http://front.example",
                "https://front.example:443",
                "https://FRONT.example",
                "https://front.example/",
                ""
            })
    void csr13saysNothingToOthers(String origin) {
        assertNull(cors.before(FakeRequest.get("/api").header("Origin", origin), answer));
        assertEquals(List.of("Vary: Origin"), answer.lines());
        Reply refused = Objects.requireNonNull(cors.before(preflight(origin, "GET", "Content-Type"), answer));
        assertEquals(403, refused.status());
    }

    @Test
    void twoOriginsAreNobody() {
        FakeRequest request = FakeRequest.get("/api").header("Origin", FRIEND).header("Origin", FRIEND);
        assertNull(cors.before(request, answer));
        assertEquals(List.of("Vary: Origin"), answer.lines());
    }

    @Test
    void answersPreflightsItself() {
        Reply reply =
                Objects.requireNonNull(cors.before(preflight(FRIEND, "PUT", "content-type, x-csrf-token"), answer));
        assertEquals(204, reply.status());
        assertEquals(
                List.of(
                        "Vary: Origin",
                        "Access-Control-Allow-Origin: " + FRIEND,
                        "Access-Control-Allow-Credentials: true",
                        "Access-Control-Allow-Methods: GET, PUT",
                        "Access-Control-Allow-Headers: content-type, x-csrf-token",
                        "Access-Control-Max-Age: 600"),
                answer.lines());
    }

    @ParameterizedTest
    @CsvSource({"DELETE, Content-Type", "put, Content-Type", "PUT, X-Other", "PUT, 'Content-Type,'"})
    void refusesPreflightsForMore(String method, String headers) {
        assertEquals(
                403,
                Objects.requireNonNull(cors.before(preflight(FRIEND, method, headers), answer))
                        .status());
        assertEquals(List.of("Vary: Origin"), answer.lines());
    }

    @Test
    void optionsThatAreNoPreflightGoOn() {
        assertNull(cors.before(FakeRequest.of("OPTIONS", "/api").header("Origin", FRIEND), answer));
    }

    @Test
    void anybodyMayReadWithoutCookiesIfThatIsSaid() {
        Cors open = on(Map.of("origins", "*"));
        assertNull(open.before(FakeRequest.get("/api").header("Origin", "https://any.example"), answer));
        assertEquals(List.of("Access-Control-Allow-Origin: *"), answer.lines());
        assertEquals(Set.of(), open.withCookies());
        assertNull(open.before(FakeRequest.get("/api").header("Origin", "null"), new RecordedAnswer()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "* | true | GET | settings: 'origins' is '*' while 'credentials' is true; allowed: exact origins, because"
                        + " cookies go with them",
                "*, https://a.example | false | GET | settings: 'origins' has '*' beside others; allowed: '*' alone, or"
                        + " exact origins",
                "null | false | GET | settings: 'origins' has 'null'; allowed: origins such as https://app.example or"
                        + " http://127.0.0.1:3000, in small letters, without path and without the usual port, comma"
                        + " separated, or '*' alone",
                "https://*.example | false | GET | settings: 'origins' has 'https://*.example'; allowed: origins such as"
                        + " https://app.example or http://127.0.0.1:3000, in small letters, without path and without the"
                        + " usual port, comma separated, or '*' alone",
                "https://a.example | false | get | settings: 'methods' has 'get'; allowed: method names in capital letters,"
                        + " comma separated"
            })
    void refusesBadSettings(String origins, String credentials, String methods, String message) {
        Map<String, String> values = Map.of("origins", origins, "credentials", credentials, "methods", methods);
        assertEquals(
                message,
                assertThrows(ConfigurationException.class, () -> Cors.from(Settings.of(values)))
                        .getMessage());
    }

    @Test
    void refusesTheRestWithoutOrigins() {
        assertEquals(
                "settings: 'credentials' is set, but 'origins' is not; allowed: both or neither",
                assertThrows(ConfigurationException.class, () -> Cors.from(Settings.of(Map.of("credentials", "true"))))
                        .getMessage());
    }
}
