package io.ostiary.core.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.core.Decision;
import io.ostiary.core.Identity;
import io.ostiary.core.LoginGate;
import io.ostiary.core.Policies;
import io.ostiary.core.config.ConfigurationException;
import io.ostiary.core.config.Settings;
import io.ostiary.core.crypto.Tokens;
import io.ostiary.core.session.SessionSettings;
import io.ostiary.core.session.SlowStore;
import io.ostiary.core.session.Stores;
import io.ostiary.testkit.FakeRequest;
import io.ostiary.testkit.MutableClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sessions in a store of the application, which may be slow or not answer at all. */
final class OwnStoresTest {
    private final MutableClock clock = new MutableClock();
    private final SlowStore store = new SlowStore(clock);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void recover() {
        store.recover();
        threads.shutdownNow();
    }

    private Ostiary start(String calls) {
        Stores stores = store.with(clock);
        Map<String, String> settings = Map.of("development", "true", "session.store-calls", calls);
        return Ostiary.start(Settings.of(settings), List.of(), clock, stores);
    }

    /** The cookie's value. */
    private static String logIn(Ostiary ostiary, String name, MutableClock clock) {
        Identity identity = Identity.of("oauth", "https://op.example", name, clock.instant());
        LoginGate.Result result = ostiary.engine().gate().complete(FakeRequest.get("/"), identity);
        return assertInstanceOf(LoginGate.Result.Admitted.class, result)
                .cookies()
                .get(0)
                .value();
    }

    private static Decision ask(Ostiary ostiary, String cookie) {
        FakeRequest request = FakeRequest.get("/app");
        return ostiary.engine()
                .decide(cookie.isEmpty() ? request : request.cookie("ostiary", cookie), Policies.authenticated());
    }

    @Test
    void sessionsLiveWhereTheyAreToldTo() {
        Ostiary ostiary = start("64");
        String cookie = logIn(ostiary, "ada", clock);
        assertNotNull(store.find(Tokens.digest(cookie)));
        assertInstanceOf(Decision.Allow.class, ask(ostiary, cookie));
        store.remove(Tokens.digest(cookie));
        assertNull(store.find(Tokens.digest(cookie)));
        assertInstanceOf(Decision.Challenged.class, ask(ostiary, cookie));
    }

    @Test
    void dos06AStoreThatHangsHoldsSoManyThreadsAndNoMore() throws Exception {
        Ostiary ostiary = start("3");
        String cookie = logIn(ostiary, "ada", clock);
        store.hang();
        List<Future<Decision>> hanging = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            hanging.add(threads.submit(() -> ask(ostiary, cookie)));
        }
        store.awaitAsked(3);
        assertInstanceOf(Decision.Unavailable.class, ask(ostiary, cookie));
        assertInstanceOf(Decision.Unavailable.class, ask(ostiary, cookie));
        assertInstanceOf(Decision.Challenged.class, ask(ostiary, ""));
        store.recover();
        for (Future<Decision> one : hanging) {
            assertInstanceOf(Decision.Allow.class, one.get());
        }
        assertInstanceOf(Decision.Allow.class, ask(ostiary, cookie));
    }

    @Test
    void whoIsInterruptedWhileWaitingForAPlaceIsRefused() throws Exception {
        Ostiary ostiary = start("1");
        String cookie = logIn(ostiary, "ada", clock);
        store.hang();
        Future<Decision> first = threads.submit(() -> ask(ostiary, cookie));
        store.awaitAsked(1);
        Thread.currentThread().interrupt();
        assertInstanceOf(Decision.Unavailable.class, ask(ostiary, cookie));
        assertTrue(Thread.interrupted());
        store.recover();
        assertInstanceOf(Decision.Allow.class, first.get());
    }

    @Test
    void dos08OneSlowCallOfTheStoreHoldsNobodyElseUp() throws Exception {
        Ostiary ostiary = start("300");
        String slow = logIn(ostiary, "slow", clock);
        List<String> others = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            others.add(logIn(ostiary, "user" + i, clock));
        }
        store.hangFor(Tokens.digest(slow));
        Future<Decision> waits = threads.submit(() -> ask(ostiary, slow));
        store.awaitAsked(1);
        List<Future<Decision>> all = new ArrayList<>();
        others.forEach(cookie -> all.add(threads.submit(() -> ask(ostiary, cookie))));
        for (Future<Decision> one : all) {
            assertInstanceOf(Decision.Allow.class, one.get());
        }
        assertEquals(false, waits.isDone());
        store.recover();
        assertInstanceOf(Decision.Allow.class, waits.get());
    }

    @Test
    void aBoundThatIsNoneStopsTheStart() {
        Settings none = Settings.of(Map.of("session.store-calls", "0"));
        assertEquals(
                "settings: 'session.store-calls' is '0'; allowed: a whole number from 1 to 10000",
                assertThrows(ConfigurationException.class, () -> SessionSettings.from(none, true))
                        .getMessage());
    }
}
