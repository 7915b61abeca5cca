package io.ostiary.core;

import static io.ostiary.core.Fixtures.found;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ostiary.core.Fixtures.FakeAuthenticator;
import io.ostiary.core.Fixtures.FakeStore;
import io.ostiary.core.Fixtures.Heard;
import io.ostiary.core.spi.AuthEvent;
import io.ostiary.testkit.FakeRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever breaks, and however it breaks, the request is denied and never becomes an anonymous one. */
final class AuthEngineFaultTest {
    private final Heard heard = new Heard();

    static Stream<Throwable> faults() {
        return Stream.of(
                new IllegalStateException("database down"),
                new AssertionError("bug"),
                new StackOverflowError(),
                new NoClassDefFoundError("missing jar"),
                new IOException("thrown behind the compiler's back"),
                new InterruptedException());
    }

    @ParameterizedTest
    @MethodSource("faults")
    void deniesWhenAnAuthenticatorThrows(Throwable fault) {
        FakeAuthenticator broken = new FakeAuthenticator("apikey", () -> Fixtures.raise(fault));
        FakeStore store = new FakeStore(found(Fixtures.ADMIN));
        assertDenied(AuthEngine.builder().authenticator(broken).store(store));
        assertEquals(0, store.loads, "a session must not step in for a credential that could not be checked");
    }

    @ParameterizedTest
    @MethodSource("faults")
    void deniesWhenTheStoreThrows(Throwable fault) {
        assertDenied(AuthEngine.builder().store(new FakeStore(() -> Fixtures.raise(fault))));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void deniesWhenAnEnricherThrows(Throwable fault) {
        assertDenied(AuthEngine.builder()
                .store(new FakeStore(found(Fixtures.ADMIN)))
                .enricher(identity -> Fixtures.raise(fault)));
    }

    static Stream<UnaryOperator<Identity>> impostors() {
        return Stream.of(
                identity -> Identity.of("session", identity.issuer(), "root", Fixtures.NOON),
                identity -> Identity.of("session", "https://evil.example", identity.subject(), Fixtures.NOON));
    }

    @ParameterizedTest
    @MethodSource("impostors")
    void deniesWhenAnEnricherMakesSomebodyElse(UnaryOperator<Identity> impostor) {
        AuthEngine.Builder builder =
                AuthEngine.builder().store(new FakeStore(found(Fixtures.ADMIN))).enricher(impostor::apply);
        assertDenied(builder);
        AuthEngine engine = builder.build();
        assertEquals(
                "an enricher made somebody else of the identity that was proven",
                assertThrows(IllegalStateException.class, () -> engine.identify(FakeRequest.get("/")))
                        .getMessage());
    }

    @Test
    @SuppressWarnings("NullAway") // what a broken extension does
    void deniesWhenAnExtensionAnswersNull() {
        Supplier<AuthOutcome> nothing = () -> null;
        assertDenied(AuthEngine.builder().authenticator(new FakeAuthenticator("apikey", nothing)));
        assertDenied(AuthEngine.builder().store(new FakeStore(nothing)));
        assertDenied(
                AuthEngine.builder().store(new FakeStore(found(Fixtures.ADMIN))).enricher(identity -> null));
    }

    @Test
    @SuppressWarnings("NullAway") // what a broken extension does
    void refusesOutcomesWithoutContent() {
        assertThrows(NullPointerException.class, () -> AuthOutcome.failed(null));
        assertThrows(NullPointerException.class, () -> new AuthOutcome.Authenticated(null));
    }

    @Test
    void logsAFaultOnceWithTheIdOfTheAnswer() {
        List<LogRecord> records = new ArrayList<>();
        Logger logger = Logger.getLogger(AuthEngine.class.getName());
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                records.add(entry);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
        logger.setLevel(Level.ALL);
        IllegalStateException fault = new IllegalStateException("database down");
        AuthEngine engine = AuthEngine.builder()
                .store(new FakeStore(() -> Fixtures.raise(fault)))
                .build();
        Decision decision = engine.decide(FakeRequest.get("/"), Policies.permitAll());
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
        logger.setLevel(null);
        String id = assertInstanceOf(Decision.Unavailable.class, decision).id();
        assertEquals(1, records.size());
        assertEquals("request denied by a fault, id " + id, records.get(0).getMessage());
        assertEquals(fault, records.get(0).getThrown());
    }

    @Test
    void asksAgainAfterAFault() {
        FakeAuthenticator broken =
                new FakeAuthenticator("apikey", () -> Fixtures.raise(new IllegalStateException("database down")));
        AuthEngine engine = AuthEngine.builder().authenticator(broken).build();
        FakeRequest request = FakeRequest.get("/");
        assertInstanceOf(Decision.Unavailable.class, engine.decide(request, Policies.permitAll()));
        assertInstanceOf(Decision.Unavailable.class, engine.decide(request, Policies.permitAll()));
        assertEquals(2, broken.calls);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void decidesAsBeforeWhenAListenerThrows(Throwable fault) {
        AuthEngine engine = AuthEngine.builder()
                .store(new FakeStore(AuthOutcome.absent()))
                .listener(event -> Fixtures.raise(fault))
                .listener(heard)
                .build();
        FakeRequest request = FakeRequest.get("/");
        assertInstanceOf(Decision.Challenged.class, engine.decide(request, Policies.authenticated()));
        assertInstanceOf(Decision.Forbidden.class, engine.decide(request, Policies.denyAll()));
        assertInstanceOf(Decision.Unavailable.class, engine.decide(request, (identity, any) -> Fixtures.raise(fault)));
        assertEquals(List.of(AuthEvent.Type.CHALLENGED, AuthEvent.Type.FORBIDDEN, AuthEvent.Type.FAULT), heard.types());
    }

    @Test
    void deniesWhenTheClockOfTheEventsIsBroken() {
        AuthEngine engine = AuthEngine.builder()
                .store(new FakeStore(AuthOutcome.absent()))
                .listener(heard)
                .clock(() -> Fixtures.raise(new IllegalStateException("no clock")))
                .build();
        Decision decision = engine.decide(FakeRequest.get("/"), Policies.authenticated());
        assertInstanceOf(Decision.Challenged.class, decision);
    }

    private void assertDenied(AuthEngine.Builder builder) {
        heard.events.clear();
        AuthEngine engine = builder.listener(heard).build();
        for (Policy policy : List.of(Policies.permitAll(), Policies.authenticated(), Policies.denyAll())) {
            assertInstanceOf(Decision.Unavailable.class, engine.decide(FakeRequest.get("/"), policy));
        }
        assertEquals(List.of(AuthEvent.Type.FAULT, AuthEvent.Type.FAULT, AuthEvent.Type.FAULT), heard.types());
    }
}
