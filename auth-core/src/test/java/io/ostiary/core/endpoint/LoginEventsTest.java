package io.ostiary.core.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.core.FailureReason;
import io.ostiary.core.Reply;
import io.ostiary.core.SetCookie;
import io.ostiary.core.config.Settings;
import io.ostiary.core.runtime.Ostiary;
import io.ostiary.core.spi.AuthEvent;
import io.ostiary.core.spi.Feature;
import io.ostiary.testkit.FakeOpenIdProvider;
import io.ostiary.testkit.FakeOpenIdProviderAnswer;
import io.ostiary.testkit.FakeRequest;
import io.ostiary.testkit.MutableClock;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever ends a login is heard of, and shown with the id by which it can be found. */
final class LoginEventsTest {
    private final MutableClock clock = new MutableClock();
    private final FakeOpenIdProvider provider = FakeOpenIdProvider.start(clock);
    private final List<AuthEvent> events = new CopyOnWriteArrayList<>();
    private final Map<String, String> jar = new HashMap<>();
    private final Ostiary ostiary = start();

    @AfterEach
    void stop() {
        provider.close();
    }

    private Ostiary start() {
        Feature listens =
                (settings, context) -> new Feature.Contribution(List.of(), List.of(), List.of(), List.of(events::add));
        Map<String, String> settings = Map.of(
                "development", "true",
                "oauth.request-timeout", "10s",
                "oauth.provider.op.issuer", provider.issuer(),
                "oauth.provider.op.client-id", "client",
                "oauth.provider.op.client-secret", "canary-client-secret");
        return Ostiary.start(Settings.of(settings), List.of(listens), clock);
    }

    private Reply get(String target) {
        FakeRequest request = FakeRequest.get(target).header("Host", "127.0.0.1:8080");
        jar.forEach(request::cookie);
        Reply reply = ostiary.endpoints().handle(request);
        for (SetCookie cookie : reply.cookies()) {
            jar.put(cookie.name(), cookie.value());
        }
        return reply;
    }

    private String authorize() {
        return "/auth/callback/op?" + provider.authorize(get("/auth/login/op").headerOrEmpty("Location"));
    }

    private void assertTold(FailureReason reason, int status, Reply reply) {
        assertEquals(status, reply.status());
        AuthEvent event = events.get(events.size() - 1);
        assertEquals(AuthEvent.Type.LOGIN_FAILED, event.type());
        assertEquals(reason, event.reason());
        assertTrue(reply.body().contains(event.id()), reply.body());
        assertTrue(reply.body().contains("<a "), reply.body());
        assertFalse(reply.body().contains("canary"), reply.body());
    }

    @Test
    void aProviderThatIsDownAtTheStart() {
        provider.close();
        assertTold(FailureReason.PROVIDER_UNAVAILABLE, 503, get("/auth/login/op"));
    }

    @Test
    void aProviderThatFailsAfterwards() {
        String callback = authorize();
        provider.replace("/token", FakeOpenIdProviderAnswer.text(500, "text/html", "canary"));
        assertTold(FailureReason.PROVIDER_UNAVAILABLE, 503, get(callback));
    }

    @Test
    void aLoginThatTurnsInACircle() {
        Reply last = get("/auth/login/op");
        for (int i = 0; i < 20 && last.status() == 302; i++) {
            last = get("/auth/login/op");
        }
        assertTold(FailureReason.LOGIN_LOOP, 429, last);
    }

    @Test
    void fiftyCallbacksAtOnceMakeOneSession() throws Exception {
        String callback = authorize();
        Map<String, String> cookies = Map.copyOf(jar);
        ExecutorService threads = Executors.newFixedThreadPool(50);
        try {
            Callable<Reply> call = () -> {
                FakeRequest request = FakeRequest.get(callback).header("Host", "127.0.0.1:8080");
                cookies.forEach(request::cookie);
                return ostiary.endpoints().handle(request);
            };
            int sessions = 0;
            for (Future<Reply> each : threads.invokeAll(Collections.nCopies(50, call))) {
                sessions += each.get().effect() == Reply.Effect.LOGGED_IN ? 1 : 0;
            }
            assertEquals(1, sessions);
            assertEquals(1, heard(AuthEvent.Type.LOGIN));
            assertEquals(49, heard(AuthEvent.Type.LOGIN_FAILED));
        } finally {
            threads.shutdownNow();
        }
    }

    private long heard(AuthEvent.Type type) {
        return events.stream().filter(event -> event.type() == type).count();
    }

    @Test
    void aPersonWhoSaysNo() {
        String state = authorize().replaceAll(".*[?&]state=([^&]*).*", "$1");
        String refusal = "/auth/callback/op?error=access_denied&error_description=canary&state=" + state + "&iss="
                + provider.issuer();
        assertTold(FailureReason.LOGIN_CANCELLED, 400, get(refusal));
    }

    @Test
    void aProviderThatReportsAnError() {
        String state = authorize().replaceAll(".*[?&]state=([^&]*).*", "$1");
        String refusal = "/auth/callback/op?error=canary&state=" + state + "&iss=" + provider.issuer();
        assertTold(FailureReason.PROVIDER_ERROR, 400, get(refusal));
    }

    @Test
    void anIdTokenOfSomebodyElse() {
        String callback = authorize();
        provider.grants().idToken(token -> token.claim("aud", "canary"));
        assertTold(FailureReason.ID_TOKEN_INVALID, 400, get(callback));
    }

    @Test
    void aCallbackThatNobodyStartedOrThatCameTooLateOrTwice() {
        assertTold(FailureReason.PROVIDER_RESPONSE_INVALID, 400, get("/auth/callback/op"));
        assertTold(FailureReason.LOGIN_NOT_STARTED, 400, get("/auth/callback/op?code=c&state=s"));
        String late = authorize();
        clock.advance(Duration.ofMinutes(11));
        assertTold(FailureReason.LOGIN_EXPIRED, 400, get(late));
    }
}
