package io.ostiary.core.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.core.Decision;
import io.ostiary.core.Identity;
import io.ostiary.core.LoginGate;
import io.ostiary.core.Policies;
import io.ostiary.core.Reply;
import io.ostiary.core.SetCookie;
import io.ostiary.core.config.ConfigurationException;
import io.ostiary.core.config.Settings;
import io.ostiary.core.json.Json;
import io.ostiary.core.json.JsonException;
import io.ostiary.core.json.JsonObject;
import io.ostiary.core.runtime.Ostiary;
import io.ostiary.core.spi.LogoutTargets.Target;
import io.ostiary.testkit.FakeRequest;
import io.ostiary.testkit.MutableClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages of sessions and tokens over a whole engine. */
final class SignedInTest {
    private final MutableClock clock = new MutableClock();
    private final Identity ada = Identity.of("oauth", "https://op.example", "ada", clock.instant());
    private Ostiary ostiary = start();

    private Ostiary start(String... keysAndValues) {
        Map<String, String> all = new HashMap<>(
                Map.of("base-url", "https://app.example", "secret", "k".repeat(32), "token.enabled", "true"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            all.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return Ostiary.start(Settings.of(all), List.of(), clock);
    }

    /** One browser's cookies. */
    private final class Browser {
        final Map<String, String> jar = new HashMap<>();

        FakeRequest request(String method, String target) {
            FakeRequest request = FakeRequest.of(method, target).header("Sec-Fetch-Site", "same-origin");
            jar.forEach(request::cookie);
            return request;
        }

        Reply send(FakeRequest request) {
            Reply reply = ostiary.endpoints().handle(request);
            keep(reply.cookies());
            return reply;
        }

        Reply post(String target) {
            return send(request("POST", target));
        }

        Reply get(String target) {
            return send(request("GET", target));
        }

        Browser logIn() {
            LoginGate.Result result = ostiary.engine().gate().complete(request("GET", "/x"), ada);
            keep(assertInstanceOf(LoginGate.Result.Admitted.class, result).cookies());
            return this;
        }

        boolean isIn() {
            return get("/auth/session").body().startsWith("{\"authenticated\":true");
        }

        private void keep(List<SetCookie> cookies) {
            for (SetCookie cookie : cookies) {
                if (cookie.maxAge().isZero()) {
                    jar.remove(cookie.name());
                } else {
                    jar.put(cookie.name(), cookie.value());
                }
            }
        }
    }

    @Test
    void listsOwnSessionsAndEndsOneOthersAndAll() throws JsonException {
        Browser one = new Browser().logIn();
        clock.advance(Duration.ofSeconds(1));
        Browser two = new Browser().logIn();
        Browser three = new Browser().logIn();
        List<Object> listed = java.util.Objects.requireNonNull(
                Json.object(one.get("/auth/sessions").body(), 9999).list("sessions"));
        JsonObject first = (JsonObject) listed.get(0);
        assertEquals(true, first.flag("current"));
        String handle = String.valueOf(first.text("handle"));
        Reply ended = two.send(two.request("POST", "/auth/sessions/end").form("handle=" + handle));
        assertEquals("{\"ended\":1}", ended.body());
        assertFalse(one.isIn());
        assertEquals("{\"ended\":1}", two.post("/auth/sessions/end-others").body());
        assertFalse(three.isIn());
        assertTrue(two.isIn());
        assertEquals("{\"ended\":1}", two.post("/auth/sessions/end-all").body());
        assertFalse(two.isIn());
    }

    @Test
    void anotherSiteAndNobodyEndNothing() {
        Browser browser = new Browser().logIn();
        FakeRequest cross = FakeRequest.post("/auth/sessions/end-all").header("Sec-Fetch-Site", "cross-site");
        browser.jar.forEach(cross::cookie);
        assertEquals(403, ostiary.endpoints().handle(cross).status());
        assertTrue(browser.isIn());
        assertEquals(401, new Browser().post("/auth/sessions/end-all").status());
        assertEquals(401, new Browser().get("/auth/sessions").status());
        assertEquals(400, browser.post("/auth/sessions/end").status());
        assertEquals(405, browser.get("/auth/sessions/end-all").status());
    }

    @Test
    void cookiesOnlyKeepsTokensOutOfTheBody() {
        Browser browser = new Browser().logIn();
        Reply issued = browser.post("/auth/token");
        assertEquals("{\"token_type\":\"Bearer\",\"expires_in\":900,\"scope\":\"\"}", issued.body());
        assertEquals(200, browser.get("/auth/token/check").status());
        String refresh = browser.jar.get("__Secure-ostiary-refresh");
        assertEquals(200, browser.post("/auth/token/refresh").status());
        assertFalse(String.valueOf(refresh).equals(browser.jar.get("__Secure-ostiary-refresh")));
    }

    @Test
    void bodyOnlySetsNoCookie() throws JsonException {
        ostiary = start("token.delivery", "body-only");
        Browser browser = new Browser().logIn();
        Reply issued = browser.post("/auth/token");
        assertEquals(List.of(), issued.cookies());
        String access = text(issued, "access_token");
        String refresh = text(issued, "refresh_token");
        assertEquals(200, bearer(access).status());
        FakeRequest form = FakeRequest.post("/auth/token/refresh").form("refresh_token=" + refresh);
        Reply renewed = ostiary.endpoints().handle(form);
        assertEquals(200, renewed.status());
        assertInstanceOf(
                Decision.Allow.class,
                ostiary.engine()
                        .decide(
                                FakeRequest.get("/api")
                                        .header("Authorization", "Bearer " + text(renewed, "access_token")),
                                Policies.authenticated()));
        FakeRequest revoke = FakeRequest.post("/auth/token/revoke").form("token=" + text(renewed, "refresh_token"));
        assertEquals(200, ostiary.endpoints().handle(revoke).status());
        assertEquals(401, bearer(access).status());
        assertEquals(401, bearer(text(renewed, "access_token")).status());
    }

    @Test
    void dualDeliversBothUnlessTheClientSaysWhich() {
        ostiary = start("token.delivery", "dual");
        Browser browser = new Browser().logIn();
        Reply both = browser.post("/auth/token");
        assertTrue(both.body().contains("access_token") && both.cookies().size() == 2);
        Reply body = browser.send(browser.request("POST", "/auth/token").header("X-Token-Delivery", "body"));
        assertTrue(body.body().contains("access_token") && body.cookies().isEmpty());
        Reply cookies = browser.send(browser.request("POST", "/auth/token").header("X-Token-Delivery", "cookies"));
        assertTrue(!cookies.body().contains("access_token") && cookies.cookies().size() == 2);
        FakeRequest odd = browser.request("POST", "/auth/token").header("X-Token-Delivery", "both");
        assertEquals(400, browser.send(odd).status());
    }

    @Test
    void theHeaderCannotTakeTokensOutOfTheCookies() {
        Browser browser = new Browser().logIn();
        FakeRequest request = browser.request("POST", "/auth/token").header("X-Token-Delivery", "body");
        assertEquals(400, browser.send(request).status());
    }

    /** TKN-07. */
    @Test
    void aRefreshTokenIsTakenFromNoQueryAndFromNoOtherSite() throws JsonException {
        ostiary = start("token.delivery", "dual");
        Browser browser = new Browser().logIn();
        String refresh = text(browser.post("/auth/token"), "refresh_token");
        String query = "/auth/token/refresh?refresh_token=" + refresh;
        assertEquals(401, ostiary.endpoints().handle(FakeRequest.post(query)).status());
        assertEquals(405, ostiary.endpoints().handle(FakeRequest.get(query)).status());
        FakeRequest sister = FakeRequest.post("/auth/token/refresh").header("Sec-Fetch-Site", "same-site");
        sister.cookie("__Secure-ostiary-refresh", refresh);
        assertEquals(403, ostiary.endpoints().handle(sister).status());
        FakeRequest json = FakeRequest.post("/auth/token/refresh").form("{\"refresh_token\":1}");
        assertEquals(401, ostiary.endpoints().handle(json).status());
    }

    @Test
    void everyRefusalLooksTheSame() {
        for (String token : List.of("", "x", "A".repeat(43) + "." + "B".repeat(43))) {
            ostiary = start("token.delivery", "body-only");
            FakeRequest form = FakeRequest.post("/auth/token/refresh").form("refresh_token=" + token);
            Reply reply = ostiary.endpoints().handle(form);
            assertEquals(401, reply.status());
            assertEquals("{\"error\":\"invalid_grant\"}", reply.body());
            assertEquals("Bearer realm=\"ostiary\", error=\"invalid_token\"", reply.headerOrEmpty("WWW-Authenticate"));
        }
    }

    /** SES-05. */
    @Test
    void aLogoutIsAlsoTheEndOfTheTokens() throws JsonException {
        ostiary = start("token.delivery", "dual", "session.clear-site-data", "true");
        Browser browser = new Browser().logIn();
        Reply issued = browser.post("/auth/token");
        Reply out = browser.post("/auth/logout");
        assertEquals("\"cache\", \"storage\"", out.headerOrEmpty("Clear-Site-Data"));
        assertEquals(Map.of(), browser.jar);
        assertEquals(401, bearer(text(issued, "access_token")).status());
        FakeRequest form =
                FakeRequest.post("/auth/token/refresh").form("refresh_token=" + text(issued, "refresh_token"));
        assertEquals(401, ostiary.endpoints().handle(form).status());
    }

    @Test
    void aLogoutEndsTheTokensThoughTheSessionIsOver() throws JsonException {
        ostiary = start("token.delivery", "dual");
        Browser browser = new Browser().logIn();
        Reply issued = browser.post("/auth/token");
        browser.jar.remove("__Host-ostiary");
        assertTrue(browser.isIn());
        browser.post("/auth/logout");
        assertEquals(401, bearer(text(issued, "access_token")).status());
        assertFalse(browser.isIn());
    }

    @Test
    void tokensAreIssuedToASessionOnly() throws JsonException {
        assertEquals(401, new Browser().post("/auth/token").status());
        ostiary = start("token.delivery", "body-only");
        String access = text(new Browser().logIn().post("/auth/token"), "access_token");
        FakeRequest byToken = FakeRequest.post("/auth/token").header("Authorization", "Bearer " + access);
        assertEquals(401, ostiary.endpoints().handle(byToken).status());
    }

    @Test
    void withoutTokensThereAreNoSuchPages() {
        ostiary = start("token.enabled", "false");
        assertEquals(404, new Browser().get("/auth/jwks.json").status());
        assertEquals(404, new Browser().logIn().post("/auth/token").status());
        assertFalse(ostiary.engine().schemes().contains("bearer"));
    }

    @Test
    void whoIsRememberedComesInOnTheWayToTheLoginPage() {
        ostiary = start("session.remember-me", "always");
        Browser browser = new Browser().logIn();
        browser.jar.remove("__Host-ostiary");
        Reply back = browser.get("/auth/login?next=/app");
        assertEquals("/app", back.headerOrEmpty("Location"));
        assertEquals(Reply.Effect.LOGGED_IN, back.effect());
        assertTrue(browser.isIn());
        assertEquals(200, browser.get("/auth/login?next=/app&reason=step-up").status());
        assertTrue(browser.get("/auth/login?reason=step-up").body().contains("This page needs a fresh sign-in."));
        browser.post("/auth/logout");
        assertEquals(200, browser.get("/auth/login").status());
        assertFalse(browser.isIn());
    }

    @Test
    void theLoginPageOffersToBeRememberedWhereThatIsOnRequest() {
        ostiary = start(
                "session.remember-me",
                "on-request",
                "oauth.provider.github.client-id",
                "c",
                "oauth.provider.github.client-secret",
                "s");
        String page = new Browser().get("/auth/login?next=/app").body();
        assertTrue(page.contains("/auth/login/github?next=%2Fapp&amp;remember=1"), page);
        assertTrue(new Browser().get("/auth/login").body().contains("/auth/login/github?remember=1"));
        assertFalse(new Browser().get("/auth/login?reason=step-up").body().contains("remember=1"));
        ostiary = start("session.remember-me", "always");
        assertFalse(new Browser().get("/auth/login").body().contains("remember=1"));
    }

    @Test
    void stepUpAsksTheProviderForAFreshProof() {
        ostiary = start("oauth.provider.github.client-id", "c", "oauth.provider.github.client-secret", "s");
        String anew = new Browser().get("/auth/login/github?reason=step-up").headerOrEmpty("Location");
        assertTrue(anew.contains("prompt=login"), anew);
        String usual = new Browser().get("/auth/login/github").headerOrEmpty("Location");
        assertFalse(usual.contains("prompt="), usual);
    }

    @Test
    void aFormWithoutScriptIsSentBackToItsPage() {
        Browser browser = new Browser().logIn();
        FakeRequest form = browser.request("POST", "/auth/sessions/end-others");
        assertEquals(
                "/app/sessions", browser.send(form.form("next=/app/sessions")).headerOrEmpty("Location"));
        FakeRequest hostile = browser.request("POST", "/auth/sessions/end-others");
        assertEquals("", browser.send(hostile.form("next=//evil.example")).headerOrEmpty("Location"));
    }

    @ParameterizedTest
    @CsvSource({"/auth/callback/github", "/auth/login/github", "/auth/initiate-login"})
    void aHeadIsNotTakenForAGetThatDoesSomething(String target) {
        ostiary = start("oauth.provider.github.client-id", "c", "oauth.provider.github.client-secret", "s");
        Reply reply = new Browser().send(FakeRequest.of("HEAD", target));
        assertEquals(405, reply.status());
        assertFalse(reply.headerOrEmpty("Allow").contains("HEAD"), reply.headerOrEmpty("Allow"));
        assertEquals(
                200, new Browser().send(FakeRequest.of("HEAD", "/auth/login")).status());
    }

    @Test
    void aLoginMayLandOnAFrontEndElsewhere() {
        ostiary = start("after-login", "https://front.example/app", "after-logout", "https://front.example");
        Browser browser = new Browser().logIn();
        assertEquals("https://front.example/app", browser.get("/auth/login").headerOrEmpty("Location"));
        assertEquals("/here", browser.get("/auth/login?next=/here").headerOrEmpty("Location"));
        assertEquals("https://front.example", browser.post("/auth/logout").headerOrEmpty("Location"));
    }

    @ParameterizedTest
    @CsvSource({
        "http://front.example/app",
        "https://front.example/a/../b",
        "https://user@front.example/",
        "https://front.example:443/",
        "https://front.example//x",
        "httpx://front.example"
    })
    void aFrontEndThatIsNoPlainAddressStopsTheStart(String address) {
        assertEquals(
                "settings: 'after-login' is '" + address + "'; allowed: a path inside the application that begins with"
                        + " one slash, without '..', '//' or a control character, or an https address of a front end",
                assertThrows(ConfigurationException.class, () -> start("after-login", address))
                        .getMessage());
    }

    @Test
    void aur19ANewLoginReplacesIdAndIdentity() {
        Browser browser = new Browser().logIn();
        String before = String.valueOf(browser.jar.get("__Host-ostiary"));
        Identity eve = Identity.of("oauth", "https://op.example", "eve", clock.instant());
        LoginGate.Result result = ostiary.engine().gate().complete(browser.request("GET", "/x"), eve);
        browser.keep(assertInstanceOf(LoginGate.Result.Admitted.class, result).cookies());
        assertFalse(before.equals(browser.jar.get("__Host-ostiary")));
        assertTrue(browser.get("/auth/session").body().contains("eve"));
        assertFalse(browser.get("/auth/session").body().contains("ada"));
        Browser old = new Browser();
        old.jar.put("__Host-ostiary", before);
        assertFalse(old.isIn());
    }

    /** LNK-04, LNK-08, LNK-09: there is nothing that links, so nothing can be linked by mistake. */
    @Test
    void lnk04TheSameAddressAtAnotherIssuerIsAnotherPerson() {
        Browser mine = new Browser().logIn();
        Identity twin = Identity.of("oauth", "https://other.example", "ada", clock.instant())
                .withAttribute("email", "ada@example.test");
        Browser theirs = new Browser();
        LoginGate.Result result = ostiary.engine().gate().complete(theirs.request("GET", "/x"), twin);
        theirs.keep(assertInstanceOf(LoginGate.Result.Admitted.class, result).cookies());
        assertEquals("{\"ended\":1}", theirs.post("/auth/sessions/end-all").body());
        assertTrue(mine.isIn());
        assertFalse(theirs.isIn());
    }

    /** Beside the session itself, what hangs on it. */
    @Test
    void lgo22ProviderLogoutEndsSessionRememberedLoginAndTokens() {
        ostiary = start("session.remember-me", "always", "token.delivery", "dual");
        Identity known = ada.withAttribute("provider_sid", "s1");
        Browser browser = new Browser();
        LoginGate.Result result = ostiary.engine().gate().complete(browser.request("GET", "/x"), known);
        browser.keep(assertInstanceOf(LoginGate.Result.Admitted.class, result).cookies());
        browser.post("/auth/token");
        Map<String, String> stolen = new HashMap<>(browser.jar);
        assertEquals(200, browser.get("/auth/token/check").status());
        assertEquals(
                1, ostiary.endpoints().targets().end(new Target(Target.By.PROVIDER_SESSION, known.issuer(), "s1")));
        Browser thief = new Browser();
        thief.jar.putAll(stolen);
        assertFalse(thief.isIn());
        assertEquals(401, thief.get("/auth/token/check").status());
        assertEquals(401, thief.post("/auth/token/refresh").status());
        assertEquals(200, thief.get("/auth/login?next=/app").status());
        assertFalse(thief.isIn());
    }

    @Test
    void lgo21AnImageOrAnotherSiteLogsNobodyOut() {
        Browser browser = new Browser().logIn();
        assertEquals(200, browser.get("/auth/logout").status());
        assertEquals(200, browser.get("/auth/logout?next=//evil.example").status());
        FakeRequest evil = FakeRequest.post("/auth/logout").header("Sec-Fetch-Site", "cross-site");
        browser.jar.forEach(evil::cookie);
        assertEquals(403, browser.send(evil).status());
        assertTrue(browser.isIn());
        assertEquals("/", browser.post("/auth/logout?next=//evil.example").headerOrEmpty("Location"));
    }

    private Reply bearer(String access) {
        FakeRequest request = FakeRequest.get("/auth/token/check").header("Authorization", "Bearer " + access);
        return ostiary.endpoints().handle(request);
    }

    private static String text(Reply reply, String name) throws JsonException {
        return String.valueOf(Json.object(reply.body(), 99_999).text(name));
    }
}
