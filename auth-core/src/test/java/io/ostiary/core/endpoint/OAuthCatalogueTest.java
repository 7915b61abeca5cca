package io.ostiary.core.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.core.Reply;
import io.ostiary.core.SetCookie;
import io.ostiary.core.UrlEncoded;
import io.ostiary.core.config.Settings;
import io.ostiary.core.runtime.Ostiary;
import io.ostiary.testkit.FakeOpenIdProvider;
import io.ostiary.testkit.FakeRequest;
import io.ostiary.testkit.MutableClock;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Classes OAU-* of the attack catalogue, over a whole engine, and answers to programs. */
final class OAuthCatalogueTest {
    private static final String APP = "http://127.0.0.1:9999";
    private final MutableClock clock = new MutableClock();
    private final FakeOpenIdProvider provider = FakeOpenIdProvider.start(clock);
    private final Map<String, String> jar = new HashMap<>();
    private Ostiary ostiary = start();

    @AfterEach
    void stop() {
        provider.close();
    }

    private Ostiary start(String... more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "development", "true",
                "oauth.request-timeout", "3s",
                "oauth.provider.op.issuer", provider.issuer(),
                "oauth.provider.op.client-id", "client",
                "oauth.provider.op.client-secret", "canary-client-secret"));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return Ostiary.start(Settings.of(settings), List.of(), clock);
    }

    private Reply send(FakeRequest request) {
        jar.forEach(request::cookie);
        Reply reply = ostiary.endpoints().handle(request);
        for (SetCookie cookie : reply.cookies()) {
            if (cookie.maxAge().isZero()) {
                jar.remove(cookie.name());
            } else {
                jar.put(cookie.name(), cookie.value());
            }
        }
        return reply;
    }

    private static FakeRequest get(String target) {
        return FakeRequest.get(target).header("Host", "127.0.0.1:8080");
    }

    private static FakeRequest post(String target) {
        return FakeRequest.post(target).header("Host", "127.0.0.1:8080");
    }

    private String startLogin() {
        return send(get("/auth/login/op?next=/app/x")).headerOrEmpty("Location");
    }

    private Reply callback(String query) {
        return send(get("/auth/callback/op?" + query));
    }

    private static String parameter(String url, String name) {
        return UrlEncoded.values(URI.create(url).getRawQuery(), name).get(0);
    }

    @Test
    void oau02PkceIsS256AndFreshWhateverTheProviderSays() {
        provider.discovery("code_challenge_methods_supported", List.of("plain"));
        String one = startLogin();
        String two = startLogin();
        assertEquals("S256", parameter(one, "code_challenge_method"));
        assertNotEquals(parameter(one, "code_challenge"), parameter(two, "code_challenge"));
        callback(provider.authorize(one));
        String verifier = String.valueOf(provider.requests("/token").get(0).form("code_verifier"));
        assertTrue(verifier.matches("[A-Za-z0-9_-]{43,128}"), "RFC 7636 4.1");
        assertFalse(one.contains(verifier));
    }

    @Test
    void oau05TheCallbackGoesOnToACleanAddressAndLeaksNothing() {
        String query = provider.authorize(startLogin());
        Reply in = callback(query);
        assertEquals(List.of("302", "/app/x"), List.of("" + in.status(), in.headerOrEmpty("Location")));
        Reply page = callback(query.replace("state=", "state=x"));
        assertEquals(302, page.status(), "who is in goes on");
        jar.clear();
        Reply refused = callback(query);
        for (Reply each : List.of(in, refused)) {
            assertEquals("no-store", each.headerOrEmpty("Cache-Control"));
            assertEquals("no-referrer", each.headerOrEmpty("Referrer-Policy"));
        }
        String code = UrlEncoded.values(query, "code").get(0);
        assertFalse(refused.body().contains(code));
        assertTrue(refused.headerOrEmpty("Content-Security-Policy").startsWith("default-src 'none'"));
    }

    @Test
    void oau06TheRedirectUriComesFromTheSettings() {
        ostiary = start("base-url", APP);
        for (String header : List.of("Host", "X-Forwarded-Host", "Forwarded", "X-Original-URL")) {
            FakeRequest request = get("/auth/login/op?redirect_uri=https://evil.example/")
                    .header(header, header.equals("Forwarded") ? "host=evil.example" : "evil.example");
            String url = send(request).headerOrEmpty("Location");
            assertEquals(APP + "/auth/callback/op", parameter(url, "redirect_uri"), header);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"server", "cookie"})
    void oau07NoTokenOfTheProviderReachesTheBrowser(String mode) {
        ostiary = start("oauth.provider.op.keep-tokens", "true", "session.mode", mode);
        String[] secrets = new String[3];
        provider.grants().tokenResponse(response -> {
            secrets[0] = String.valueOf(response.get("access_token"));
            secrets[1] = String.valueOf(response.get("refresh_token"));
            secrets[2] = String.valueOf(response.get("id_token"));
        });
        Reply in = callback(provider.authorize(startLogin()));
        String session = send(get("/auth/session")).body();
        assertTrue(session.contains("\"authenticated\":true"), session);
        String seen = in.headers().stream().map(Reply.Header::value).toList() + in.body() + session + jar;
        for (String secret : secrets) {
            assertFalse(seen.contains(secret));
        }
        assertFalse(session.contains("provider_login"));
    }

    @Test
    void oau08AGrantedScopeGivesNoRole() {
        provider.grants().tokenResponse(response -> response.put("scope", "openid admin write:all"));
        callback(provider.authorize(startLogin()));
        String session = send(get("/auth/session")).body();
        assertTrue(session.contains("\"roles\":[]"), session);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?state=other", "", "?state=a&state=b", "?error=x&next=//evil.example"})
    void lgo02And03WhatComesBackFromALogoutDecidesNothing(String query) {
        callback(provider.authorize(startLogin()));
        assertEquals("/", send(get("/auth/logged-out" + query)).headerOrEmpty("Location"));
        assertTrue(send(get("/auth/session")).body().contains("\"authenticated\":true"));
    }

    /** OpenID Connect Core 5.6.2: a source elsewhere is an address in a token, and no address in a token is asked. */
    @Test
    void core562AggregatedAndDistributedClaimsAreOnlyData() {
        String trap = provider.issuer() + "/claims";
        provider.grants()
                .person(Map.of(
                        "sub",
                        "ada",
                        "_claim_names",
                        Map.of("roles", "src1", "age", "src2"),
                        "_claim_sources",
                        Map.of(
                                "src1",
                                Map.of("endpoint", trap, "access_token", "t"),
                                "src2",
                                Map.of("JWT", "e30.e30.x"))));
        ostiary = start("oauth.provider.op.roles-claim", "/roles");
        assertEquals(302, callback(provider.authorize(startLogin())).status());
        assertTrue(send(get("/auth/session")).body().contains("\"roles\":[]"));
        assertEquals(List.of(), provider.requests("/claims"));
    }

    @Test
    void aProgramIsToldInJsonThatTheProviderIsDown() {
        provider.close();
        Reply reply = send(get("/auth/login/op").header("Accept", "application/json"));
        assertEquals(503, reply.status());
        assertEquals("application/problem+json", reply.headerOrEmpty("Content-Type"));
        assertTrue(Integer.parseInt(reply.headerOrEmpty("Retry-After")) >= 1);
        assertTrue(
                reply.body()
                        .startsWith("{\"type\":\"urn:ostiary:problem:provider-unavailable\",\"title\":\"Sign-in service"
                                + " unavailable\",\"status\":503,\"instance\":\"urn:ostiary:incident:"),
                reply.body());
    }

    @Test
    void aProgramIsToldInJsonWhateverElseIsWrong() {
        assertProblem(404, "unknown-provider", json("/auth/login/nobody"));
        assertProblem(404, "unknown-provider", json("/auth/initiate-login?iss=x"));
        assertProblem(400, "wrong-address", json("/auth/login/op").header("Host", "evil.example"));
        assertProblem(403, "cross-site", embedded(json("/auth/login/op"), "empty"));
        FakeRequest last = json("/auth/login/op");
        while (send(last).status() == 200) {
            last = json("/auth/login/op");
        }
        assertProblem(429, "login-loop", json("/auth/login/op"));
        assertEquals("60", send(json("/auth/login/op")).headerOrEmpty("Retry-After"));
    }

    private static FakeRequest json(String target) {
        return get(target).header("Accept", "application/json");
    }

    private void assertProblem(int status, String type, FakeRequest request) {
        Reply reply = send(request);
        assertEquals(status, reply.status());
        assertEquals("application/problem+json", reply.headerOrEmpty("Content-Type"));
        assertTrue(reply.body().contains("\"urn:ostiary:problem:" + type + "\""), reply.body());
    }

    /** Else a page with fifty pictures fills the browser with cookies until the application refuses its requests. */
    @ParameterizedTest
    @CsvSource({"image, 403", "iframe, 403", "empty, 403", "document, 302"})
    void tpi04APageOfAnotherSiteStartsNoLoginFromWithin(String destination, int status) {
        Reply reply = send(embedded(get("/auth/login/op"), destination));
        assertEquals(status, reply.status());
        assertEquals(status == 302, !jar.isEmpty());
        ostiary = start("oauth.provider.op.initiated-login", "true");
        String initiate = "/auth/initiate-login?iss=" + UrlEncoded.encode(provider.issuer());
        assertEquals(status, send(embedded(get(initiate), destination)).status());
    }

    @Test
    void aPageOfThisSiteMayStartALoginByScript() {
        FakeRequest request =
                json("/auth/login/op").header("Sec-Fetch-Site", "same-site").header("Sec-Fetch-Dest", "empty");
        assertEquals(200, send(request).status());
        assertEquals(
                302,
                send(get("/auth/login/op").header("Sec-Fetch-Site", "cross-site"))
                        .status());
    }

    private static FakeRequest embedded(FakeRequest request, String destination) {
        return request.header("Sec-Fetch-Site", "cross-site").header("Sec-Fetch-Dest", destination);
    }

    @ParameterizedTest
    @CsvSource({"/app/home, /app/home", "/auth/logout, /", "/auth/login/op, /", "/auth, /"})
    void tpi02AnInitiatedLoginLeadsNotBackToTheSignInPages(String target, String landing) {
        ostiary = start("oauth.provider.op.initiated-login", "true", "base-url", APP);
        Reply started = send(get("/auth/initiate-login?iss=" + UrlEncoded.encode(provider.issuer())
                + "&target_link_uri=" + UrlEncoded.encode(APP + target)));
        String query = provider.authorize(started.headerOrEmpty("Location"));
        assertEquals(landing, callback(query).headerOrEmpty("Location"));
    }

    /** A cross-site POST brings no session, so what was finished before is sorted out where a session shows. */
    @Test
    void aRepeatedFormPostOfWhoIsInLeadsOn() {
        ostiary = start("oauth.provider.op.response-mode", "form-post");
        String form = provider.authorize(startLogin());
        Map<String, String> before = Map.copyOf(jar);
        Reply in = send(post("/auth/callback/op").form(form));
        assertEquals("/app/x", in.headerOrEmpty("Location"));
        Map<String, String> session = Map.copyOf(jar);
        jar.clear();
        before.forEach((name, value) -> jar.put(name, value));
        Reply again = send(post("/auth/callback/op").form(form));
        String login = again.headerOrEmpty("Location");
        assertEquals("/auth/login?next=%2Fapp%2Fx&reason=stale", login);
        Reply page = send(get(login));
        assertTrue(page.body().contains("Allow cookies for this site"), page.body());
        jar.putAll(session);
        assertEquals("/app/x", send(get(login)).headerOrEmpty("Location"));
        jar.clear();
        Reply unknown = send(post("/auth/callback/op").form(form));
        assertEquals("/auth/login?reason=stale", unknown.headerOrEmpty("Location"));
    }

    @Test
    void theLinkToTryAgainKnowsWhereThePersonWantedToGo() {
        String query = provider.authorize(startLogin());
        provider.close();
        Reply page = callback(query);
        assertEquals(503, page.status());
        assertTrue(page.body().contains("href=\"/auth/login?next=%2Fapp%2Fx\""), page.body());
        assertFalse(page.headerOrEmpty("Retry-After").isEmpty());
    }
}
