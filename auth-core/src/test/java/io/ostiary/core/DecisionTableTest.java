package io.ostiary.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.ostiary.core.Fixtures.FakeAuthenticator;
import io.ostiary.core.Fixtures.FakeStore;
import io.ostiary.core.Fixtures.Heard;
import io.ostiary.core.spi.AuthEvent;
import io.ostiary.testkit.FakeRequest;
import io.ostiary.testkit.MutableClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every outcome, from a credential or from the session, against every kind of policy. */
final class DecisionTableTest {
    private static final Logger LOG = Logger.getLogger(AuthEngine.class.getName());

    @BeforeAll
    static void dropsHundredsOfStackTraces() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void logsAgain() {
        LOG.setLevel(null);
    }

    private static final Policy NEEDS = Policies.named("needs", (identity, request) -> Verdict.NEEDS_IDENTITY);

    @SuppressWarnings("NullAway") // what a broken extension does
    private static final Policy NULL = Policies.named("null", (identity, request) -> null);

    private static final Policy THROWS = Policies.named("throws", (identity, request) -> {
        throw new IllegalStateException("broken rule");
    });
    private static final Policy ERROR = Policies.named("error", (identity, request) -> {
        throw new AssertionError("broken rule");
    });
    private static final Policy SNEAKY =
            Policies.named("sneaky", (identity, request) -> Fixtures.raise(new IOException("broken rule")));

    /** A policy and what it leads to for nobody, for somebody and for an admin: Allow, Challenged, Forbidden, Unavailable. */
    private record Row(Policy policy, String expected) {}

    private static List<Row> rows() {
        Policy open = Policies.permitAll();
        Policy closed = Policies.denyAll();
        Policy login = Policies.authenticated();
        Policy admin = Policies.anyRole(Set.of("admin", "root"));
        Policy root = Policies.anyRole(Set.of("root"));
        return List.of(
                new Row(open, "AAA"),
                new Row(closed, "FFF"),
                new Row(login, "CAA"),
                new Row(admin, "CFA"),
                new Row(root, "CFF"),
                new Row(Policies.allRoles(Set.of("admin")), "CFA"),
                new Row(Policies.allRoles(Set.of("admin", "editor")), "CFF"),
                new Row(login.and(admin), "CFA"),
                new Row(open.and(admin), "CFA"),
                new Row(open.and(closed), "FFF"),
                new Row(closed.and(login), "FFF"),
                new Row(login.and(closed), "CFF"),
                new Row(open.or(closed), "AAA"),
                new Row(closed.or(open), "AAA"),
                new Row(closed.or(closed), "FFF"),
                new Row(closed.or(admin), "CFA"),
                new Row(admin.or(closed), "CFA"),
                new Row(root.or(login), "CAA"),
                new Row(root.or(admin), "CFA"),
                new Row(login.and(root.or(admin)), "CFA"),
                new Row(NEEDS, "CFF"),
                new Row(NEEDS.or(closed), "CFF"),
                new Row(THROWS, "UUU"),
                new Row(ERROR, "UUU"),
                new Row(SNEAKY, "UUU"),
                new Row(NULL, "UUU"),
                new Row(open.or(THROWS), "AAA"),
                new Row(login.or(THROWS), "UAA"),
                new Row(THROWS.or(open), "UUU"),
                new Row(closed.and(THROWS), "FFF"),
                new Row(login.and(THROWS), "CUU"),
                new Row(NULL.and(open), "UUU"),
                new Row(open.and(NULL), "UUU"),
                new Row(NULL.or(open), "UUU"),
                new Row(NULL.or(closed), "UUU"),
                new Row(closed.or(NULL), "UUU"));
    }

    static Stream<Arguments> table() {
        List<Arguments> cases = new ArrayList<>();
        for (Row row : rows()) {
            for (boolean session : new boolean[] {false, true}) {
                add(cases, row, AuthOutcome.absent(), session, row.expected().charAt(0), null, null);
                add(
                        cases,
                        row,
                        Fixtures.found(Fixtures.PLAIN),
                        session,
                        row.expected().charAt(1),
                        Fixtures.PLAIN,
                        null);
                add(
                        cases,
                        row,
                        Fixtures.found(Fixtures.ADMIN),
                        session,
                        row.expected().charAt(2),
                        Fixtures.ADMIN,
                        null);
                for (FailureReason reason : FailureReason.values()) {
                    boolean over = session && reason == FailureReason.SESSION_EXPIRED;
                    char expected = over ? row.expected().charAt(0) : 'C';
                    add(cases, row, AuthOutcome.failed(reason), session, expected, null, told(reason, session));
                }
            }
        }
        return cases.stream();
    }

    /** Only the session can be over; a credential that claims so has merely expired. */
    private static FailureReason told(FailureReason reason, boolean session) {
        return reason == FailureReason.SESSION_EXPIRED && !session ? FailureReason.EXPIRED_CREDENTIAL : reason;
    }

    private static void add(
            List<Arguments> cases,
            Row row,
            AuthOutcome outcome,
            boolean session,
            char expected,
            @Nullable Identity identity,
            @Nullable FailureReason reason) {
        String name = (session ? "session " : "credential ") + outcome + " meets '" + row.policy() + "'";
        cases.add(argumentSet(name, row.policy(), outcome, session, expected, identity, reason));
    }

    @ParameterizedTest
    @MethodSource("table")
    void decidesTellsAndRemembers(
            Policy policy,
            AuthOutcome outcome,
            boolean session,
            char expected,
            @Nullable Identity identity,
            @Nullable FailureReason reason) {
        FakeAuthenticator authenticator = new FakeAuthenticator("apikey", session ? AuthOutcome.absent() : outcome);
        FakeStore store = new FakeStore(session ? outcome : AuthOutcome.absent());
        Heard heard = new Heard();
        AuthEngine engine = AuthEngine.builder()
                .authenticator(authenticator)
                .store(store)
                .listener(heard)
                .clock(new MutableClock())
                .build();
        FakeRequest request = FakeRequest.of("PUT", "/app/x?y").remoteAddress("192.0.2.7");

        check(engine.decide(request, policy), expected, identity, reason, heard.events);

        heard.events.clear();
        check(engine.decide(request, policy), expected, identity, reason, heard.events);
        assertEquals(1, authenticator.calls, "the credential is looked at once a request");
        assertEquals(session || outcome == AuthOutcome.absent() ? 1 : 0, store.loads, "so is the session, if at all");
        assertEquals(0, store.saved.size() + store.clears, "deciding writes nothing");
    }

    private static void check(
            Decision decision,
            char expected,
            @Nullable Identity identity,
            @Nullable FailureReason reason,
            List<AuthEvent> events) {
        if (expected == 'A') {
            assertEquals(new Decision.Allow(identity), decision);
            assertEquals(List.of(), events);
            return;
        }
        assertEquals(1, events.size(), events.toString());
        AuthEvent event = events.get(0);
        assertEquals("PUT /app/x 192.0.2.7", event.method() + " " + event.path() + " " + event.remoteAddress());
        assertEquals(Fixtures.NOON, event.time());
        assertFalse(event.id().isEmpty());
        switch (expected) {
            case 'C' -> {
                Challenge challenge =
                        assertInstanceOf(Decision.Challenged.class, decision).challenge();
                List<String> how = List.of("apikey realm=\"test\"", "Session realm=\"ostiary\"");
                assertEquals(new Challenge(event.id(), reason, how), challenge);
                assertTold(event, AuthEvent.Type.CHALLENGED, null, reason);
            }
            case 'F' -> {
                assertEquals(new Decision.Forbidden(event.id(), identity), decision);
                assertTold(event, AuthEvent.Type.FORBIDDEN, identity, null);
            }
            case 'U' -> {
                assertEquals(new Decision.Unavailable(event.id(), Duration.ofSeconds(5)), decision);
                assertTold(event, AuthEvent.Type.FAULT, null, FailureReason.INTERNAL_FAULT);
            }
            default -> throw new AssertionError(String.format(Locale.ROOT, "no such decision: %s", expected));
        }
    }

    private static void assertTold(
            AuthEvent event, AuthEvent.Type type, @Nullable Identity identity, @Nullable FailureReason reason) {
        assertEquals(type, event.type());
        assertEquals(reason, event.reason());
        if (identity == null) {
            assertNull(event.identity());
        } else {
            assertEquals(identity, event.identity());
        }
    }
}
