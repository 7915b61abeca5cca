package io.ostiary.core.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.core.FailureReason;
import io.ostiary.core.Identity;
import io.ostiary.core.json.Json;
import io.ostiary.testkit.FakeOpenIdProvider;
import io.ostiary.testkit.FakeOpenIdProviderAnswer;
import io.ostiary.testkit.FakeOpenIdProviderAnswer.Manner;
import io.ostiary.testkit.FakeOpenIdProviderRequest;
import io.ostiary.testkit.FakeOpenIdProviderToken;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rows TOK-* and UIN-* of the relying-party cases, and how this client proves itself. */
final class TokenCasesTest {
    private final Fixture fixture = new Fixture("userinfo", "always", "roles-claim", "/roles");
    private final FakeOpenIdProvider op = fixture.op;

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void tok01RefusesWhatIsNoTokenResponse() {
        for (String body : List.of("[]", "\"x\"", "null", "", "{", "{}", "{}{}", "{'access_token':1}")) {
            bendToken(right -> FakeOpenIdProviderAnswer.text(200, "application/json", body));
            fixture.refused(FailureReason.PROVIDER_RESPONSE_INVALID);
        }
        bendToken(right -> FakeOpenIdProviderAnswer.text(200, "text/html", text(right)));
        fixture.refused(FailureReason.PROVIDER_RESPONSE_INVALID);
    }

    @Test
    void tok03RefusesAnUnknownTypeAndComparesWithoutCase() {
        for (String type : List.of("mac", "", "DPoP")) {
            op.grants().tokenResponse(response -> response.put("token_type", type));
            fixture.refused(FailureReason.PROVIDER_RESPONSE_INVALID);
        }
        op.grants().tokenResponse(response -> response.remove("token_type"));
        fixture.refused(FailureReason.PROVIDER_RESPONSE_INVALID);
        fixture.jar.clear();
        op.grants().tokenResponse(response -> response.put("token_type", "bEaReR"));
        fixture.proven();
    }

    @Test
    void tok07NeverTakesALifetimeForEternal() throws Exception {
        Map<String, Long> lifetimes = new LinkedHashMap<>();
        lifetimes.put("-1", 300L);
        lifetimes.put("0", 300L);
        lifetimes.put("\"3600\"", 300L);
        lifetimes.put("null", 300L);
        lifetimes.put("1e300", 86_400L);
        lifetimes.put("1e999999999", 300L);
        lifetimes.put("99999999999999999999", 86_400L);
        lifetimes.put("3600", 3600L);
        for (Map.Entry<String, Long> each : lifetimes.entrySet()) {
            String json = "{\"access_token\":\"a\",\"token_type\":\"Bearer\",\"expires_in\":" + each.getKey() + "}";
            TokenResponse response = TokenResponse.parse(Json.object(json, 1000), false);
            assertEquals(Duration.ofSeconds(each.getValue()), response.lifetime(), each.getKey());
            assertNull(response.idToken());
        }
    }

    @Test
    void tok08RefusesAMemberThatComesTwice() {
        bendToken(right -> FakeOpenIdProviderAnswer.text(
                200,
                "application/json",
                text(right).replace("{\"access_token\"", "{\"id_token\":\"x\",\"access_token\"")));
        fixture.refused(FailureReason.PROVIDER_RESPONSE_INVALID);
    }

    @Test
    void tok11MakesTheAssertionOutToTheIssuerAlone() throws Exception {
        String pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder()
                        .encodeToString(Fixture.KEY.pair().getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----";
        try (Fixture key = new Fixture()) {
            Map<String, String> settings = key.settings(
                    "client-authentication", "private-key-jwt", "private-key", pem, "private-key-id", "client-key");
            settings.remove("oauth.provider.op.client-secret");
            OAuthLogin login = key.login(settings);
            StartResult.Started started = assertInstanceOf(
                    StartResult.Started.class,
                    login.start(io.ostiary.testkit.FakeRequest.get("/auth/login/op"), "op", null, Fixture.CALLBACK));
            key.take(started.reply().cookies());
            String query = key.op.authorize(started.reply().headerOrEmpty("Location"));
            assertInstanceOf(
                    CallbackResult.Proven.class,
                    login.callback(
                            key.withJar(io.ostiary.testkit.FakeRequest.get("/auth/callback/op?" + query)),
                            "op",
                            Fixture.CALLBACK));
            FakeOpenIdProviderRequest request = key.op.requests("/token").get(0);
            String[] assertion =
                    String.valueOf(request.form("client_assertion")).split("\\.", -1);
            var claims = Json.object(Base64.getUrlDecoder().decode(assertion[1]), 2000);
            assertEquals(key.op.issuer(), claims.text("aud"));
            assertEquals(Fixture.CLIENT, claims.text("sub"));
            assertEquals(Fixture.CLIENT, claims.text("iss"));
            assertEquals(Long.valueOf(key.clock.instant().getEpochSecond() + 60), claims.whole("exp"));
            assertNull(request.header("Authorization"));
            assertNull(request.form("client_secret"));
        }
    }

    @Test
    void tok14RefusesAnErrorUnderStatus200() {
        bendToken(right -> FakeOpenIdProviderAnswer.json(200, Map.of("error", "invalid_request")));
        fixture.refused(FailureReason.PROVIDER_ERROR);
    }

    @Test
    void saysUnavailableWhenTheTokenEndpointIsDownHangsOrRedirects() {
        bendToken(right -> FakeOpenIdProviderAnswer.json(503, Map.of()));
        assertInstanceOf(CallbackResult.Unavailable.class, fixture.logIn());
        bendToken(right -> FakeOpenIdProviderAnswer.slow(Manner.HANGING));
        assertInstanceOf(CallbackResult.Unavailable.class, fixture.logIn());
        bendToken(right -> FakeOpenIdProviderAnswer.redirect(op.issuer() + "/elsewhere"));
        fixture.refused(FailureReason.PROVIDER_RESPONSE_INVALID);
        assertTrue(op.requests("/elsewhere").isEmpty());
    }

    @Test
    void provesItselfWithClientSecretBasicUnlessOnlyPostIsOffered() {
        fixture.proven();
        FakeOpenIdProviderRequest basic = op.requests("/token").get(0);
        assertEquals(
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString("client-1:canary-secret".getBytes(StandardCharsets.US_ASCII)),
                basic.header("Authorization"));
        assertNull(basic.form("client_secret"));
        try (Fixture post = new Fixture()) {
            post.op.discovery("token_endpoint_auth_methods_supported", List.of("client_secret_post"));
            post.proven();
            FakeOpenIdProviderRequest sent = post.op.requests("/token").get(0);
            assertEquals("canary-secret", sent.form("client_secret"));
            assertNull(sent.header("Authorization"));
        }
    }

    @Test
    void rfc9126PushesTheRequestWhereThatIsOffered() {
        op.discovery("pushed_authorization_request_endpoint", op.issuer() + "/par");
        String url = fixture.start();
        assertTrue(url.startsWith(op.issuer() + "/authorize?client_id=client-1&request_uri=urn%3Aietf%3Aparams"), url);
        assertFalse(url.contains("code_challenge"));
        assertInstanceOf(CallbackResult.Proven.class, fixture.callback(op.authorize(url)));
        assertEquals("S256", op.requests("/par").get(0).form("code_challenge_method"));
    }

    @Test
    void rfc9126IsUnavailableWhenThePushFails() {
        op.discovery("pushed_authorization_request_endpoint", op.issuer() + "/par");
        op.bend("/par", right -> FakeOpenIdProviderAnswer.json(400, Map.of("error", "invalid_request")));
        assertInstanceOf(
                StartResult.Unavailable.class,
                fixture.login.start(
                        io.ostiary.testkit.FakeRequest.get("/auth/login/op"), "op", null, Fixture.CALLBACK));
    }

    @Test
    void asksForWhatTheSettingsSay() {
        try (Fixture more = new Fixture(
                "prompt",
                "login, consent",
                "max-age",
                "1h",
                "acr-values",
                "mfa",
                "parameters",
                "hd=example.com, x=a b")) {
            String url = more.start();
            for (String part :
                    List.of("prompt=login%20consent", "max_age=3600", "acr_values=mfa", "hd=example.com", "x=a%20b")) {
                assertTrue(url.contains(part), () -> part + " in " + url);
            }
        }
    }

    @Test
    void core532Uin01And02RefusesUserInformationOfAnotherSubject() {
        op.grants().userInfo(Map.of("sub", "eve"));
        fixture.refused(FailureReason.PROVIDER_RESPONSE_INVALID);
        op.grants().userInfo(Map.of());
        op.bend("/userinfo", right -> FakeOpenIdProviderAnswer.json(200, Map.of("name", "Ada")));
        fixture.refused(FailureReason.PROVIDER_RESPONSE_INVALID);
    }

    @Test
    void core532Uin05ChecksSignedUserInformation() {
        UnaryOperator<FakeOpenIdProviderToken> right = token -> token;
        assertInstanceOf(CallbackResult.Proven.class, withSigned(right));
        assertInstanceOf(CallbackResult.Failed.class, withSigned(token -> token.signedBy(Fixture.STRANGER)));
        assertInstanceOf(CallbackResult.Failed.class, withSigned(token -> token.claim("iss", "https://other.example")));
        assertInstanceOf(CallbackResult.Failed.class, withSigned(token -> token.claim("aud", "client-2")));
        assertInstanceOf(CallbackResult.Failed.class, withSigned(token -> token.claim("sub", "eve")));
        assertInstanceOf(
                CallbackResult.Failed.class,
                withSigned(token -> token.raw(FakeOpenIdProviderToken.encode("{\"alg\":\"none\"}") + "."
                        + FakeOpenIdProviderToken.encode("{\"sub\":\"ada\"}") + ".")));
    }

    @Test
    void uin06SendsTheTokenInAHeaderOnly() {
        fixture.proven();
        FakeOpenIdProviderRequest request = op.requests("/userinfo").get(0);
        assertTrue(String.valueOf(request.header("Authorization")).startsWith("Bearer access-"));
        assertNull(request.query());
        assertEquals("", request.body());
    }

    @Test
    void uin08KeepsHostileContentAsDataWithinBounds() {
        op.grants()
                .userInfo(Map.of(
                        "name", "<script>alert(1)</script>",
                        "email", "a@b.example\r\nBcc: x@y.example",
                        "picture", "x".repeat(1025),
                        "locale", " "));
        Identity identity = fixture.proven();
        assertEquals("<script>alert(1)</script>", identity.attributes().get("name"));
        for (String name : List.of("email", "email_verified", "picture", "locale")) {
            assertFalse(identity.attributes().containsKey(name), name);
        }
        op.grants().userInfo(Map.of("name", "x".repeat(1_100_000)));
        assertFalse(fixture.logIn() instanceof CallbackResult.Proven);
    }

    @Test
    void uin10GivesTheApplicationTheClaimsItAskedFor() {
        op.grants().userInfo(Map.of("phone_number", "+1", "given_name", "Ada", "email", "a@b.example"));
        Map<String, String> attributes = fixture.proven().attributes();
        assertEquals(
                List.of("+1", "Ada", "a@b.example"),
                List.of(
                        String.valueOf(attributes.get("phone_number")),
                        String.valueOf(attributes.get("given_name")),
                        String.valueOf(attributes.get("email"))));
    }

    @Test
    void j63TakesOnlyAnArrayOfTextForRoles() {
        for (Object roles : List.of("admin,user", "admin", Map.of("admin", true), List.of("admin", 1), 7)) {
            op.grants().userInfo(Map.of("roles", roles));
            assertEquals(Set.of(), fixture.proven().roles(), roles::toString);
            fixture.jar.clear();
        }
        op.grants().userInfo(Map.of("roles", List.of("a b", "ROLE_x", "Admin", " ")));
        assertEquals(Set.of("a b", "ROLE_x", "Admin"), fixture.proven().roles());
        op.grants().userInfo(Map.of("roles", List.of("viewer", "r".repeat(256), "admin\r\nx: y")));
        assertEquals(Set.of("viewer"), fixture.proven().roles());
        op.grants().userInfo(Map.of("roles", java.util.Collections.nCopies(1001, "r")));
        fixture.refused(FailureReason.PROVIDER_RESPONSE_INVALID);
    }

    private CallbackResult withSigned(UnaryOperator<FakeOpenIdProviderToken> bend) {
        fixture.jar.clear();
        FakeOpenIdProviderToken token = new FakeOpenIdProviderToken(
                Fixture.KEY, Map.of("iss", op.issuer(), "aud", Fixture.CLIENT, "sub", "ada", "name", "Ada"));
        String body = bend.apply(token).build();
        op.bend("/userinfo", right -> FakeOpenIdProviderAnswer.text(200, "application/jwt", body));
        return fixture.logIn();
    }

    private void bendToken(UnaryOperator<FakeOpenIdProviderAnswer> bend) {
        fixture.jar.clear();
        op.bend("/token", bend);
    }

    private static String text(FakeOpenIdProviderAnswer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
