package io.ostiary.core.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.core.AuthOutcome;
import io.ostiary.core.FailureReason;
import io.ostiary.core.Identity;
import io.ostiary.core.SetCookie;
import io.ostiary.core.config.ConfigurationException;
import io.ostiary.core.crypto.Tokens;
import io.ostiary.core.spi.AuthEvent;
import io.ostiary.core.spi.SubjectKey;
import io.ostiary.testkit.FakeRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenServiceTest {
    private static final FakeRequest REQUEST = FakeRequest.post("/auth/token/refresh");
    private final Fixture all = new Fixture();

    @ParameterizedTest
    @ValueSource(strings = {"es256", "eddsa", "hs256"})
    void aTokenBringsItsOwnerBack(String algorithm) {
        Fixture signed = new Fixture("algorithm", algorithm);
        AuthOutcome.Authenticated found = assertInstanceOf(
                AuthOutcome.Authenticated.class, signed.bearer(signed.issued().access()));
        assertEquals(signed.ada.withScheme("bearer"), found.identity());
        TokenService otherNode = signed.node(Fixture.settings("algorithm", algorithm));
        assertEquals(
                found,
                otherNode
                        .authenticator()
                        .authenticate(Fixture.with(signed.issued().access())));
    }

    @Test
    void anAccessTokenHasWhatRfc9068Section2AsksFor() {
        String[] parts = all.issued().access().split("\\.", -1);
        String header = decoded(parts[0]);
        String claims = decoded(parts[1]);
        assertTrue(header.contains("\"alg\":\"ES256\"") && header.contains("\"typ\":\"at+jwt\""), header);
        for (String part : List.of(
                "\"iss\":\"https://app.example\"",
                "\"aud\":\"https://app.example\"",
                "\"sub\":\"https://op.example#ada\"",
                "\"client_id\":\"ostiary\"",
                "\"jti\":\"",
                "\"iat\":1767268800",
                "\"exp\":1767269700",
                "\"auth_time\":1767268800")) {
            assertTrue(claims.contains(part), part + " in " + claims);
        }
    }

    @Test
    void endsAfterFifteenMinutesAndTheLeeway() {
        String token = all.issued().access();
        all.clock.advance(Duration.ofMinutes(15).plusSeconds(59));
        assertInstanceOf(AuthOutcome.Authenticated.class, all.bearer(token));
        all.clock.advance(Duration.ofSeconds(1));
        assertEquals(AuthOutcome.failed(FailureReason.EXPIRED_CREDENTIAL), all.bearer(token));
    }

    @Test
    void aRefreshTokenIsGoodOnceAndOnlyItsDigestIsStored() {
        TokenService.Pair first = all.issued();
        TokenService.Pair second = renewed(all.renew(first.refresh()));
        assertNotEquals(first.refresh(), second.refresh());
        assertInstanceOf(AuthOutcome.Authenticated.class, all.bearer(second.access()));
        String stored = String.valueOf(all.store.find(first.refresh().substring(0, 43)));
        for (TokenService.Pair pair : List.of(first, second)) {
            assertFalse(stored.contains(pair.refresh().substring(44)));
            assertTrue(stored.contains(Tokens.digest(pair.refresh())));
        }
    }

    @Test
    void tabsThatRaceGetTheSameSuccessorForThirtySeconds() {
        String token = all.issued().refresh();
        String successor = renewed(all.renew(token)).refresh();
        all.clock.advance(Duration.ofSeconds(29));
        assertEquals(successor, renewed(all.renew(token)).refresh());
        assertInstanceOf(TokenService.Renewal.Renewed.class, all.renew(successor));
    }

    /** RFC 9700 section 4.14.2. */
    @Test
    void laterReuseKillsTheFamilyAndSaysSo() {
        String token = all.issued().refresh();
        TokenService.Pair stolen = renewed(all.renew(token));
        all.clock.advance(Duration.ofSeconds(30));
        assertEquals(refused(FailureReason.REPLAYED_CREDENTIAL), all.renew(token));
        assertEquals(refused(FailureReason.UNKNOWN_CREDENTIAL), all.renew(stolen.refresh()));
        assertEquals(AuthOutcome.failed(FailureReason.REVOKED_CREDENTIAL), all.bearer(stolen.access()));
        AuthEvent last = all.events.get(all.events.size() - 1);
        assertEquals(AuthEvent.Type.CREDENTIAL_REPLAYED, last.type());
        assertEquals(all.ada, last.identity());
    }

    @Test
    void aTokenOfTwoTurnsAgoKillsTheFamilyEvenWithinTheGrace() {
        String token = all.issued().refresh();
        String second = renewed(all.renew(token)).refresh();
        renewed(all.renew(second));
        assertEquals(refused(FailureReason.REPLAYED_CREDENTIAL), all.renew(token));
    }

    @RepeatedTest(20)
    void fiftyParallelRefreshesGiveOneSuccessor() {
        String token = all.issued().refresh();
        Queue<String> successors = new ConcurrentLinkedQueue<>();
        IntStream.range(0, 50)
                .mapToObj(i -> new Thread(() -> successors.add(renewed(all.node(all.settings)
                                .renew(FakeRequest.post("/"), token, null, (identity, request) -> null))
                        .refresh())))
                .peek(Thread::start)
                .toList()
                .forEach(TokenServiceTest::join);
        assertEquals(50, successors.size());
        assertEquals(1, Set.copyOf(successors).size());
        assertInstanceOf(TokenService.Renewal.Renewed.class, all.renew(successors.element()));
    }

    @Test
    void aFamilyEndsThirtyDaysAfterItsLoginHoweverOftenItIsUsed() {
        String token = all.issued().refresh();
        for (int day = 0; day < 29; day++) {
            all.clock.advance(Duration.ofDays(1));
            token = renewed(all.renew(token)).refresh();
        }
        all.clock.advance(Duration.ofDays(1));
        assertInstanceOf(TokenService.Renewal.Refused.class, all.renew(token));
    }

    /** TKN-04 and TKN-14. */
    @Test
    void theAccountIsLookedAtBeforeEachRenewal() {
        TokenService.Pair pair = all.issued();
        TokenService.Renewal renewal =
                all.service.renew(REQUEST, pair.refresh(), null, (identity, request) -> FailureReason.ACCOUNT_DISABLED);
        assertEquals(refused(FailureReason.ACCOUNT_DISABLED), renewal);
        assertInstanceOf(TokenService.Renewal.Refused.class, all.renew(pair.refresh()));
        assertEquals(AuthOutcome.failed(FailureReason.REVOKED_CREDENTIAL), all.bearer(pair.access()));
    }

    @Test
    void aLogoutEndsTheTokensOfItsSessionAtOnce() {
        TokenService.Pair pair = all.issued();
        assertInstanceOf(AuthOutcome.Authenticated.class, all.bearer(pair.access()));
        all.service.endSession("s1");
        assertEquals(AuthOutcome.failed(FailureReason.REVOKED_CREDENTIAL), all.bearer(pair.access()));
        assertEquals(refused(FailureReason.UNKNOWN_CREDENTIAL), all.renew(pair.refresh()));
    }

    @Test
    void aLogoutEverywhereEndsAllTokensAndTheNextLoginsAreGood() {
        TokenService.Pair pair = all.issued();
        all.clock.advance(Duration.ofMillis(500));
        all.epochs.raise(SubjectKey.of(all.ada), all.clock.instant());
        assertEquals(AuthOutcome.failed(FailureReason.REVOKED_CREDENTIAL), all.bearer(pair.access()));
        assertEquals(refused(FailureReason.REVOKED_CREDENTIAL), all.renew(pair.refresh()));
        TokenService.Pair next = all.issued();
        assertInstanceOf(AuthOutcome.Authenticated.class, all.bearer(next.access()));
        assertInstanceOf(TokenService.Renewal.Renewed.class, all.renew(next.refresh()));
    }

    @Test
    void eitherTokenWithdrawsTheWholeFamily() {
        for (boolean byAccess : new boolean[] {true, false}) {
            TokenService.Pair first = all.issued();
            TokenService.Pair pair = renewed(all.renew(first.refresh()));
            all.service.revoke(REQUEST, byAccess ? pair.access() : pair.refresh());
            assertEquals(AuthOutcome.failed(FailureReason.REVOKED_CREDENTIAL), all.bearer(first.access()));
            assertEquals(AuthOutcome.failed(FailureReason.REVOKED_CREDENTIAL), all.bearer(pair.access()));
            assertInstanceOf(TokenService.Renewal.Refused.class, all.renew(pair.refresh()));
        }
        int before = all.events.size();
        all.service.revoke(REQUEST, "nonsense");
        assertEquals(before, all.events.size());
    }

    /** TKN-09. */
    @Test
    void theScopeNeverGrows() {
        Fixture scoped = new Fixture("scopes", "read, write");
        assertNull(scoped.service.issue(REQUEST, scoped.ada, "s1", Set.of("read", "admin")));
        TokenService.Pair pair =
                java.util.Objects.requireNonNull(scoped.service.issue(REQUEST, scoped.ada, "s1", Set.of("read")));
        assertInstanceOf(
                TokenService.Renewal.Refused.class,
                scoped.service.renew(REQUEST, pair.refresh(), Set.of("write"), (identity, request) -> null));
        AuthOutcome.Authenticated found = assertInstanceOf(
                AuthOutcome.Authenticated.class,
                scoped.bearer(renewed(scoped.renew(pair.refresh())).access()));
        assertEquals("read", found.identity().attributes().get("scope"));
    }

    @Test
    void twoIssuersNeverShareASubject() {
        Identity google = Identity.of("session", "https://google.example", "42", all.clock.instant());
        Identity github = Identity.of("session", "https://github.example", "42", all.clock.instant());
        assertNotEquals(subject(google), subject(github));
    }

    @Test
    void theAccessCookieIsLaxAndTheRefreshCookieStrictOnItsOwnPath() {
        List<SetCookie> cookies = all.service.cookies(FakeRequest.post("/").contextPath("/app"), all.issued());
        String access = cookies.get(0).headerValue();
        String refresh = cookies.get(1).headerValue();
        assertTrue(access.startsWith("__Host-ostiary-access="), access);
        assertTrue(access.endsWith("; Path=/; Max-Age=900; Secure; HttpOnly; SameSite=Lax"), access);
        assertTrue(refresh.startsWith("__Secure-ostiary-refresh="), refresh);
        assertTrue(
                refresh.endsWith("; Path=/app/auth/token; Max-Age=2592000; Secure; HttpOnly; SameSite=Strict"),
                refresh);
    }

    @Test
    void aTokenFromACookieCountsAsASessionSoThatCrossSiteChecksApply() {
        String token = all.issued().access();
        FakeRequest request = FakeRequest.get("/").cookie("__Host-ostiary-access", token);
        AuthOutcome.Authenticated found = assertInstanceOf(
                AuthOutcome.Authenticated.class, all.service.authenticator().authenticate(request));
        assertEquals("session", found.identity().scheme());
        FakeRequest twice = request.cookie("__Host-ostiary-access", token);
        assertEquals(
                AuthOutcome.failed(FailureReason.DUPLICATE_CREDENTIAL),
                all.service.authenticator().authenticate(twice));
        Fixture body = new Fixture("delivery", "body-only");
        FakeRequest ignored = FakeRequest.get("/")
                .cookie("__Host-ostiary-access", body.issued().access());
        assertEquals(AuthOutcome.absent(), body.service.authenticator().authenticate(ignored));
    }

    @Test
    void refusesTwoAuthorizationLinesAndIgnoresOtherSchemes() {
        String token = all.issued().access();
        assertEquals(
                AuthOutcome.failed(FailureReason.DUPLICATE_CREDENTIAL),
                all.service.authenticator().authenticate(Fixture.with(token).header("Authorization", "Basic eDp5")));
        assertEquals(
                AuthOutcome.absent(),
                all.service.authenticator().authenticate(FakeRequest.get("/").header("Authorization", "Basic eDp5")));
        assertEquals(
                AuthOutcome.absent(),
                all.service.authenticator().authenticate(FakeRequest.get("/?access_token=" + token)));
        assertEquals(AuthOutcome.failed(FailureReason.MALFORMED_CREDENTIAL), all.bearer(token + " " + token));
        assertEquals(AuthOutcome.failed(FailureReason.MALFORMED_CREDENTIAL), all.bearer(""));
    }

    @Test
    void publishesPublicKeysOnly() {
        String keys = all.service.jwks();
        assertTrue(keys.contains("\"kty\":\"EC\"") && keys.contains("\"use\":\"sig\""), keys);
        assertFalse(keys.contains("\"d\""), keys);
        assertEquals("{\"keys\":[]}", new Fixture("algorithm", "hs256").service.jwks());
    }

    @Test
    void refusesWrongSettingsWithTheWholeSentence() {
        assertEquals(
                "settings: 'token.key.1.pem' is required for rs256: an RSA key of at least 2048 bits as PKCS#8 in PEM,"
                        + " for example ${file:/path/to/key.pem}",
                message("algorithm", "rs256"));
        assertEquals(
                "settings: 'token.key.1.pem' (hidden) has 12 bytes; allowed: at least 32 bytes of random text,"
                        + " for example the output of: openssl rand -base64 32",
                message("algorithm", "hs256", "key.1.pem", "super-secret"));
        assertEquals(
                "settings: 'token.algorithm' is 'none'; allowed: one of es256, eddsa, rs256, hs256",
                message("algorithm", "none"));
        assertEquals(
                "settings: 'token.leeway' is '121s'; allowed: a duration with its unit from 1s to 2m, for example 30s,"
                        + " 15m, 12h, 7d or PT30M",
                message("leeway", "121s"));
        assertEquals(
                "settings: 'token.key.1.until' ends the key that signs; allowed: for other keys only",
                message("key.1.until", "2026-01-01T00:00:00Z"));
    }

    private static String message(String... keysAndValues) {
        return String.valueOf(assertThrows(ConfigurationException.class, () -> Fixture.settings(keysAndValues))
                .getMessage());
    }

    private String subject(Identity identity) {
        TokenService.Pair pair = java.util.Objects.requireNonNull(all.service.issue(REQUEST, identity, "s", null));
        String claims = decoded(pair.access().split("\\.", -1)[1]);
        int at = claims.indexOf("\"sub\":");
        return claims.substring(at, claims.indexOf(',', at));
    }

    private static TokenService.Pair renewed(TokenService.Renewal renewal) {
        return assertInstanceOf(TokenService.Renewal.Renewed.class, renewal).pair();
    }

    private static TokenService.Renewal refused(FailureReason reason) {
        return new TokenService.Renewal.Refused(reason);
    }

    private static String decoded(String segment) {
        return new String(Base64.getUrlDecoder().decode(segment), StandardCharsets.UTF_8);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
