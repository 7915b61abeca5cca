package io.ostiary.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ostiary.core.Fixtures.FakeAuthenticator;
import io.ostiary.core.Fixtures.FakeStore;
import io.ostiary.core.Fixtures.Heard;
import io.ostiary.core.spi.AuthEvent;
import io.ostiary.core.spi.IdentityStore;
import io.ostiary.testkit.FakeRequest;
import io.ostiary.testkit.MutableClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class LoginGateTest {
    private final FakeRequest request = FakeRequest.get("/auth/callback/dev");
    private final FakeStore store = new FakeStore(AuthOutcome.absent());
    private final Heard heard = new Heard();
    private final List<String> asked = new ArrayList<>();

    private AuthEngine.Builder engine() {
        return AuthEngine.builder().store(store).listener(heard).clock(new MutableClock());
    }

    @Test
    void admitsWhenEveryStepAgrees() {
        LoginGate gate = engine().loginStep((identity, any) -> {
                    asked.add("active");
                    return null;
                })
                .loginStep((identity, any) -> {
                    asked.add("verified");
                    return null;
                })
                .build()
                .gate();
        LoginGate.Result.Admitted admitted =
                assertInstanceOf(LoginGate.Result.Admitted.class, gate.complete(request, Fixtures.PLAIN));
        assertEquals(Fixtures.PLAIN, admitted.identity());
        assertEquals(List.of(SetCookie.session("fake", "new", true)), admitted.cookies());
        assertEquals(List.of(Fixtures.PLAIN), store.saved);
        assertEquals(List.of("active", "verified"), asked);
        assertEquals(List.of(told(AuthEvent.Type.LOGIN, "", null)), heard.events);
    }

    @Test
    void refusesAtTheFirstStepThatDoesNotAgreeAndKeepsNothing() {
        LoginGate gate = engine().loginStep((identity, any) -> FailureReason.ACCOUNT_DISABLED)
                .loginStep((identity, any) -> Fixtures.raise(new AssertionError("not to be asked")))
                .build()
                .gate();
        LoginGate.Result.Refused refused =
                assertInstanceOf(LoginGate.Result.Refused.class, gate.complete(request, Fixtures.PLAIN));
        assertEquals(FailureReason.ACCOUNT_DISABLED, refused.reason());
        assertFalse(refused.id().isEmpty());
        assertEquals(List.of(), store.saved);
        assertEquals(
                List.of(told(AuthEvent.Type.LOGIN_REFUSED, refused.id(), FailureReason.ACCOUNT_DISABLED)),
                heard.events);
    }

    @Test
    void aStepThatBreaksAdmitsNobody() {
        LoginGate gate = engine().loginStep((identity, any) -> Fixtures.raise(new IllegalStateException("no database")))
                .build()
                .gate();
        assertThrows(IllegalStateException.class, () -> gate.complete(request, Fixtures.PLAIN));
        assertEquals(List.of(), store.saved);
        assertToldAFault();
    }

    @Test
    void aStoreThatBreaksTellsAFaultAndNoLogin() {
        IdentityStore broken = new IdentityStore() {
            @Override
            public AuthOutcome load(AuthRequest any) {
                return AuthOutcome.absent();
            }

            @Override
            public List<SetCookie> save(AuthRequest any, Identity identity) {
                throw new IllegalStateException("no database");
            }

            @Override
            public List<SetCookie> clear(AuthRequest any) {
                return List.of();
            }
        };
        LoginGate gate = engine().store(broken).build().gate();
        assertThrows(IllegalStateException.class, () -> gate.complete(request, Fixtures.PLAIN));
        assertToldAFault();
    }

    @Test
    void aFaultThatPassesThroughIsToldOnceUnderOneId() {
        IllegalStateException fault = new IllegalStateException("no database");
        AuthEngine engine =
                engine().loginStep((identity, any) -> Fixtures.raise(fault)).build();
        assertThrows(IllegalStateException.class, () -> engine.gate().complete(request, Fixtures.PLAIN));
        Decision.Unavailable first = assertInstanceOf(Decision.Unavailable.class, engine.unavailable(request, fault));
        assertToldAFault();
        assertEquals(heard.events.get(0).id(), first.id());

        Decision.Unavailable other = assertInstanceOf(
                Decision.Unavailable.class, engine.unavailable(request, new IllegalStateException("no database")));
        assertNotEquals(first.id(), other.id());
        assertEquals(List.of(AuthEvent.Type.FAULT, AuthEvent.Type.FAULT), heard.types());
    }

    @Test
    void theRequestForgetsWhoseSessionItCameWithButNotItsKey() {
        AtomicReference<AuthOutcome> session = new AtomicReference<>(Fixtures.found(Fixtures.ADMIN));
        FakeAuthenticator key = new FakeAuthenticator("apikey", AuthOutcome.absent());
        AuthEngine engine =
                engine().store(new FakeStore(session::get)).authenticator(key).build();
        AuthEngine people = engine.accepting(Set.of("session"));
        assertEquals(Fixtures.found(Fixtures.ADMIN), engine.identify(request));
        session.set(AuthOutcome.failed(FailureReason.SESSION_EXPIRED));
        assertEquals(Fixtures.found(Fixtures.ADMIN), people.identify(request));

        engine.gate().complete(request, Fixtures.PLAIN);

        assertEquals(session.get(), engine.identify(request));
        assertEquals(session.get(), people.identify(request));
        assertEquals(1, key.calls);
    }

    @Test
    void aListenerThatBreaksDoesNotUndoTheLogin() {
        LoginGate gate = AuthEngine.builder()
                .store(store)
                .listener(event -> Fixtures.raise(new AssertionError("bug")))
                .build()
                .gate();
        assertInstanceOf(LoginGate.Result.Admitted.class, gate.complete(request, Fixtures.PLAIN));
    }

    @Test
    void notesCredentialsThatCouldNotBeProven() {
        String id = engine().build().gate().failed(request, FailureReason.ID_TOKEN_INVALID);
        AuthEvent event = new AuthEvent(
                AuthEvent.Type.LOGIN_FAILED,
                Fixtures.NOON,
                id,
                null,
                FailureReason.ID_TOKEN_INVALID,
                "GET",
                "/auth/callback/dev",
                "127.0.0.1",
                "");
        assertEquals(List.of(event), heard.events);
        assertFalse(id.isEmpty());
    }

    private void assertToldAFault() {
        assertEquals(1, heard.events.size());
        AuthEvent event = heard.events.get(0);
        assertFalse(event.id().isEmpty());
        AuthEvent fault = new AuthEvent(
                AuthEvent.Type.FAULT,
                Fixtures.NOON,
                event.id(),
                null,
                FailureReason.INTERNAL_FAULT,
                "GET",
                "/auth/callback/dev",
                "127.0.0.1",
                "");
        assertEquals(fault, event);
    }

    private static AuthEvent told(AuthEvent.Type type, String id, @Nullable FailureReason reason) {
        return new AuthEvent(
                type, Fixtures.NOON, id, Fixtures.PLAIN, reason, "GET", "/auth/callback/dev", "127.0.0.1", "");
    }
}
