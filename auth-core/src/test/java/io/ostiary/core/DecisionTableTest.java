package io.ostiary.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
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

    /** One outcome in one row. */
    private record Case(
            AuthOutcome outcome,
            boolean session,
            char expected,
            @Nullable Identity identity,
            @Nullable FailureReason reason) {}

    private static List<Case> cases(Row row, boolean session) {
        String expected = row.expected();
        List<Case> cases = new ArrayList<>();
        cases.add(new Case(AuthOutcome.absent(), session, expected.charAt(0), null, null));
        for (Identity identity : List.of(Fixtures.PLAIN, Fixtures.ADMIN)) {
            char decision = expected.charAt(identity.equals(Fixtures.PLAIN) ? 1 : 2);
            cases.add(new Case(Fixtures.found(identity), session, decision, identity, null));
        }
        for (FailureReason reason : FailureReason.values()) {
            // Where the failure came from counts, not which reason it has, unless it was too often.
            char refused = reason == FailureReason.RATE_LIMITED ? 'L' : 'C';
            char decision = session ? expected.charAt(0) : refused;
            cases.add(new Case(AuthOutcome.failed(reason), session, decision, null, reason));
        }
        return cases;
    }

    static Stream<Arguments> table() {
        return rows().stream()
                .flatMap(row -> Stream.of(
                        argumentSet("'" + row.policy() + "' for a credential", row, false),
                        argumentSet("'" + row.policy() + "' for a session", row, true)));
    }

    @ParameterizedTest
    @MethodSource("table")
    void decidesTellsAndRemembers(Row row, boolean session) {
        cases(row, session).forEach(one -> decidesTwice(one, row.policy()));
    }

    private static void decidesTwice(Case one, Policy policy) {
        FakeAuthenticator authenticator =
                new FakeAuthenticator("apikey", one.session() ? AuthOutcome.absent() : one.outcome());
        FakeStore store = new FakeStore(one.session() ? one.outcome() : AuthOutcome.absent());
        Heard heard = new Heard();
        AuthEngine engine = AuthEngine.builder()
                .authenticator(authenticator)
                .store(store)
                .listener(heard)
                .clock(new MutableClock())
                .build();
        FakeRequest request = FakeRequest.of("PUT", "/app/x?y").remoteAddress("192.0.2.7");

        check(engine.decide(request, policy), one, heard.events);

        heard.events.clear();
        check(engine.decide(request, policy), one, heard.events);
        boolean looksAtSession = one.session() || one.outcome() == AuthOutcome.absent();
        assertEquals(1, authenticator.calls, "the credential is looked at once a request: " + one);
        assertEquals(looksAtSession ? 1 : 0, store.loads, "so is the session, if at all: " + one);
        assertEquals(0, store.saved.size() + store.clears, "deciding writes nothing: " + one);
    }

    private static void check(Decision decision, Case one, List<AuthEvent> events) {
        if (one.expected() == 'A') {
            assertEquals(new Decision.Allow(one.identity()), decision, one::toString);
            assertEquals(List.of(), events, one::toString);
            return;
        }
        assertEquals(1, events.size(), one::toString);
        AuthEvent event = events.get(0);
        boolean visitor = one.expected() == 'C' && one.reason() == null;
        assertEquals(visitor, event.id().isEmpty(), "there is something to look up, except for a visitor: " + one);
        List<String> how = List.of("apikey realm=\"test\"", "Session realm=\"ostiary\"");
        Decision wanted = switch (one.expected()) {
            case 'C' -> new Decision.Challenged(new Challenge(event.id(), one.reason(), how));
            case 'F' -> new Decision.Forbidden(event.id(), one.identity());
            case 'L' -> new Decision.Limited(event.id(), Duration.ZERO);
            default -> new Decision.Unavailable(event.id(), Duration.ofSeconds(5));
        };
        assertEquals(wanted, decision, one::toString);
        assertEquals(told(one, event.id()), event, one::toString);
    }

    private static AuthEvent told(Case one, String id) {
        AuthEvent.Type type = switch (one.expected()) {
            case 'C' -> AuthEvent.Type.CHALLENGED;
            case 'F' -> AuthEvent.Type.FORBIDDEN;
            case 'L' -> AuthEvent.Type.LIMITED;
            default -> AuthEvent.Type.FAULT;
        };
        FailureReason reason = switch (one.expected()) {
            case 'C', 'L' -> one.reason();
            case 'F' -> null;
            default -> FailureReason.INTERNAL_FAULT;
        };
        Identity identity = one.expected() == 'F' ? one.identity() : null;
        return new AuthEvent(type, Fixtures.NOON, id, identity, reason, "PUT", "/app/x", "192.0.2.7", "");
    }
}
