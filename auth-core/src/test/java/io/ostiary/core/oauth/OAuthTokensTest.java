package io.ostiary.core.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.core.Identity;
import io.ostiary.core.Secret;
import io.ostiary.core.spi.LogoutTargets.Target;
import io.ostiary.testkit.FakeOpenIdProviderAnswer;
import io.ostiary.testkit.FakeOpenIdProviderToken;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rows RFR-* of the relying-party cases. */
final class OAuthTokensTest {
    private final Fixture fixture = new Fixture("keep-tokens", "true");
    private final List<Target> ended = new CopyOnWriteArrayList<>();
    private final OAuthTokens tokens = fixture.login.tokens(target -> {
        ended.add(target);
        return 1;
    });
    private final Identity ada = fixture.proven();

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void givesTheTokenOfTheLoginWhileItLasts() {
        assertTrue(fresh().toString().contains("hidden"));
        assertEquals(1, fixture.op.requests("/token").size());
    }

    @Test
    void keepsNothingUnlessTheSettingsSaySo() {
        try (Fixture plain = new Fixture()) {
            OAuthTokens none = plain.login.tokens(target -> 0);
            assertInstanceOf(OAuthTokens.Result.NotKept.class, none.accessToken(plain.proven()));
        }
    }

    @Test
    void rfr01RefreshesAnOldToken() {
        Secret before = fresh();
        grow();
        assertNotEquals(before, fresh());
        assertEquals("refresh_token", fixture.op.requests("/token").get(1).form("grant_type"));
        grow();
        fresh();
        assertEquals(3, fixture.op.requests("/token").size());
    }

    @Test
    void rfr03Core122RefusesARefreshedTokenOfAnotherSubject() {
        refusedAfterRefresh(token -> token.claim("sub", "eve"));
    }

    @Test
    void rfr03Core122RefusesARefreshedTokenOfAnotherIssuer() {
        refusedAfterRefresh(token -> token.claim("iss", "https://other.example"));
    }

    @Test
    void rfr04Core122ChecksARefreshedTokenInFull() {
        List<Consumer<FakeOpenIdProviderToken>> bends = List.of(
                token -> token.signedBy(Fixture.STRANGER),
                token -> token.claim("aud", "client-2"),
                token -> token.claim("nonce", "another"),
                token -> token.claim("auth_time", 1),
                token -> token.raw(FakeOpenIdProviderToken.encode("{\"alg\":\"none\"}") + ".e30."));
        for (Consumer<FakeOpenIdProviderToken> bend : bends) {
            fixture.op.grants().idToken(token -> {});
            fixture.jar.clear();
            Identity someone = fixture.proven();
            grow();
            fixture.op.grants().idToken(bend);
            assertInstanceOf(OAuthTokens.Result.Ended.class, tokens.accessToken(someone));
        }
    }

    @Test
    void rfr05RefreshesOnceForTwoHundredCallers() throws Exception {
        grow();
        ExecutorService threads = Executors.newFixedThreadPool(200);
        try {
            // The provider answers when all have asked, so that they really meet.
            CountDownLatch asking = new CountDownLatch(200);
            fixture.op.bend("/token", answer -> Fixture.after(asking, answer));
            Callable<OAuthTokens.Result> call = () -> {
                asking.countDown();
                return tokens.accessToken(ada);
            };
            for (Future<OAuthTokens.Result> each : threads.invokeAll(Collections.nCopies(200, call))) {
                assertInstanceOf(OAuthTokens.Result.Fresh.class, each.get());
            }
            assertEquals(2, fixture.op.requests("/token").size(), "one login, one refresh");
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void rfr06EndsTheSessionWhenTheProviderTakesBackItsConsent() {
        grow();
        fixture.op.bend("/token", right -> FakeOpenIdProviderAnswer.json(400, Map.of("error", "invalid_grant")));
        assertInstanceOf(OAuthTokens.Result.Ended.class, tokens.accessToken(ada));
        String login = String.valueOf(ada.attributes().get("provider_login"));
        assertEquals(List.of(new Target(Target.By.LOGIN, ada.issuer(), login)), ended);
        assertInstanceOf(OAuthTokens.Result.NotKept.class, tokens.accessToken(ada));
        assertEquals(2, fixture.op.requests("/token").size(), "no second try");
    }

    @Test
    void rfr06KeepsTheSessionIfTheSettingsSaySo() {
        try (Fixture lenient = new Fixture("keep-tokens", "true", "end-session-on-refused-refresh", "false")) {
            OAuthTokens theirs = lenient.login.tokens(target -> {
                throw new AssertionError("nothing must end");
            });
            Identity someone = lenient.proven();
            lenient.clock.advance(Duration.ofMinutes(6));
            lenient.op.bend("/token", right -> FakeOpenIdProviderAnswer.json(400, Map.of("error", "invalid_grant")));
            assertInstanceOf(OAuthTokens.Result.Ended.class, theirs.accessToken(someone));
        }
    }

    @Test
    void outlivesAProviderThatIsDownForAWhile() {
        fixture.clock.advance(Duration.ofSeconds(280));
        fixture.op.replace("/token", FakeOpenIdProviderAnswer.json(503, Map.of()));
        fresh();
        fixture.clock.advance(Duration.ofSeconds(60));
        assertInstanceOf(OAuthTokens.Result.Unavailable.class, tokens.accessToken(ada));
        fixture.op.straighten();
        fresh();
        assertTrue(ended.isEmpty());
    }

    @Test
    void forgetsAtLogout() {
        fixture.login.logout().atProvider(ada, "https://app.example/", "s");
        assertInstanceOf(OAuthTokens.Result.NotKept.class, tokens.accessToken(ada));
    }

    @Test
    void forgetsALoginThatLedToNoSession() {
        fixture.login.forget(ada);
        assertInstanceOf(OAuthTokens.Result.NotKept.class, tokens.accessToken(ada));
    }

    @Test
    void replacesInTheStoreOnlyWhatItRead() {
        MemoryTokenStore store = new MemoryTokenStore(fixture.clock);
        Instant until = fixture.clock.instant().plusSeconds(60);
        store.insert("k", "v", until);
        assertTrue(store.replace("k", "v", "w", until));
        assertFalse(store.replace("k", "v", "x", until));
        assertEquals("w", store.load("k"));
        store.remove("k");
        assertFalse(store.replace("k", "w", "x", until));
    }

    private void refusedAfterRefresh(Consumer<FakeOpenIdProviderToken> bend) {
        grow();
        fixture.op.grants().idToken(bend);
        assertInstanceOf(OAuthTokens.Result.Ended.class, tokens.accessToken(ada));
        assertEquals(1, ended.size());
    }

    /** Until the token is old. */
    private void grow() {
        fixture.clock.advance(Duration.ofMinutes(6));
    }

    private Secret fresh() {
        return assertInstanceOf(OAuthTokens.Result.Fresh.class, tokens.accessToken(ada))
                .accessToken();
    }
}
