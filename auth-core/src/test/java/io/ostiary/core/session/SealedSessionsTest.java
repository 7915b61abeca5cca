package io.ostiary.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.core.AuthOutcome;
import io.ostiary.core.FailureReason;
import io.ostiary.core.Identity;
import io.ostiary.core.SetCookie;
import io.ostiary.core.cache.MemoryDenyList;
import io.ostiary.core.spi.DenyList;
import io.ostiary.core.spi.IdentityStore;
import io.ostiary.core.spi.SubjectKey;
import io.ostiary.testkit.FakeRequest;
import io.ostiary.testkit.MutableClock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** SES-11: sessions in the browser's cookie. */
final class SealedSessionsTest {
    private static final AuthOutcome EXPIRED = AuthOutcome.failed(FailureReason.SESSION_EXPIRED);
    private final MutableClock clock = new MutableClock();
    private final SessionSettings settings = Fixture.settings("mode", "cookie");
    private final SessionStore store = new MemorySessionStore(settings, clock);
    private final DenyList denied = new MemoryDenyList(100, clock);
    private final Sessions sessions = node("k".repeat(32));
    private final Identity ada = Identity.of("oauth", "https://op.example", "ada", clock.instant());

    @Test
    void keepsTheWholeSessionInTheCookie() {
        SetCookie cookie = logIn(ada);
        assertEquals(new AuthOutcome.Authenticated(ada.withScheme("session")), sessions.load(with(cookie)));
        assertEquals(List.of(), sessions.of(SubjectKey.of(ada)));
        assertTrue(cookie.headerValue().length() < 4096);
    }

    @Test
    void everyNodeOfTheSameKeyOpensItAndNoOther() {
        SetCookie cookie = logIn(ada);
        assertInstanceOf(AuthOutcome.Authenticated.class, node("k".repeat(32)).load(with(cookie)));
        assertEquals(EXPIRED, node("x".repeat(32)).load(with(cookie)));
    }

    @Test
    void refusesWhatWasTamperedWithOrCut() {
        String value = logIn(ada).value();
        for (int i = 0; i < value.length(); i += 7) {
            char other = value.charAt(i) == 'A' ? 'B' : 'A';
            assertEquals(EXPIRED, load(value.substring(0, i) + other + value.substring(i + 1)), "at " + i);
            assertEquals(EXPIRED, load(value.substring(0, i)), "cut at " + i);
        }
        assertEquals(EXPIRED, load(value + "A"));
        assertEquals(EXPIRED, load("A".repeat(100_000)));
    }

    @Test
    void aCookieCopiedBeforeTheLogoutIsDeadAfterIt() {
        SetCookie cookie = logIn(ada);
        clock.advance(Duration.ofMinutes(2));
        SetCookie renewed = renewal(cookie);
        sessions.clear(with(renewed));
        assertEquals(EXPIRED, sessions.load(with(cookie)));
        assertEquals(EXPIRED, sessions.load(with(renewed)));
        assertInstanceOf(AuthOutcome.Authenticated.class, sessions.load(with(logIn(ada))));
    }

    @Test
    void aLoginEndsTheSessionThatTheBrowserCameWith() {
        SetCookie first = logIn(ada);
        sessions.save(with(first), ada);
        assertEquals(EXPIRED, sessions.load(with(first)));
    }

    @Test
    void aLogoutEverywhereActsAtOnce() {
        SetCookie cookie = logIn(ada);
        sessions.endAll(SubjectKey.of(ada));
        assertEquals(EXPIRED, sessions.load(with(cookie)));
    }

    @Test
    void endsWhenUnusedAndInAnyCaseAfterADay() {
        SetCookie unused = logIn(ada);
        clock.advance(Duration.ofMinutes(30));
        assertEquals(EXPIRED, sessions.load(with(unused)));
        SetCookie used = logIn(ada);
        for (int i = 0; i < 71; i++) {
            clock.advance(Duration.ofMinutes(20));
            used = renewal(used);
        }
        clock.advance(Duration.ofMinutes(20));
        assertEquals(EXPIRED, sessions.load(with(used)));
    }

    @Test
    void renewsTheCookieAtMostOnceAMinute() {
        SetCookie cookie = logIn(ada);
        clock.advance(Duration.ofMinutes(1));
        FakeRequest early = with(cookie);
        sessions.load(early);
        assertNull(early.attribute(IdentityStore.RENEWAL));
        clock.advance(Duration.ofSeconds(1));
        assertNotNull(renewal(cookie));
    }

    @Test
    void whatIsTooLargeForACookieLivesOnTheServer() {
        Set<String> roles = new HashSet<>();
        for (int i = 0; i < 400; i++) {
            roles.add("role-of-some-length-" + i);
        }
        SetCookie cookie = logIn(ada.plusRoles(roles));
        assertEquals(43, cookie.value().length());
        assertEquals(
                new AuthOutcome.Authenticated(ada.plusRoles(roles).withScheme("session")), sessions.load(with(cookie)));
        sessions.clear(with(cookie));
        assertEquals(EXPIRED, sessions.load(with(cookie)));
    }

    @Test
    void halfALoginIsNobodyHereToo() {
        SetCookie half = sessions.savePending(FakeRequest.get("/"), ada).get(0);
        assertEquals(AuthOutcome.absent(), sessions.load(with(half)));
        assertEquals(ada, sessions.pending(with(half)));
    }

    @Test
    void aServerModeDoesNotTakeASealedSession() {
        SetCookie cookie = logIn(ada);
        Sessions server = Fixture.sessions(Fixture.settings(), store, clock, event -> {});
        assertEquals(EXPIRED, server.load(with(cookie)));
    }

    private Sessions node(String key) {
        return Fixture.sessions(settings, store, denied, clock, event -> {}, key);
    }

    private SetCookie renewal(SetCookie cookie) {
        FakeRequest request = with(cookie);
        assertInstanceOf(AuthOutcome.Authenticated.class, sessions.load(request));
        SetCookie renewed = request.attribute(IdentityStore.RENEWAL);
        assertNotNull(renewed);
        return renewed;
    }

    private AuthOutcome load(String value) {
        return sessions.load(FakeRequest.get("/").cookie("__Host-ostiary", value));
    }

    private SetCookie logIn(Identity identity) {
        return sessions.save(FakeRequest.get("/"), identity).get(0);
    }

    private static FakeRequest with(SetCookie cookie) {
        return FakeRequest.get("/").cookie(cookie.name(), cookie.value());
    }
}
