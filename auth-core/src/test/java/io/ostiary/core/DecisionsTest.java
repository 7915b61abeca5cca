package io.ostiary.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.ostiary.core.spi.Meters;
import io.ostiary.testkit.FakeRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How long a decision took, by how it ended. */
final class DecisionsTest {
    private final List<String> noted = new ArrayList<>();

    /** Each look at the clock is 7 ns after the one before. */
    private final Meters meters = new Meters() {
        private long now;

        @Override
        public void count(String name, String... tags) {
            noted.add(name);
        }

        @Override
        public void time(String name, long nanos, String... tags) {
            noted.add(name + " " + String.join("=", tags) + " " + nanos);
        }

        @Override
        public long now() {
            return now += 7;
        }
    };

    private AuthEngine.Builder engine(AuthOutcome outcome) {
        return AuthEngine.builder().authenticator(new Fixtures.FakeAuthenticator("apikey", outcome));
    }

    private void decide(AuthEngine.Builder engine, Policy policy) {
        engine.meters(meters).build().decide(FakeRequest.get("/"), policy);
    }

    @Test
    void isNotedOnceForEachDecision() {
        AuthOutcome failed = AuthOutcome.failed(FailureReason.BAD_SIGNATURE);
        decide(engine(Fixtures.found(Fixtures.PLAIN)), Policies.authenticated());
        decide(engine(failed), Policies.authenticated());
        decide(engine(Fixtures.found(Fixtures.PLAIN)), Policies.anyRole(Set.of("admin")));
        decide(engine(failed).failureLimit(request -> Duration.ofSeconds(1)), Policies.authenticated());
        decide(engine(failed), Policies.authenticated());
        decide(
                engine(AuthOutcome.absent()),
                Policies.named("broken", (identity, request) -> Fixtures.raise(new IllegalStateException("bug"))));
        assertEquals(
                List.of(
                        "ostiary.decisions outcome=allowed 7",
                        "ostiary.decisions outcome=challenged 7",
                        "ostiary.decisions outcome=forbidden 7",
                        "ostiary.decisions outcome=limited 7",
                        "ostiary.decisions outcome=challenged 7",
                        "ostiary.decisions outcome=unavailable 7"),
                noted);
    }

    @Test
    void isNotMeasuredWhereNobodyWantsToKnow() {
        AuthEngine engine = engine(Fixtures.found(Fixtures.PLAIN)).meters(null).build();
        assertInstanceOf(Decision.Allow.class, engine.decide(FakeRequest.get("/"), Policies.authenticated()));
        assertEquals(List.of(), noted);
    }
}
