package io.ostiary.core.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.core.FailureReason;
import io.ostiary.core.Reply;
import io.ostiary.core.SetCookie;
import io.ostiary.core.UrlEncoded;
import io.ostiary.core.config.Settings;
import io.ostiary.core.runtime.Ostiary;
import io.ostiary.core.spi.Feature;
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

/** The kit's own pages over a whole engine and a provider that answers. */
final class EndpointsTest {
    private static final String OUT = "{\"authenticated\":false}";
    private final MutableClock clock = new MutableClock();
    private final FakeOpenIdProvider provider = FakeOpenIdProvider.start(clock);
    private final Map<String, String> jar = new HashMap<>();
    private Ostiary ostiary = start(Map.of(), List.of());

    @AfterEach
    void stop() {
        provider.close();
    }

    private Ostiary start(Map<String, String> more, List<Feature> features) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "development", "true",
                "oauth.provider.op.issuer", provider.issuer(),
                "oauth.provider.op.client-id", "client",
                "oauth.provider.op.client-secret", "canary-client-secret",
                "oauth.provider.op.label", "Company <login>"));
        settings.putAll(more);
        return Ostiary.start(Settings.of(settings), features, clock);
    }

    private FakeRequest request(String method, String target) {
        FakeRequest request = FakeRequest.of(method, target).header("Host", "127.0.0.1:8080");
        jar.forEach(request::cookie);
        return request;
    }

    private Reply send(FakeRequest request) {
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

    private Reply get(String target) {
        return send(request("GET", target));
    }

    private String authorize(String query) {
        Reply start = get("/auth/login/op" + query);
        assertEquals(302, start.status());
        String callback = provider.authorize(start.headerOrEmpty("Location"));
        return callback.contains("?") ? URI.create(callback).getRawQuery() : callback;
    }

    private Reply logIn(String query) {
        return get("/auth/callback/op?" + authorize(query));
    }

    private boolean loggedIn() {
        return get("/auth/session").body().startsWith("{\"authenticated\":true");
    }

    @Test
    void offersTheProvidersAndKeepsThePlaceToReturnTo() {
        Reply page = get("/auth/login?next=/app/x%3Fa%3D1");
        assertEquals(200, page.status());
        assertTrue(page.body().contains("href=\"/auth/login/op?next=%2Fapp%2Fx%3Fa%3D1\""), page.body());
        assertTrue(page.body().contains("Continue with Company &lt;login&gt;"), page.body());
        assertFalse(page.body().contains("expired"));
        assertTrue(get("/auth/login?reason=expired").body().contains("Your session has expired."));
        assertFalse(get("/auth/login?reason=expired&reason=x").body().contains("expired"));
    }

    @Test
    void logsInToTheDefaultPlaceOrTheOneAskedFor() {
        Reply landing = logIn("");
        assertEquals("/", landing.headerOrEmpty("Location"));
        assertEquals(Reply.Effect.LOGGED_IN, landing.effect());
        jar.clear();
        assertEquals("/app/x", logIn("?next=/app/x").headerOrEmpty("Location"));
        assertTrue(loggedIn());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?next=//evil.example",
                "?next=/auth/login",
                "?next=/auth/logout",
                "?next=/auth",
                "?next=https://evil.example/",
                "?next=/a&next=/b"
            })
    void ignoresAPlaceThatIsElsewhereOrTurnsInACircle(String query) {
        assertEquals("/", logIn(query).headerOrEmpty("Location"));
    }

    @Test
    void sendsWhoIsLoggedInPastTheLoginPage() {
        logIn("");
        assertEquals("/app/y", get("/auth/login?next=/app/y").headerOrEmpty("Location"));
        assertEquals("/", get("/auth/login").headerOrEmpty("Location"));
    }

    @Test
    void usesTheApplicationsOwnLoginPage() {
        ostiary = start(Map.of("login-page", "/welcome"), List.of());
        assertEquals("/welcome", get("/auth/login").headerOrEmpty("Location"));
        assertEquals("/welcome?next=%2Fapp%2Fx", get("/auth/login?next=/app/x").headerOrEmpty("Location"));
        assertEquals("/", logIn("?next=/welcome").headerOrEmpty("Location"));
    }

    @Test
    void aStepCanRefuseTheLogin() {
        Feature refuses = (settings, context) -> new Feature.Contribution(
                List.of(), List.of(), List.of((identity, request) -> FailureReason.ACCOUNT_DISABLED), List.of());
        ostiary = start(Map.of(), List.of(refuses));
        Reply page = logIn("");
        assertEquals(403, page.status());
        assertTrue(page.body().contains("Your account has been deactivated. Please contact support."), page.body());
        assertEquals(OUT, get("/auth/session").body());
    }

    @Test
    void aRepeatedCallbackOfWhoIsInLeadsOn() {
        String query = authorize("?next=/app/x");
        assertEquals(302, get("/auth/callback/op?" + query).status());
        assertEquals(302, get("/auth/callback/op?" + query).status());
    }

    @Test
    void aCallbackThatNobodyStartedHereIsExplained() {
        String query = authorize("");
        jar.clear();
        Reply page = get("/auth/callback/op?" + query);
        assertEquals(400, page.status());
        assertTrue(page.body().contains("This browser did not start this sign-in"), page.body());
        assertTrue(page.body().contains("href=\"/auth/login\">Try again"), page.body());
        assertTrue(page.body().contains("Reference: <code>"), page.body());
    }

    @Test
    void aProviderThatIsDownMeansTryAgainLater() {
        provider.close();
        Reply page = get("/auth/login/op?next=/app/x");
        assertEquals(503, page.status());
        assertFalse(page.headerOrEmpty("Retry-After").isEmpty());
        assertTrue(page.body().contains("href=\"/auth/login?next=%2Fapp%2Fx\""), page.body());
    }

    @Test
    void stopsALoginThatTurnsInACircle() {
        Reply last = get("/auth/login/op");
        for (int i = 0; i < 20 && last.status() == 302; i++) {
            last = get("/auth/login/op");
        }
        assertEquals(429, last.status());
        assertTrue(last.body().contains("went round in a circle"), last.body());
    }

    @Test
    void inDevelopmentOnlyThisMachineCanLogIn() {
        for (String target : List.of("/auth/login/op", "/auth/callback/op", "/auth/initiate-login")) {
            assertEquals(
                    400,
                    send(FakeRequest.get(target).header("Host", "evil.example")).status());
            assertEquals(
                    400, send(request("GET", target).remoteAddress("192.0.2.1")).status());
        }
    }

    @Test
    void logoutAsksOnGetAndActsOnPost() {
        logIn("");
        assertEquals(200, get("/auth/logout").status());
        assertTrue(loggedIn());
        assertEquals(
                403,
                send(request("POST", "/auth/logout").header("Origin", "https://evil.example"))
                        .status());
        Map<String, String> stolen = Map.copyOf(jar);
        Reply out = send(request("POST", "/auth/logout").header("Origin", "http://127.0.0.1:8080"));
        assertEquals(302, out.status());
        assertEquals(Reply.Effect.LOGGED_OUT, out.effect());
        jar.putAll(stolen);
        assertEquals(OUT, get("/auth/session").body());
        assertEquals(302, get("/auth/logout").status());
        assertEquals("/", get("/auth/logged-out").headerOrEmpty("Location"));
    }

    @Test
    void logoutGoesOnToTheProviderWhereTheSettingSaysSo() {
        ostiary = start(Map.of("oauth.provider.op.logout", "provider"), List.of());
        logIn("");
        String location = send(request("POST", "/auth/logout")).headerOrEmpty("Location");
        assertTrue(location.startsWith(provider.issuer()), location);
        assertEquals(
                List.of("http://127.0.0.1:8080/auth/logged-out"),
                UrlEncoded.values(URI.create(location).getRawQuery(), "post_logout_redirect_uri"));
        assertFalse(location.contains("canary"));
    }

    /** OpenID Connect Back-Channel Logout 1.0 section 2.6. */
    @Test
    void aLogoutTokenOfTheProviderEndsTheSession() {
        provider.grants().person(Map.of("sub", "ada", "sid", "sid-1"));
        logIn("");
        assertTrue(loggedIn());
        String token = provider.grants().logoutToken("client").build();
        FakeRequest notice = FakeRequest.post("/auth/backchannel-logout/op").form("logout_token=" + token);
        Reply done = ostiary.endpoints().handle(notice);
        assertEquals(200, done.status());
        assertEquals("no-store", done.headerOrEmpty("Cache-Control"));
        assertEquals(OUT, get("/auth/session").body());
        assertEquals(400, ostiary.endpoints().handle(notice).status(), "a logout token is good for once");
        assertEquals(
                404, send(request("POST", "/auth/backchannel-logout/nobody")).status());
        assertEquals(405, get("/auth/backchannel-logout/op").status());
    }

    /** OpenID Connect Front-Channel Logout 1.0 section 3: off unless the setting says so. */
    @Test
    void aFrontChannelNoticeEndsTheSessionItNames() {
        provider.grants().person(Map.of("sub", "ada", "sid", "sid-1"));
        String notice = "/auth/frontchannel-logout/op?sid=sid-1&iss=" + UrlEncoded.encode(provider.issuer());
        assertEquals(404, get(notice).status());
        ostiary = start(Map.of("oauth.provider.op.front-channel-logout", "true"), List.of());
        logIn("");
        assertEquals(200, get(notice.replace("sid-1", "sid-2")).status());
        assertTrue(loggedIn());
        assertEquals(200, ostiary.endpoints().handle(FakeRequest.get(notice)).status());
        assertEquals(OUT, get("/auth/session").body());
    }

    @Test
    void aProviderCanEndSessionsThatLiveInCookies() {
        ostiary = start(Map.of("session.mode", "cookie"), List.of());
        provider.grants().person(Map.of("sub", "ada", "sid", "sid-1"));
        logIn("");
        assertTrue(loggedIn());
        String token = provider.grants().logoutToken("client").build();
        FakeRequest notice = FakeRequest.post("/auth/backchannel-logout/op").form("logout_token=" + token);
        assertEquals(200, ostiary.endpoints().handle(notice).status());
        assertEquals(OUT, get("/auth/session").body());
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /auth, 404",
        "GET, /auth/, 404",
        "GET, /auth/login/, 404",
        "GET, /auth/login/op/x, 404",
        "GET, /auth/login/nobody, 404",
        "GET, /auth/callback/nobody, 404",
        "GET, /other/login, 404",
        "POST, /auth/login, 405",
        "DELETE, /auth/session, 405",
        "get, /auth/session, 405",
        "HEAD, /auth/session, 200",
        "GET, /auth/initiate-login?iss=https://evil.example, 404"
    })
    void answersOnlyWhatIsThere(String method, String target, int status) {
        assertEquals(status, send(request(method, target)).status());
    }

    @Test
    void aFaultIsAnsweredLikeAnyOtherFault() {
        Feature breaks = (settings, context) -> Feature.Contribution.of(identity -> {
            throw new IllegalStateException("broken store");
        });
        ostiary = start(Map.of(), List.of(breaks));
        logIn("");
        Reply reply = send(request("GET", "/auth/session").header("Accept", "text/html"));
        assertEquals(503, reply.status());
        assertFalse(reply.body().contains("broken store"));
    }
}
