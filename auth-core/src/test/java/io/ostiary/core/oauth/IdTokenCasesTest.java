package io.ostiary.core.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.ostiary.core.FailureReason;
import io.ostiary.core.Identity;
import io.ostiary.core.Reply;
import io.ostiary.testkit.FakeOpenIdProvider;
import io.ostiary.testkit.FakeOpenIdProviderAnswer;
import io.ostiary.testkit.FakeOpenIdProviderToken;
import io.ostiary.testkit.FakeRequest;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rows IDT-* of the relying-party cases, in the order of OpenID Connect Core 3.1.3.7. */
final class IdTokenCasesTest {
    private final Fixture fixture = new Fixture();
    private final FakeOpenIdProvider op = fixture.op;
    private final long now = fixture.clock.instant().getEpochSecond();

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void idt21AcceptsACorrectRs256Token() {
        accepted(token -> {});
    }

    @Test
    void core3137Clause1Idt35RefusesEncryption() {
        refused(token -> token.raw("eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkEyNTZHQ00ifQ.a.b.c.d"));
    }

    @Test
    void core3137Clause2RefusesAnotherIssuer() {
        for (Object issuer : List.of(op.issuer() + "/", "https://other.example", "", 1, List.of(op.issuer()))) {
            refused(token -> token.claim("iss", issuer));
        }
        refused(token -> token.claim("iss", null));
    }

    @Test
    void core3137Clause3Idt05RefusesAnotherAudience() {
        for (Object audience :
                List.of("client-2", "", List.of(), List.of("client-2"), List.of("client-1", "client-2"))) {
            refused(token -> token.claim("aud", audience));
        }
    }

    @Test
    void core3137Clause3Idt06RefusesAMissingAudience() {
        refused(token -> token.claim("aud", null));
    }

    @Test
    void core3137Clause3Idt07AcceptsAnAudienceArray() {
        accepted(token -> token.claim("aud", List.of(Fixture.CLIENT)));
    }

    @Test
    void core3137Clause4And5RefusesAnotherAuthorizedParty() {
        refused(token -> token.claim("azp", "client-2"));
        refused(token -> token.claim("azp", 1));
        refused(token -> token.claim("aud", List.of("client-1", "client-2")).claim("azp", Fixture.CLIENT));
        accepted(token -> token.claim("azp", Fixture.CLIENT));
    }

    @Test
    void core3137Clause6RefusesABadRs256Signature() {
        refused(token -> token.signedBy(Fixture.STRANGER));
    }

    @Test
    void core3137Clause6Idt18RefusesABadEs256Signature() {
        try (Fixture es = new Fixture("id-token-algorithms", "ES256")) {
            es.op.grants().keys(Fixture.EC_KEY);
            es.proven();
            es.op.grants().idToken(token -> token.signedBy(io.ostiary.testkit.FakeOpenIdProviderKey.ec("e1")));
            es.refused(FailureReason.ID_TOKEN_INVALID);
        }
    }

    @Test
    void core3137Clause7Idt22RefusesAnotherAlgorithmThoughItsKeyIsThere() {
        op.grants().keys(Fixture.KEY, Fixture.EC_KEY);
        for (String algorithm : List.of("RS384", "RS512", "PS256", "PS384", "PS512")) {
            refused(token -> token.algorithm(algorithm));
        }
        refused(token -> token.signedBy(Fixture.EC_KEY).algorithm("ES256").header("kid", "e1"));
    }

    @Test
    void core3137Clause7Idt26UsesOnlyKeysOfTheAlgorithmWhenThereIsNoKid() {
        op.grants().keys(Fixture.EC_KEY, Fixture.STRANGER.withKid("r0"), Fixture.KEY);
        accepted(token -> token.signedBy(Fixture.KEY).algorithm("RS256").header("kid", null));
        accepted(token -> token.signedBy(Fixture.KEY).algorithm("RS256").header("kid", "r1"));
    }

    @Test
    void core3137Clause7AcceptsATokenWithoutKidAndOneKey() {
        accepted(token -> token.header("kid", null));
    }

    @Test
    void core3137Clause7Idt27RefusesAnUnknownKidAfterOneLook() {
        refused(token -> token.header("kid", "unknown"));
        assertEquals(2, op.requests("/jwks").size());
    }

    @Test
    void core3137Clause9RefusesAnExpiredToken() {
        refused(token -> token.claim("exp", now - 61));
        refused(token -> token.claim("exp", null));
        refused(token -> token.claim("exp", Long.toString(now + 300)));
        accepted(token -> token.claim("iat", now - 40).claim("exp", now - 30));
    }

    @Test
    void core3137Clause10RefusesATokenWithoutOrWithAnImpossibleIssueTime() {
        refused(token -> token.claim("iat", null));
        refused(token -> token.claim("iat", now + 61));
        refused(token -> token.claim("iat", now - 61));
        refused(token -> token.claim("nbf", now + 61));
        refused(token -> token.claim("nbf", "soon"));
    }

    @Test
    void core3137Clause11Idt14RefusesAWrongNonce() {
        refused(token -> token.claim("nonce", "wrong"));
        refused(token -> token.claim("nonce", null));
        refused(token -> token.claim("nonce", 1));
    }

    @Test
    void core3137Clause11Idt16RefusesTheTokenOfAnotherTransaction() {
        String[] first = new String[1];
        op.grants().idToken(token -> first[0] = token.build());
        fixture.proven();
        refused(token -> token.raw(first[0]));
    }

    @Test
    void core3137Clause12Idt34RefusesAWeakerClassThanWasAskedFor() {
        try (Fixture strict = new Fixture("acr-values", "phr, mfa")) {
            strict.refused(FailureReason.LOGIN_TOO_WEAK);
            strict.op.grants().idToken(token -> token.claim("acr", "pwd"));
            strict.refused(FailureReason.LOGIN_TOO_WEAK);
            strict.op.grants().idToken(token -> token.claim("acr", "mfa"));
            strict.proven();
        }
    }

    @Test
    void core3137Clause13Idt33RefusesAnOlderProofThanWasAskedFor() {
        try (Fixture strict = new Fixture("max-age", "5m")) {
            strict.proven();
            strict.op.grants().idToken(token -> token.claim("auth_time", now - 361));
            strict.refused(FailureReason.LOGIN_TOO_WEAK);
            strict.op.grants().idToken(token -> token.claim("auth_time", null));
            strict.refused(FailureReason.LOGIN_TOO_WEAK);
        }
    }

    /** The words that ask for a fresh proof pass through the browser, where they can be taken out. */
    @Test
    void core3137Clause13Idt33AStepUpNeedsAProofThatIsNewerThanItsRequest() {
        CallbackResult.Proven proven = assertInstanceOf(CallbackResult.Proven.class, anew());
        assertEquals(fixture.clock.instant(), proven.identity().authTime());
        fixture.op.grants().idToken(token -> token.claim("auth_time", now - 61));
        Fixture.assertFailed(FailureReason.LOGIN_TOO_WEAK, anew());
        fixture.op.grants().idToken(token -> token.claim("auth_time", null));
        Fixture.assertFailed(FailureReason.LOGIN_TOO_WEAK, anew());
        fixture.proven();
    }

    /** Else whoever sits at a browser that the provider knows would only have to log out and in again. */
    @Test
    void core2ALoginThatDoesNotSaySinceWhenIsNeverFresh() {
        for (Object time : java.util.Arrays.asList(null, "now", -1, 0, 1)) {
            fixture.jar.clear();
            op.grants().idToken(token -> token.claim("auth_time", time));
            assertEquals(IdentityMapper.UNKNOWN_TIME, fixture.proven().authTime());
        }
        fixture.jar.clear();
        op.grants().idToken(token -> token.claim("auth_time", now - 86_400));
        assertEquals(now - 86_400, fixture.proven().authTime().getEpochSecond());
        fixture.jar.clear();
        op.grants().idToken(token -> token.claim("auth_time", now + 3));
        assertEquals(now, fixture.proven().authTime().getEpochSecond());
    }

    private CallbackResult anew() {
        StartResult start = fixture.login.startAnew(
                fixture.withJar(FakeRequest.get("/auth/login/op")), "op", null, Fixture.CALLBACK);
        Reply reply = assertInstanceOf(StartResult.Started.class, start).reply();
        fixture.take(reply.cookies());
        return fixture.callback(fixture.op.authorize(reply.headerOrEmpty("Location")));
    }

    @Test
    void core2RefusesASubjectWithControlCharacters() {
        refused(token -> token.claim("sub", "ada\r\nSet-Cookie: x"));
        refused(token -> token.claim("sub", "ada\u0000"));
    }

    @Test
    void core3138Idt30RefusesAWrongAccessTokenHash() {
        refused(token -> token.claim("at_hash", "wrong"));
        refused(token -> token.claim("at_hash", 1));
    }

    @Test
    void core3138Idt31AcceptsAMissingAccessTokenHash() {
        accepted(token -> token.claim("at_hash", null));
    }

    @Test
    void core2RefusesATokenWithoutSubject() {
        refused(token -> token.claim("sub", null));
        refused(token -> token.claim("sub", " "));
        refused(token -> token.claim("sub", 7));
        refused(token -> token.claim("sub", "s".repeat(256)));
    }

    @Test
    void idt39And40KeysOnIssuerAndSubjectByteForByte() {
        Identity ada = fixture.proven();
        assertEquals(op.issuer(), ada.issuer());
        op.grants().person(Map.of("sub", "Ada", "preferred_username", "ada"));
        assertNotEquals(ada.subject(), fixture.proven().subject());
        op.grants().person(Map.of("sub", "a\u0308", "preferred_username", "ada"));
        String decomposed = fixture.proven().subject();
        op.grants().person(Map.of("sub", "\u00e4", "preferred_username", "ada"));
        assertNotEquals(decomposed, fixture.proven().subject());
    }

    @Test
    void tok02RefusesAResponseWithoutIdToken() {
        op.grants().tokenResponse(response -> response.remove("id_token"));
        fixture.refused(FailureReason.PROVIDER_RESPONSE_INVALID);
    }

    @Test
    void lnk06KeepsTheIdentityWhenTheAddressChanges() {
        op.grants().userInfo(Map.of("email", "one@example.org"));
        Identity before = fixture.proven();
        op.grants().userInfo(Map.of("email", "two@example.org"));
        Identity after = fixture.proven();
        assertEquals(List.of(before.issuer(), before.subject()), List.of(after.issuer(), after.subject()));
        assertEquals("false", after.attributes().get("email_verified"));
    }

    @Test
    void j59RefusesOtherKindsOfTokens() {
        for (String type : List.of("logout+jwt", "at+jwt", "refresh+jwt", "secevent+jwt")) {
            refused(token -> token.header("typ", type));
        }
        accepted(token -> token.header("typ", "jwt"));
    }

    @Test
    void j73RefusesTheTokenOfARemovedKey() {
        op.bend(
                "/jwks",
                right -> FakeOpenIdProviderAnswer.json(
                        200,
                        Map.of("keys", List.of(Fixture.STRANGER.withKid("r2").jwk()))));
        fixture.refused(FailureReason.ID_TOKEN_INVALID);
    }

    private void refused(Consumer<FakeOpenIdProviderToken> bend) {
        fixture.jar.clear();
        op.grants().idToken(bend);
        fixture.refused(FailureReason.ID_TOKEN_INVALID);
    }

    private void accepted(Consumer<FakeOpenIdProviderToken> bend) {
        fixture.jar.clear();
        op.grants().idToken(bend);
        assertInstanceOf(CallbackResult.Proven.class, fixture.logIn());
    }
}
