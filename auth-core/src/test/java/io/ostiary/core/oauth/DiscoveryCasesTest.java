package io.ostiary.core.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.core.FailureReason;
import io.ostiary.testkit.FakeOpenIdProvider;
import io.ostiary.testkit.FakeOpenIdProviderAnswer;
import io.ostiary.testkit.FakeOpenIdProviderAnswer.Manner;
import io.ostiary.testkit.FakeOpenIdProviderKey;
import io.ostiary.testkit.FakeRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows DIS-* and JWK-* of the relying-party cases. */
final class DiscoveryCasesTest {
    private static final String DOCUMENT = "/.well-known/openid-configuration";
    private final Fixture fixture = new Fixture();
    private final FakeOpenIdProvider op = fixture.op;

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void dis01RefusesADocumentOfAnotherIssuer() {
        op.discovery("issuer", op.issuer() + "/");
        assertUnavailable();
    }

    @Test
    void dis03FollowsNoRedirect() {
        op.bend(DOCUMENT, right -> FakeOpenIdProviderAnswer.redirect(op.issuer() + "/elsewhere"));
        assertUnavailable();
        assertTrue(op.requests("/elsewhere").isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>log in</html>", "[]", "null", "{\"issuer\":1}", "{"})
    void dis04RefusesWhatIsNoDocument(String body) {
        op.bend(DOCUMENT, right -> FakeOpenIdProviderAnswer.text(200, "application/json", body));
        assertUnavailable();
    }

    @Test
    void dis04RefusesHtml() {
        op.bend(DOCUMENT, right -> FakeOpenIdProviderAnswer.text(200, "text/html", text(right)));
        assertUnavailable();
    }

    @Test
    void dis04KeepsTheLastGoodDocument() {
        fixture.logIn();
        op.bend(DOCUMENT, right -> FakeOpenIdProviderAnswer.text(500, "text/html", "oops"));
        fixture.clock.advance(Duration.ofHours(2));
        assertInstanceOf(CallbackResult.Proven.class, fixture.logIn());
    }

    @Test
    void dis05AnswersSoonWhenTheProviderIsDownAndRecovers() {
        op.bend(DOCUMENT, right -> FakeOpenIdProviderAnswer.text(500, "text/plain", "oops"));
        assertUnavailable();
        assertUnavailable();
        assertEquals(1, op.requests(DOCUMENT).size(), "the second try waits");
        op.straighten();
        fixture.clock.advance(Duration.ofSeconds(3));
        assertInstanceOf(CallbackResult.Proven.class, fixture.logIn());
    }

    @ParameterizedTest
    @EnumSource(
            value = Manner.class,
            names = {"HANGING", "DRIPPING"})
    void dis05WaitsNoLongerThanTheDeadline(Manner manner) {
        op.bend(DOCUMENT, right -> FakeOpenIdProviderAnswer.slow(manner));
        assertUnavailable();
    }

    @Test
    void dis05RetriesEverMoreSlowlyButAtMostAMinute() {
        op.bend(DOCUMENT, right -> FakeOpenIdProviderAnswer.text(500, "text/plain", "oops"));
        for (int i = 0; i < 600; i++) {
            start();
            fixture.clock.advance(Duration.ofSeconds(1));
        }
        int tries = op.requests(DOCUMENT).size();
        assertTrue(tries >= 10 && tries <= 16, () -> "tries in ten minutes: " + tries);
    }

    @Test
    void dis06StopsReadingWhatIsTooLong() {
        op.bend(DOCUMENT, right -> FakeOpenIdProviderAnswer.text(200, "application/json", " ".repeat(3_000_000)));
        assertUnavailable();
    }

    @Test
    void dis06RefusesDeepNestingAndCompression() {
        op.discovery("x", List.of());
        op.bend(
                DOCUMENT,
                right -> FakeOpenIdProviderAnswer.text(
                        200, "application/json", "{\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}"));
        assertUnavailable();
        fixture.clock.advance(Duration.ofMinutes(2));
        op.bend(
                DOCUMENT,
                right -> new FakeOpenIdProviderAnswer(
                        200,
                        Map.of("Content-Type", "application/json", "Content-Encoding", "gzip"),
                        right.body(),
                        Manner.PROMPT));
        assertUnavailable();
    }

    @Test
    void dis08AcceptsEndpointsOnAnotherHost() {
        op.discovery("token_endpoint", op.issuer().replace("127.0.0.1", "localhost") + "/token");
        op.discovery("jwks_uri", op.issuer().replace("127.0.0.1", "localhost") + "/jwks");
        assertInstanceOf(CallbackResult.Proven.class, fixture.logIn());
    }

    @ParameterizedTest
    @ValueSource(strings = {"jwks_uri", "authorization_endpoint", "token_endpoint", "issuer"})
    void dis09RefusesADocumentThatLacks(String member) {
        op.discovery(member, null);
        assertUnavailable();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://op.example/token",
                "ftp://op.example/token",
                "file:///etc/passwd",
                "http://169.254.169.254/token",
                "https://user:pass@op.example/token",
                "not an address",
                "//op.example/token"
            })
    void dis03RefusesEndpointsThatAreNotHttps(String address) {
        op.discovery("token_endpoint", address);
        assertUnavailable();
    }

    @Test
    void jwk01FailsClosedWithoutKeysAndUsesCachedOnes() {
        op.bend("/jwks", right -> FakeOpenIdProviderAnswer.text(500, "text/plain", "oops"));
        assertInstanceOf(CallbackResult.Unavailable.class, fixture.logIn());
        op.straighten();
        fixture.clock.advance(Duration.ofMinutes(2));
        assertInstanceOf(CallbackResult.Proven.class, fixture.logIn());
        op.bend("/jwks", right -> FakeOpenIdProviderAnswer.text(500, "text/plain", "oops"));
        fixture.clock.advance(Duration.ofMinutes(20));
        assertInstanceOf(CallbackResult.Proven.class, fixture.logIn());
    }

    @Test
    void jwk04IgnoresAWeakKey() {
        op.grants().keys(FakeOpenIdProviderKey.rsa("r1", 1024));
        assertInstanceOf(CallbackResult.Unavailable.class, fixture.logIn());
    }

    @Test
    void jwk05BoundsTheSet() {
        List<Map<String, Object>> many = new ArrayList<>();
        for (int i = 0; i < 101; i++) {
            many.add(Fixture.KEY.withKid("k" + i).jwk());
        }
        op.bend("/jwks", right -> FakeOpenIdProviderAnswer.json(200, Map.of("keys", many)));
        assertInstanceOf(CallbackResult.Unavailable.class, fixture.logIn());
    }

    @Test
    void jwk06LooksForUnknownKeysAtMostOnceAMinute() {
        fixture.logIn();
        op.grants().idToken(token -> token.header("kid", "k" + System.nanoTime()));
        for (int i = 0; i < 50; i++) {
            fixture.jar.clear();
            fixture.refused(FailureReason.ID_TOKEN_INVALID);
        }
        assertEquals(2, op.requests("/jwks").size());
    }

    @Test
    void followsAKeyRotationBetweenTwoLogins() {
        fixture.logIn();
        op.grants().keys(Fixture.EC_KEY);
        fixture.refused(FailureReason.ID_TOKEN_INVALID);
        op.grants().keys(Fixture.STRANGER.withKid("r2"));
        fixture.clock.advance(Duration.ofMinutes(2));
        assertInstanceOf(CallbackResult.Proven.class, fixture.logIn());
    }

    @Test
    void followsAKeyRotationJustBeforeSigning() {
        fixture.logIn();
        op.grants().keys(Fixture.STRANGER.withKid("r2"));
        assertInstanceOf(CallbackResult.Proven.class, fixture.logIn());
        op.grants().idToken(token -> token.signedBy(Fixture.KEY).header("kid", "r1"));
        fixture.refused(FailureReason.ID_TOKEN_INVALID);
    }

    private void assertUnavailable() {
        StartResult.Unavailable result = assertInstanceOf(StartResult.Unavailable.class, start());
        assertTrue(result.retryAfter().compareTo(Duration.ofSeconds(1)) >= 0);
    }

    private StartResult start() {
        return fixture.login.start(FakeRequest.get("/auth/login/op"), "op", null, Fixture.CALLBACK);
    }

    private static String text(FakeOpenIdProviderAnswer answer) {
        return new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8);
    }
}
