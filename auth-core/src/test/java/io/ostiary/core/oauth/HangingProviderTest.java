package io.ostiary.core.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ostiary.core.Reply;
import io.ostiary.testkit.FakeOpenIdProviderAnswer;
import io.ostiary.testkit.FakeOpenIdProviderAnswer.Manner;
import io.ostiary.testkit.FakeRequest;
import io.ostiary.testkit.MutableClock;
import java.time.Duration;
import java.util.concurrent.CompletionService;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever waits for a provider holds a thread; so many may, and no more. */
final class HangingProviderTest {
    private static final int MORE = 8;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void dos06SoManyLoginsWaitForAProviderAndNoMore() throws Exception {
        try (Fixture fixture = new Fixture()) {
            OAuthLogin login = fixture.login(fixture.settings("oauth.request-timeout", "1m"));
            Semaphore arrived = new Semaphore(0);
            fixture.op.bend("/token", right -> {
                arrived.release();
                return FakeOpenIdProviderAnswer.slow(Manner.HANGING);
            });
            CompletionService<CallbackResult> results = new ExecutorCompletionService<>(threads);
            for (int i = 0; i < Provider.MAX_AT_ONCE; i++) {
                FakeRequest callback = callback(fixture, login);
                results.submit(() -> login.callback(callback, "op", Fixture.CALLBACK));
            }
            arrived.acquire(Provider.MAX_AT_ONCE);
            for (int i = 0; i < MORE; i++) {
                assertInstanceOf(
                        CallbackResult.Unavailable.class,
                        login.callback(callback(fixture, login), "op", Fixture.CALLBACK));
            }
            assertEquals(Provider.MAX_AT_ONCE, fixture.op.requests("/token").size());
            fixture.op.close(); // lets go of those that hang
            for (int i = 0; i < Provider.MAX_AT_ONCE; i++) {
                assertInstanceOf(
                        CallbackResult.Unavailable.class, results.take().get());
            }
        }
    }

    /** Of a browser of its own. */
    private static FakeRequest callback(Fixture fixture, OAuthLogin login) {
        StartResult started = login.start(FakeRequest.get("/auth/login/op"), "op", null, Fixture.CALLBACK);
        Reply reply = assertInstanceOf(StartResult.Started.class, started).reply();
        FakeRequest callback =
                FakeRequest.get("/auth/callback/op?" + fixture.op.authorize(reply.headerOrEmpty("Location")));
        reply.cookies().forEach(cookie -> callback.cookie(cookie.name(), cookie.value()));
        return callback;
    }

    @Test
    void dos06WhoFindsNoPlaceToWaitForADocumentIsToldToComeAgain() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        Remote<String> document = new Remote<>(
                () -> await(answer), new Remote.Lifetime(Duration.ofHours(1), Duration.ofHours(1)), new MutableClock());
        CompletionService<String> results = new ExecutorCompletionService<>(threads);
        int fetches = 1;
        for (int i = 0; i < fetches + Remote.MAX_WAITING + MORE; i++) {
            results.submit(document::get);
        }
        for (int i = 0; i < MORE; i++) {
            ExecutionException refused = assertThrows(ExecutionException.class, results.take()::get);
            assertInstanceOf(ProviderException.class, refused.getCause());
        }
        answer.countDown();
        for (int i = 0; i < fetches + Remote.MAX_WAITING; i++) {
            assertEquals("document", results.take().get());
        }
    }

    private static String await(CountDownLatch answer) {
        try {
            answer.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return "document";
    }
}
