package io.ostiary.core.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.core.UrlEncoded;
import io.ostiary.core.spi.LogoutTargets;
import io.ostiary.core.spi.LogoutTargets.Target;
import io.ostiary.testkit.FakeOpenIdProviderAnswer;
import io.ostiary.testkit.FakeOpenIdProviderKey;
import io.ostiary.testkit.FakeOpenIdProviderToken;
import io.ostiary.testkit.FakeRequest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rows LGO-* of the relying-party cases, as far as they concern this package. */
final class OAuthLogoutTest {
    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
    private final Fixture fixture = new Fixture("logout", "provider", "front-channel-logout", "true");
    private final List<Target> ended = new CopyOnWriteArrayList<>();
    private final OAuthLogout logout = fixture.login.logout();

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void rpInitiated2SendsTheBrowserWithHintStateAndTarget() {
        String url = String.valueOf(logout.atProvider(fixture.proven(), "https://app.example/bye", "state-1"));
        String query = URI.create(url).getRawQuery();
        assertTrue(url.startsWith(fixture.op.issuer() + "/logout?"));
        assertEquals(List.of("client-1"), UrlEncoded.values(query, "client_id"));
        assertEquals(List.of("https://app.example/bye"), UrlEncoded.values(query, "post_logout_redirect_uri"));
        assertEquals(List.of("state-1"), UrlEncoded.values(query, "state"));
        assertEquals(3, UrlEncoded.values(query, "id_token_hint").get(0).split("\\.", -1).length);
    }

    @Test
    void staysLocalWhereTheProviderOffersNothing() {
        fixture.op.discovery("end_session_endpoint", null);
        assertNull(logout.atProvider(fixture.proven(), "https://app.example/bye", "s"));
        try (Fixture local = new Fixture()) {
            assertNull(local.login.logout().atProvider(local.proven(), "https://app.example/bye", "s"));
        }
    }

    @Test
    void lgo04EndsTheSessionsOfASid() {
        LogoutNotice notice = post(token().claim("sid", "sid-1"));
        assertEquals(new LogoutNotice.Ended(1), notice);
        assertEquals(List.of(new Target(Target.By.PROVIDER_SESSION, fixture.op.issuer(), "sid-1")), ended);
        assertEquals(200, notice.reply().status());
        assertEquals("no-store", notice.reply().headerOrEmpty("Cache-Control"));
    }

    @Test
    void lgo04EndsTheSessionsOfASubject() {
        assertEquals(new LogoutNotice.Ended(1), post(token()));
        assertEquals(List.of(new Target(Target.By.SUBJECT, fixture.op.issuer(), "ada")), ended);
    }

    @Test
    void lgo05RefusesAlgorithmNone() {
        String claims = "{\"iss\":\"" + fixture.op.issuer() + "\"}";
        refused(FakeOpenIdProviderToken.encode("{\"alg\":\"none\"}") + "." + FakeOpenIdProviderToken.encode(claims)
                + ".");
    }

    @Test
    void backChannel26Step2Lgo06RefusesAnotherAlgorithm() {
        fixture.op.grants().keys(Fixture.KEY, Fixture.EC_KEY);
        refused(token().algorithm("RS512"));
        refused(token().signedBy(Fixture.EC_KEY).algorithm("ES256").header("kid", "e1"));
    }

    @Test
    void backChannel26Step3RefusesAnotherIssuerOrAudienceOrTime() {
        long now = fixture.clock.instant().getEpochSecond();
        refused(token().claim("iss", "https://other.example"));
        refused(token().claim("aud", "client-2"));
        refused(token().claim("aud", null));
        refused(token().claim("exp", null));
        refused(token().claim("exp", now - 61));
        refused(token().claim("iat", null));
        refused(token().claim("iat", now + 61));
        refused(token().claim("iat", now - 661));
        refused(token().signedBy(Fixture.STRANGER));
    }

    @Test
    void backChannel26Step4RefusesWithoutSubAndSid() {
        refused(token().claim("sub", null));
        refused(token().claim("sub", 1));
        refused(token().claim("sid", ""));
    }

    @Test
    void backChannel26Step5Lgo07RefusesWithoutEvents() {
        refused(token().claim("events", null));
    }

    @Test
    void backChannel26Step5Lgo08RefusesAnotherEvent() {
        refused(token().claim("events", Map.of("http://schemas.openid.net/event/foo", Map.of())));
        refused(token().claim("events", EVENT));
        refused(token().claim("events", List.of(EVENT)));
        refused(token().claim("events", Map.of(EVENT, "x")));
    }

    @Test
    void backChannel26Step6Lgo09RefusesANonce() {
        refused(token().claim("nonce", "n"));
    }

    @Test
    void backChannel26Step7Lgo16RefusesTheSameTokenTwice() {
        String once = token().build();
        assertInstanceOf(LogoutNotice.Ended.class, post(once));
        ended.clear();
        refused(once);
        refused(token().claim("jti", null));
    }

    /** The provider has only this token, and sends it again because it was told 503. */
    @Test
    void backChannel28AFaultDoesNotUseTheTokenUp() {
        String token = token().build();
        FakeRequest request = FakeRequest.post("/x").form("logout_token=" + token);
        LogoutTargets broken = target -> {
            throw new IllegalStateException("the store is down");
        };
        assertThrows(IllegalStateException.class, () -> logout.backChannel(request, "op", broken));
        assertInstanceOf(LogoutNotice.Ended.class, post(token));
        ended.clear();
        refused(token);
    }

    @Test
    void lgo15NamesTheIssuerSoThatOthersKeepTheirSessions() {
        post(token().claim("sid", "shared"));
        assertEquals(fixture.op.issuer(), ended.get(0).issuer());
    }

    @Test
    void lgo16RefusesAnythingButOneFormField() {
        String token = token().build();
        assertRefused(FakeRequest.get("/auth/backchannel-logout/op?logout_token=" + token));
        assertRefused(FakeRequest.post("/auth/backchannel-logout/op?logout_token=" + token));
        assertRefused(FakeRequest.post("/x").form("logout_token=" + token + "&logout_token=" + token));
        assertRefused(FakeRequest.post("/x").form("logout_token=" + "a".repeat(1_000_000)));
        assertRefused(FakeRequest.post("/x").header("Content-Type", "application/json"));
        assertInstanceOf(
                LogoutNotice.NotOffered.class,
                logout.backChannel(FakeRequest.post("/x").form("logout_token=" + token), "nobody", this::end));
        assertEquals(404, new LogoutNotice.NotOffered().reply().status());
    }

    @Test
    void j59RefusesAnIdTokenAsLogoutToken() {
        String[] id = new String[1];
        fixture.op.grants().idToken(token -> id[0] = token.build());
        fixture.proven();
        refused(id[0]);
        refused(token().header("typ", "at+jwt"));
    }

    @Test
    void saysUnavailableWithoutKeys() {
        fixture.op.bend("/jwks", right -> FakeOpenIdProviderAnswer.json(500, Map.of()));
        LogoutNotice notice = post(token());
        assertInstanceOf(LogoutNotice.Unavailable.class, notice);
        assertEquals(503, notice.reply().status());
    }

    @Test
    void jwk06ForgedTokensCauseFewLooksForKeys() {
        FakeOpenIdProviderKey forger = FakeOpenIdProviderKey.ec("x");
        for (int i = 0; i < 20; i++) {
            refused(token().signedBy(Fixture.STRANGER).header("kid", "k" + i));
            refused(token().signedBy(forger).algorithm("ES256"));
        }
        assertEquals(2, fixture.op.requests("/jwks").size());
    }

    /** Strangers may use up their own looks for keys, not that of a login just after a rotation. */
    @Test
    void jwk06ForgedLogoutTokensDoNotKeepALoginFromNewKeys() {
        fixture.proven();
        refused(token().signedBy(Fixture.STRANGER).header("kid", "k1"));
        fixture.op.grants().keys(Fixture.STRANGER.withKid("r2"));
        refused(token().signedBy(Fixture.KEY).header("kid", "k2"));
        fixture.jar.clear();
        fixture.proven();
    }

    @Test
    void frontChannel3EndsOneSessionOfThisIssuer() {
        String iss = UrlEncoded.encode(fixture.op.issuer());
        assertEquals(new LogoutNotice.Ended(1), front("?iss=" + iss + "&sid=sid-1"));
        assertEquals(List.of(new Target(Target.By.PROVIDER_SESSION, fixture.op.issuer(), "sid-1")), ended);
    }

    @Test
    void lgo19FrontChannelWithoutIssuerOrSidHasNoEffect() {
        String iss = UrlEncoded.encode(fixture.op.issuer());
        for (String query :
                List.of("", "?iss=" + iss, "?sid=a", "?iss=https%3A%2F%2Fx.example&sid=a", "?iss=" + iss + "&sid=")) {
            assertInstanceOf(LogoutNotice.Refused.class, front(query), query);
        }
        assertTrue(ended.isEmpty());
        try (Fixture off = new Fixture()) {
            assertInstanceOf(
                    LogoutNotice.NotOffered.class,
                    off.login.logout().frontChannel(FakeRequest.get("/x?iss=" + iss + "&sid=a"), "op", this::end));
        }
    }

    private FakeOpenIdProviderToken token() {
        return fixture.op.grants().logoutToken(Fixture.CLIENT);
    }

    private LogoutNotice post(FakeOpenIdProviderToken token) {
        return post(token.build());
    }

    private LogoutNotice post(String token) {
        return logout.backChannel(
                FakeRequest.post("/auth/backchannel-logout/op").form("logout_token=" + token), "op", this::end);
    }

    private LogoutNotice front(String query) {
        return logout.frontChannel(FakeRequest.get("/auth/frontchannel-logout/op" + query), "op", this::end);
    }

    private void refused(FakeOpenIdProviderToken token) {
        refused(token.build());
    }

    private void refused(String token) {
        LogoutNotice notice = post(token);
        assertInstanceOf(LogoutNotice.Refused.class, notice);
        assertEquals(400, notice.reply().status());
        assertEquals("{\"error\":\"invalid_request\"}", notice.reply().body());
        assertTrue(ended.isEmpty());
    }

    private void assertRefused(FakeRequest request) {
        assertInstanceOf(LogoutNotice.Refused.class, logout.backChannel(request, "op", this::end));
    }

    private int end(Target target) {
        ended.add(target);
        return 1;
    }
}
