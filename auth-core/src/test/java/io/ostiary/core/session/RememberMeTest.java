package io.ostiary.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.core.AuthOutcome;
import io.ostiary.core.FailureReason;
import io.ostiary.core.Identity;
import io.ostiary.core.SetCookie;
import io.ostiary.core.StepUp;
import io.ostiary.core.Verdict;
import io.ostiary.core.spi.AuthEvent;
import io.ostiary.core.spi.SubjectKey;
import io.ostiary.testkit.FakeRequest;
import io.ostiary.testkit.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** SES-12. */
final class RememberMeTest {
    private final MutableClock clock = new MutableClock();
    private final List<AuthEvent> events = new CopyOnWriteArrayList<>();
    private final Sessions sessions = sessions("always");
    private final Identity ada =
            Identity.of("oauth", "https://op.example", "ada", clock.instant()).withAmr(Set.of("mfa"));

    @Test
    void keepsATokenForFourteenDays() {
        assertTrue(kept(sessions.save(FakeRequest.get("/"), ada))
                .headerValue()
                .matches("__Host-ostiary-remember=[\\w-]{43}\\.[\\w-]{43}; Path=/; Max-Age=1209600; Secure; HttpOnly;"
                        + " SameSite=Lax"));
    }

    @Test
    void keepsNothingUnlessItIsSwitchedOn() {
        assertEquals(1, sessions("off").save(FakeRequest.get("/"), ada).size());
        assertEquals(List.of(), sessions("off").chooseToBeRemembered());
        SetCookie token = logIn();
        assertNull(sessions("off").redeem(with(token)));
    }

    @Test
    void keepsATokenOnRequestOnly() {
        Sessions onRequest = sessions("on-request");
        assertEquals(1, onRequest.save(FakeRequest.get("/"), ada).size());
        List<SetCookie> cookies =
                onRequest.save(with(onRequest.chooseToBeRemembered().get(0)), ada);
        assertEquals(3, cookies.size());
        assertEquals(Duration.ZERO, cookies.get(2).maxAge());
        assertNotNull(onRequest.redeem(with(cookies.get(1))));
    }

    @Test
    void bringsThePersonBackButNeverFreshlyProven() {
        SetCookie token = logIn();
        Sessions.Remembered back = redeemed(token);
        assertEquals("ada", back.identity().subject());
        assertEquals(Instant.EPOCH, back.identity().authTime());
        assertEquals(Set.of(), back.identity().amr());
        SetCookie session = sessions.save(with(token), back.identity()).get(0);
        AuthOutcome.Authenticated in = assertInstanceOf(AuthOutcome.Authenticated.class, sessions.load(with(session)));
        assertEquals(SessionRecord.State.REMEMBERED, current(with(session)).state());
        assertEquals(
                Verdict.NEEDS_STEP_UP,
                StepUp.provenWithin(Duration.ofDays(365), clock).evaluate(in.identity(), FakeRequest.get("/")));
        assertEquals(
                Verdict.NEEDS_STEP_UP, StepUp.anyMethod(Set.of("mfa")).evaluate(in.identity(), FakeRequest.get("/")));
    }

    @Test
    void aRememberedLoginDoesNotProlongItself() {
        SetCookie token = logIn();
        clock.advance(Duration.ofDays(10));
        Sessions.Remembered back = redeemed(token);
        assertEquals(Duration.ofDays(4), back.cookies().get(0).maxAge());
        assertEquals(1, sessions.save(with(token), back.identity()).size());
        clock.advance(Duration.ofDays(4));
        assertNull(sessions.redeem(with(back.cookies().get(0))));
    }

    @Test
    void changesTheTokenAtEachUse() {
        SetCookie first = logIn();
        SetCookie second = redeemed(first).cookies().get(0);
        assertNotEquals(first.value(), second.value());
        clock.advance(Duration.ofDays(1));
        SetCookie third = redeemed(second).cookies().get(0);
        assertNotEquals(second.value(), third.value());
    }

    @Test
    void tabsThatOpenTogetherAllComeBack() {
        SetCookie token = logIn();
        redeemed(token);
        clock.advance(Duration.ofSeconds(29));
        assertEquals(List.of(), redeemed(token).cookies());
        assertEquals(List.of(), events);
    }

    @Test
    void aTokenThatComesTwiceEndsEverythingOfItsOwner() {
        SetCookie session = sessions.save(FakeRequest.get("/"), ada).get(0);
        clock.advance(Duration.ofSeconds(1));
        SetCookie token = logIn();
        SetCookie stolen = redeemed(token).cookies().get(0);
        clock.advance(Duration.ofSeconds(30));
        assertNull(sessions.redeem(with(token)));
        assertNull(sessions.redeem(with(stolen)));
        assertEquals(AuthOutcome.failed(FailureReason.SESSION_EXPIRED), sessions.load(with(session)));
        assertEquals(1, events.size());
        assertEquals(AuthEvent.Type.CREDENTIAL_REPLAYED, events.get(0).type());
        assertEquals(
                "ada",
                java.util.Objects.requireNonNull(events.get(0).identity()).subject());
    }

    @Test
    void diesOnLogoutEvenIfAThiefChangedItTwice() {
        SetCookie mine = logIn();
        SetCookie thiefs = redeemed(redeemed(mine).cookies().get(0)).cookies().get(0);
        List<SetCookie> cleared = sessions.clear(with(mine));
        assertEquals(Duration.ZERO, cleared.get(1).maxAge());
        assertNull(sessions.redeem(with(thiefs)));
    }

    @Test
    void diesWhenTheOwnerIsLoggedOutEverywhere() {
        SetCookie token = logIn();
        sessions.endAll(SubjectKey.of(ada));
        assertNull(sessions.redeem(with(token)));
        assertEquals(List.of(), events);
    }

    @Test
    void forgedAndDoubledTokensBringNobody() {
        SetCookie token = logIn();
        String selector = token.value().substring(0, 43);
        assertNull(sessions.redeem(FakeRequest.get("/")));
        assertNull(sessions.redeem(with(token).cookie(token.name(), token.value())));
        for (String forged : List.of("", ".", "x", "A".repeat(43) + "." + "B".repeat(43), selector, selector + ".")) {
            assertNull(sessions.redeem(FakeRequest.get("/").cookie(token.name(), forged)), forged);
        }
        assertNotNull(sessions.redeem(with(token)));
    }

    private Sessions sessions(String mode) {
        SessionSettings settings = Fixture.settings("remember-me", mode);
        return Fixture.sessions(settings, new MemorySessionStore(settings, clock), clock, events::add);
    }

    private SetCookie logIn() {
        return kept(sessions.save(FakeRequest.get("/"), ada));
    }

    private Sessions.Remembered redeemed(SetCookie token) {
        Sessions.Remembered back = sessions.redeem(with(token));
        assertNotNull(back);
        return back;
    }

    private static SetCookie kept(List<SetCookie> cookies) {
        return cookies.get(1);
    }

    private SessionRecord current(FakeRequest request) {
        return java.util.Objects.requireNonNull(sessions.current(request));
    }

    private static FakeRequest with(SetCookie cookie) {
        return FakeRequest.get("/").cookie(cookie.name(), cookie.value());
    }
}
