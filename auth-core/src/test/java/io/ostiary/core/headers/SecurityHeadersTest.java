package io.ostiary.core.headers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.core.config.ConfigurationException;
import io.ostiary.core.config.Settings;
import io.ostiary.core.crypto.Tokens;
import io.ostiary.testkit.FakeRequest;
import io.ostiary.testkit.RecordedAnswer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SecurityHeadersTest {
    private static final String POLICY = "content-security-policy";
    private final RecordedAnswer answer = new RecordedAnswer();
    private final FakeRequest request = FakeRequest.get("/").overTls();

    private static @Nullable SecurityHeaders from(Map<String, String> values, boolean https) {
        return SecurityHeaders.from(Settings.of(values), https, new Tokens());
    }

    private void run(Map<String, String> values, boolean https) {
        assertNull(Objects.requireNonNull(from(values, https)).before(request, answer));
    }

    @Test
    void setsWhatHardlyAnyApplicationMinds() {
        run(Map.of(), true);
        assertEquals(
                List.of(
                        "X-Content-Type-Options: nosniff",
                        "Referrer-Policy: strict-origin-when-cross-origin",
                        "Content-Security-Policy: object-src 'none'; base-uri 'self'; frame-ancestors 'self'",
                        "Permissions-Policy: camera=(self), geolocation=(self), microphone=(self), payment=(self)",
                        "Cross-Origin-Opener-Policy: same-origin-allow-popups",
                        "Cross-Origin-Resource-Policy: same-site",
                        "Strict-Transport-Security: max-age=31536000"),
                answer.lines());
        assertNull(request.attribute(SecurityHeaders.NONCE));
    }

    @Test
    void insistsOnTlsOnlyWhereThereIsTls() {
        run(Map.of(), false);
        assertEquals("", answer.header("Strict-Transport-Security"));
    }

    @Test
    void rfc6797section7_2plainHttpNeverSaysSo() {
        SecurityHeaders headers = Objects.requireNonNull(from(Map.of(), true));
        assertNull(headers.before(FakeRequest.get("/"), answer));
        assertEquals("", answer.header("Strict-Transport-Security"));
        assertEquals("nosniff", answer.header("X-Content-Type-Options"));
    }

    @Test
    void eachAnswerHasANonceOfItsOwn() {
        Map<String, String> values = Map.of(POLICY, "script-src 'self' {nonce}; style-src {nonce}");
        run(values, true);
        String nonce = Objects.requireNonNull(request.attribute(SecurityHeaders.NONCE));
        assertTrue(nonce.matches("[A-Za-z0-9+/]{24}"), nonce);
        assertEquals(
                "script-src 'self' 'nonce-" + nonce + "'; style-src 'nonce-" + nonce + "'",
                answer.header("Content-Security-Policy"));
        FakeRequest next = FakeRequest.get("/");
        Objects.requireNonNull(from(values, true)).before(next, answer);
        assertNotEquals(nonce, next.attribute(SecurityHeaders.NONCE));
    }

    @Test
    void anErrorPageKeepsTheNonceOfItsRequest() {
        Map<String, String> values = Map.of(POLICY, "script-src {nonce}");
        run(values, true);
        String first = answer.header("Content-Security-Policy");
        run(values, true);
        assertEquals(first, answer.header("Content-Security-Policy"));
    }

    @Test
    void eachCanBeOffAndAllCan() {
        run(Map.of(POLICY, "off", "strict-transport-security", "off"), true);
        assertEquals("", answer.header("Content-Security-Policy"));
        assertEquals("", answer.header("Strict-Transport-Security"));
        assertNull(from(Map.of("mode", "off"), true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "true | mode | no | settings: 'mode' is 'no'; allowed: one of on, off",
                "true | referrer-policy | {nonce} | settings: 'referrer-policy' is '{nonce}'; allowed: printable ASCII, or"
                        + " off",
                "true | content-security-policy | x\u00e9 | settings: 'content-security-policy' is 'x\u00e9'; allowed:"
                        + " printable ASCII, with {nonce} for the nonce, or off",
                "true | strict-transport-security | 1y | settings: 'strict-transport-security' is '1y'; allowed:"
                        + " max-age=<seconds>, '; includeSubDomains' after it, or off",
                "false | strict-transport-security | max-age=1 | settings: 'strict-transport-security' is 'max-age=1';"
                        + " allowed: off, because 'base-url' is not https"
            })
    void refusesBadSettings(boolean https, String key, String value, String message) {
        assertEquals(
                message,
                assertThrows(ConfigurationException.class, () -> from(Map.of(key, value), https))
                        .getMessage());
    }

    @Test
    void refusesHeadersOfAKitThatSetsNone() {
        Map<String, String> values = Map.of("mode", "off", "referrer-policy", "no-referrer");
        assertEquals(
                "settings: 'referrer-policy' stands beside 'mode' set to off; allowed: one of the two",
                assertThrows(ConfigurationException.class, () -> from(values, true))
                        .getMessage());
    }
}
