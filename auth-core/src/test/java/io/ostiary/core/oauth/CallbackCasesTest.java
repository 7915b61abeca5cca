package io.ostiary.core.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.core.FailureReason;
import io.ostiary.core.UrlEncoded;
import io.ostiary.testkit.FakeRequest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows AUR-* of the relying-party cases. */
final class CallbackCasesTest {
    private final Fixture fixture = new Fixture(
            "oauth.provider.other.issuer", "https://other.example",
            "oauth.provider.other.client-id", "client-2",
            "oauth.provider.other.client-secret", "canary-other",
            "oauth.provider.form.preset", "oauth2",
            "oauth.provider.form.authorization-endpoint", "https://form.example/authorize",
            "oauth.provider.form.token-endpoint", "https://form.example/token",
            "oauth.provider.form.userinfo-endpoint", "https://form.example/me",
            "oauth.provider.form.response-mode", "form-post",
            "oauth.provider.form.client-id", "client-3",
            "oauth.provider.form.client-secret", "canary-form");

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void aur01RefusesWithoutState() {
        fixture.start();
        Fixture.assertFailed(FailureReason.LOGIN_NOT_STARTED, fixture.callback("code=abc"));
    }

    @Test
    void aur02RefusesARandomStateAndKeepsTheOthers() {
        String query = fixture.op.authorize(fixture.start());
        Fixture.assertFailed(
                FailureReason.LOGIN_NOT_STARTED,
                fixture.callback("code=abc&state=" + fixture.context.tokens().next()));
        assertInstanceOf(CallbackResult.Proven.class, fixture.callback(query));
    }

    @Test
    void aur03RefusesTheStateOfAnotherBrowser() {
        String query = fixture.op.authorize(fixture.start());
        fixture.jar.clear();
        Fixture.assertFailed(FailureReason.LOGIN_NOT_STARTED, fixture.callback(query));
        assertTrue(fixture.op.requests("/token").isEmpty());
    }

    @Test
    void aur03RefusesACookieMovedToAnotherName() {
        String query = fixture.op.authorize(fixture.start());
        String mine = pendingCookie();
        String sealed = String.valueOf(fixture.jar.get(mine));
        fixture.jar.clear();
        fixture.start();
        fixture.jar.put(pendingCookie(), sealed);
        Fixture.assertFailed(FailureReason.LOGIN_NOT_STARTED, fixture.callback(query));
    }

    @Test
    void aur04RefusesAStateUsedBefore() {
        String query = fixture.op.authorize(fixture.start());
        Map<String, String> before = Map.copyOf(fixture.jar);
        fixture.callback(query);
        fixture.jar.putAll(before);
        Fixture.assertFailed(FailureReason.LOGIN_REPLAYED, fixture.callback(query));
        assertEquals(1, fixture.op.requests("/token").size());
    }

    @Test
    void aur04RefusesAStateAfterAnError() {
        String state = UrlEncoded.encode(state(fixture.start()));
        String iss = "&iss=" + UrlEncoded.encode(fixture.op.issuer());
        Map<String, String> before = Map.copyOf(fixture.jar);
        Fixture.assertFailed(
                FailureReason.LOGIN_CANCELLED, fixture.callback("error=access_denied&state=" + state + iss));
        fixture.jar.putAll(before);
        Fixture.assertFailed(FailureReason.LOGIN_REPLAYED, fixture.callback("code=x&state=" + state + iss));
    }

    @Test
    void aur04LetsOneOfFiftyParallelCallbacksIn() throws Exception {
        String query = fixture.op.authorize(fixture.start());
        ExecutorService threads = Executors.newFixedThreadPool(50);
        try {
            CountDownLatch calling = new CountDownLatch(50);
            fixture.op.bend("/token", answer -> Fixture.after(calling, answer));
            Callable<CallbackResult> callback = () -> {
                calling.countDown();
                return fixture.login.callback(
                        fixture.withJar(FakeRequest.get("/auth/callback/op?" + query)), "op", Fixture.CALLBACK);
            };
            int proven = 0;
            for (Future<CallbackResult> each : threads.invokeAll(java.util.Collections.nCopies(50, callback))) {
                if (each.get() instanceof CallbackResult.Proven) {
                    proven++;
                } else {
                    Fixture.assertFailed(FailureReason.LOGIN_REPLAYED, each.get());
                }
            }
            assertEquals(1, proven);
            assertEquals(1, fixture.op.requests("/token").size());
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aur05RefusesAnOldState() {
        String query = fixture.op.authorize(fixture.start());
        fixture.clock.advance(Duration.ofMinutes(10));
        Fixture.assertFailed(FailureReason.LOGIN_EXPIRED, fixture.callback(query));
    }

    @ParameterizedTest
    @ValueSource(strings = {"state", "code", "iss"})
    void aur06RefusesAParameterThatComesTwice(String name) {
        String query = fixture.op.authorize(fixture.start());
        String value = UrlEncoded.values(query, name).get(0);
        assertInstanceOf(
                CallbackResult.Failed.class, fixture.callback(query + "&" + name + "=" + UrlEncoded.encode(value)));
        assertTrue(fixture.op.requests("/token").isEmpty());
    }

    @Test
    void aur07RefusesAPostWhereAQueryWasAskedFor() {
        String query = fixture.op.authorize(fixture.start());
        FakeRequest post = fixture.withJar(FakeRequest.post("/auth/callback/op").form(query));
        Fixture.assertFailed(FailureReason.PROVIDER_RESPONSE_INVALID, fixture.callback(post));
        FakeRequest both = fixture.withJar(FakeRequest.post("/auth/callback/op?" + query));
        Fixture.assertFailed(FailureReason.PROVIDER_RESPONSE_INVALID, fixture.callback(both));
    }

    @Test
    void aur07RefusesAQueryWhereAPostWasAskedFor() {
        String query = "code=x&state=" + state(fixture.start("form", "https://app.example/auth/callback/form"));
        FakeRequest get = fixture.withJar(FakeRequest.get("/auth/callback/form?" + query));
        Fixture.assertFailed(
                FailureReason.PROVIDER_RESPONSE_INVALID,
                fixture.login.callback(get, "form", "https://app.example/auth/callback/form"));
    }

    @Test
    void aur11RefusesCodeAndErrorTogether() {
        String query = fixture.op.authorize(fixture.start());
        Fixture.assertFailed(FailureReason.PROVIDER_RESPONSE_INVALID, fixture.callback(query + "&error=x"));
        assertTrue(fixture.op.requests("/token").isEmpty());
    }

    @Test
    void aur12Rfc9207RefusesAnotherIssuerBeforeAnyTokenRequest() {
        String query = fixture.op.authorize(fixture.start());
        String mixed = query.substring(0, query.indexOf("&iss=")) + "&iss=https%3A%2F%2Fother.example";
        Fixture.assertFailed(FailureReason.PROVIDER_RESPONSE_INVALID, fixture.callback(mixed));
        assertTrue(fixture.op.requests("/token").isEmpty());
    }

    @Test
    void aur13Rfc9207RefusesAMissingIssuerThatWasPromised() {
        String query = fixture.op.authorize(fixture.start());
        Fixture.assertFailed(
                FailureReason.PROVIDER_RESPONSE_INVALID, fixture.callback(query.substring(0, query.indexOf("&iss="))));
    }

    @Test
    void aur14Rfc9207RefusesAWrongIssuerThoughNoneWasPromised() {
        fixture.op.discovery("authorization_response_iss_parameter_supported", null);
        String query = fixture.op.authorize(fixture.start());
        Fixture.assertFailed(FailureReason.PROVIDER_RESPONSE_INVALID, fixture.callback(query + "x"));
        String without = fixture.op.authorize(fixture.start());
        assertInstanceOf(CallbackResult.Proven.class, fixture.callback(without.substring(0, without.indexOf("&iss="))));
    }

    @Test
    void aur15SendsNoCodeToAnotherProvider() {
        String query = fixture.op.authorize(fixture.start());
        CallbackResult result = fixture.login.callback(
                fixture.withJar(FakeRequest.get("/auth/callback/form?" + query)), "form", Fixture.CALLBACK);
        assertInstanceOf(CallbackResult.Failed.class, result);
        String form = "code=stolen&state=" + state(fixture.start("form", "https://app.example/auth/callback/form"));
        CallbackResult other = fixture.callback(form + "&iss=" + UrlEncoded.encode(fixture.op.issuer()));
        Fixture.assertFailed(FailureReason.PROVIDER_RESPONSE_INVALID, other);
        assertTrue(fixture.op.requests("/token").isEmpty());
    }

    @Test
    void aur16FailsWithTheCodeOfAnotherTransaction() {
        String stolen =
                UrlEncoded.values(fixture.op.authorize(fixture.start()), "code").get(0);
        fixture.jar.clear();
        String mine = fixture.op.authorize(fixture.start());
        String own = UrlEncoded.values(mine, "code").get(0);
        assertInstanceOf(CallbackResult.Failed.class, fixture.callback(mine.replace(own, stolen)));
    }

    @Test
    void aur17RefusesCodesThatAreNone() {
        for (String code : List.of("", "a%00b", "a%0D%0Ab", "%C3%A4", "a".repeat(9000), "a".repeat(1_000_000))) {
            String query = fixture.op.authorize(fixture.start());
            String own = UrlEncoded.values(query, "code").get(0);
            assertInstanceOf(CallbackResult.Failed.class, fixture.callback(query.replace(own, code)));
            fixture.jar.clear();
        }
        assertTrue(fixture.op.requests("/token").isEmpty());
    }

    @Test
    void aur17EncodesACodeIntoTheForm() {
        String query = fixture.op.authorize(fixture.start());
        String own = UrlEncoded.values(query, "code").get(0);
        fixture.callback(query.replace(own, "a%26client_id%3Devil"));
        assertEquals("a&client_id=evil", fixture.op.requests("/token").get(0).form("code"));
    }

    @Test
    void aur23IgnoresWhatItDoesNotKnow() {
        String query = fixture.op.authorize(fixture.start());
        assertInstanceOf(
                CallbackResult.Proven.class,
                fixture.callback(query + "&session_state=s.1&x=1&x=2&error_description=y"));
    }

    @Test
    void aur24TakesNoResponseJwt() {
        fixture.start();
        Fixture.assertFailed(FailureReason.LOGIN_NOT_STARTED, fixture.callback("response=a.b.c"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"login_required", "server_error", "<script>", ""})
    void providerErrorsFailTheLogin(String error) {
        String state = state(fixture.start());
        Fixture.assertFailed(
                FailureReason.PROVIDER_ERROR,
                fixture.callback("error=" + UrlEncoded.encode(error) + "&state=" + state + "&iss="
                        + UrlEncoded.encode(fixture.op.issuer())));
    }

    @Test
    void refusesAnotherRedirectUriThanAtTheStart() {
        String query = fixture.op.authorize(fixture.start());
        Fixture.assertFailed(
                FailureReason.PROVIDER_RESPONSE_INVALID,
                fixture.login.callback(
                        fixture.withJar(FakeRequest.get("/auth/callback/op?" + query)),
                        "op",
                        "https://evil.example/auth/callback/op"));
    }

    private String pendingCookie() {
        return fixture.jar.keySet().stream()
                .filter(name -> name.startsWith("__Host-ostiary-login-"))
                .findFirst()
                .orElseThrow();
    }

    private static String state(String url) {
        return UrlEncoded.values(URI.create(url).getRawQuery(), "state").get(0);
    }
}
