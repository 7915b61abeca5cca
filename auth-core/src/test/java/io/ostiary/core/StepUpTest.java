package io.ostiary.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ostiary.core.Fixtures.FakeAuthenticator;
import io.ostiary.core.Fixtures.FakeStore;
import io.ostiary.testkit.FakeRequest;
import io.ostiary.testkit.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class StepUpTest {
    private final MutableClock clock = new MutableClock();
    private final Policy fresh = StepUp.provenWithin(Duration.ofMinutes(5), clock);
    private final Policy mfa = StepUp.anyMethod(Set.of("mfa", "hwk"));
    private final Answers answers = new Answers("/auth/login");

    @Test
    void grantsAFreshProof() {
        assertEquals(Verdict.GRANT, verdict(fresh, Fixtures.PLAIN));
        clock.advance(Duration.ofMinutes(5).minusSeconds(1));
        assertEquals(Verdict.GRANT, verdict(fresh, Fixtures.PLAIN));
    }

    @Test
    void asksForANewProofOnceItIsTooOld() {
        clock.advance(Duration.ofMinutes(5));
        assertEquals(Verdict.NEEDS_STEP_UP, verdict(fresh, Fixtures.PLAIN));
    }

    @Test
    void aProofOfADayAndAMinuteAgoIsNotFresh() {
        clock.advance(Duration.ofDays(1).plusMinutes(1));
        assertEquals(Verdict.NEEDS_STEP_UP, verdict(fresh, Fixtures.PLAIN));
    }

    @Test
    void whatWasMerelyRememberedIsNeverFresh() {
        Identity remembered = Identity.of("session", "https://op.example", "ada", Instant.EPOCH);
        assertEquals(Verdict.NEEDS_STEP_UP, verdict(StepUp.provenWithin(Duration.ofDays(9999), clock), remembered));
    }

    @Test
    void aProofOfTheFutureIsNone() {
        clock.advance(Duration.ofMinutes(-2));
        assertEquals(Verdict.NEEDS_STEP_UP, verdict(fresh, Fixtures.PLAIN));
    }

    @Test
    void takesAnyOfTheMethods() {
        assertEquals(Verdict.GRANT, verdict(mfa, Fixtures.PLAIN.withAmr(Set.of("pwd", "hwk"))));
        assertEquals(Verdict.NEEDS_STEP_UP, verdict(mfa, Fixtures.PLAIN.withAmr(Set.of("MFA"))));
        assertEquals(Verdict.NEEDS_STEP_UP, verdict(mfa, Fixtures.PLAIN));
    }

    @Test
    void nobodyMustLogInFirst() {
        FakeRequest request = FakeRequest.get("/");
        assertEquals(Verdict.NEEDS_IDENTITY, fresh.evaluate(null, request));
        assertEquals(Verdict.NEEDS_IDENTITY, mfa.evaluate(null, request));
    }

    @Test
    void refusesAnEmptyDemand() {
        assertThrows(IllegalArgumentException.class, () -> StepUp.provenWithin(Duration.ZERO, clock));
        assertThrows(IllegalArgumentException.class, () -> StepUp.anyMethod(Set.of()));
        assertThrows(IllegalArgumentException.class, () -> StepUp.anyMethod(Set.of("mfa", " ")));
    }

    @Test
    void saysWhatItTakes() {
        assertEquals(
                "(proven within 300 s and proven by hwk or mfa)", fresh.and(mfa).toString());
    }

    @Test
    void sendsAPersonToLogInAgain() {
        Decision decision = decide(FakeRequest.get("/vault"));
        Reply reply = answers.of(decision, FakeRequest.get("/vault"), AnswerMode.BROWSER);
        assertEquals(302, reply.status());
        assertEquals("/auth/login?next=%2Fvault&reason=step-up", reply.headerOrEmpty("Location"));
    }

    @Test
    void tellsAProgramByRfc9470Section3() {
        FakeRequest request = FakeRequest.get("/vault").header("Authorization", "Bearer t");
        Reply reply = answers.of(decide(request), request, AnswerMode.API);
        assertEquals(401, reply.status());
        assertEquals(
                List.of("bearer realm=\"test\"", "Session realm=\"ostiary\""),
                reply.headers().stream()
                        .filter(header -> header.name().equals("WWW-Authenticate"))
                        .map(Reply.Header::value)
                        .toList());
        Challenge challenge = new Challenge(
                "i", FailureReason.STEP_UP_REQUIRED, List.of("Bearer realm=\"r\"", "Session realm=\"r\""));
        assertEquals(
                "Bearer realm=\"r\", error=\"insufficient_user_authentication\"",
                answers.of(new Decision.Challenged(challenge), request, AnswerMode.API)
                        .headerOrEmpty("WWW-Authenticate"));
    }

    @Test
    void namesABadTokenByRfc6750Section3OnlyIfOneWasSent() {
        Decision bad = new Decision.Challenged(
                new Challenge("i", FailureReason.EXPIRED_CREDENTIAL, List.of("Bearer realm=\"r\"")));
        Decision none = new Decision.Challenged(new Challenge("i", null, List.of("Bearer realm=\"r\"")));
        FakeRequest with = FakeRequest.get("/").header("Authorization", "Bearer t");
        assertEquals("Bearer realm=\"r\", error=\"invalid_token\"", challenge(bad, with));
        assertEquals("Bearer realm=\"r\"", challenge(bad, FakeRequest.get("/")));
        assertEquals("Bearer realm=\"r\"", challenge(none, with));
    }

    private String challenge(Decision decision, FakeRequest request) {
        return answers.of(decision, request, AnswerMode.API).headerOrEmpty("WWW-Authenticate");
    }

    private Decision decide(FakeRequest request) {
        clock.advance(Duration.ofHours(1));
        AuthEngine engine = AuthEngine.builder()
                .authenticator(new FakeAuthenticator("bearer", AuthOutcome.absent()))
                .store(new FakeStore(Fixtures.found(Fixtures.PLAIN)))
                .clock(clock)
                .build();
        Decision decision = engine.decide(request, fresh);
        assertEquals(
                FailureReason.STEP_UP_REQUIRED,
                assertInstanceOf(Decision.Challenged.class, decision)
                        .challenge()
                        .reason());
        return decision;
    }

    private static Verdict verdict(Policy policy, Identity identity) {
        return policy.evaluate(identity, FakeRequest.get("/"));
    }
}
