package io.ostiary.core;

import static io.ostiary.core.Fixtures.found;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ostiary.core.Fixtures.FakeAuthenticator;
import io.ostiary.core.Fixtures.FakeStore;
import io.ostiary.core.Fixtures.Heard;
import io.ostiary.core.spi.AuthEvent;
import io.ostiary.testkit.FakeRequest;
import io.ostiary.testkit.MutableClock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class LogoutTest {
    private static final List<SetCookie> REMOVED =
            List.of(SetCookie.session("fake", "", true).removed());
    private final FakeRequest request = FakeRequest.post("/auth/logout");
    private final Heard heard = new Heard();
    private final AtomicReference<AuthOutcome> session = new AtomicReference<>(found(Fixtures.ADMIN));
    private final FakeStore store = new FakeStore(session::get);

    @Test
    void endsTheSessionTellsAndForgets() {
        AuthEngine engine = AuthEngine.builder()
                .store(store)
                .authenticator(new FakeAuthenticator("apikey", AuthOutcome.absent()))
                .listener(heard)
                .clock(new MutableClock())
                .build();
        AuthEngine people = engine.accepting(Set.of("session"));
        people.identify(request);
        engine.identify(request);

        assertEquals(REMOVED, engine.logout(request));

        session.set(AuthOutcome.failed(FailureReason.SESSION_EXPIRED));
        assertEquals(session.get(), engine.identify(request));
        assertEquals(session.get(), people.identify(request), "every view of the engine has forgotten");
        AuthEvent told = new AuthEvent(
                AuthEvent.Type.LOGOUT,
                Fixtures.NOON,
                "",
                Fixtures.ADMIN,
                null,
                "POST",
                "/auth/logout",
                "127.0.0.1",
                "");
        assertEquals(List.of(told), heard.events);
    }

    @Test
    void removesTheCookieOfNobodyWithoutAnEvent() {
        session.set(AuthOutcome.failed(FailureReason.SESSION_EXPIRED));
        AuthEngine engine = AuthEngine.builder().store(store).listener(heard).build();
        assertEquals(REMOVED, engine.logout(request));
        assertEquals(1, store.clears);
        assertEquals(List.of(), heard.events);
    }

    @Test
    void endsTheSessionWhenAnExplicitCredentialCannotBeChecked() {
        FakeAuthenticator broken =
                new FakeAuthenticator("apikey", () -> Fixtures.raise(new IllegalStateException("database down")));
        AuthEngine engine = AuthEngine.builder()
                .authenticator(broken)
                .store(store)
                .listener(heard)
                .build();
        assertThrows(IllegalStateException.class, () -> engine.identify(request));
        assertEquals(REMOVED, engine.logout(request));
        assertEquals(1, broken.calls, "logout does not ask");
        assertEquals(List.of(AuthEvent.Type.LOGOUT), heard.types());
    }

    @Test
    void namesWhoseSessionItWasAndNotWhoseKeyWasSent() {
        FakeAuthenticator key = new FakeAuthenticator("apikey", found(Fixtures.PLAIN));
        AuthEngine engine = AuthEngine.builder()
                .authenticator(key)
                .store(store)
                .listener(heard)
                .build();
        assertEquals(found(Fixtures.PLAIN), engine.identify(request));
        engine.logout(request);
        assertEquals(Fixtures.ADMIN, heard.events.get(0).identity());
        assertEquals(found(Fixtures.PLAIN), engine.identify(request));
        assertEquals(1, key.calls, "a key is not looked at again because a session ended");
    }

    @Test
    void endsASessionThatCannotBeReadAndPassesTheFaultOn() {
        FakeStore unreadable = new FakeStore(() -> Fixtures.raise(new IllegalStateException("unreadable record")));
        AuthEngine engine =
                AuthEngine.builder().store(unreadable).listener(heard).build();
        assertEquals(
                "unreadable record",
                assertThrows(IllegalStateException.class, () -> engine.logout(request))
                        .getMessage());
        assertEquals(1, unreadable.clears);
        assertEquals(List.of(), heard.events);
    }

    @Test
    void doesNothingWithoutAStore() {
        AuthEngine engine = AuthEngine.builder()
                .authenticator(new FakeAuthenticator("apikey", found(Fixtures.PLAIN)))
                .listener(heard)
                .build();
        assertEquals(List.of(), engine.logout(request));
        assertEquals(List.of(), heard.events);
    }
}
