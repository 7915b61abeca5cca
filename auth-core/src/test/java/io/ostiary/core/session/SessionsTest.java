package io.ostiary.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.core.AuthOutcome;
import io.ostiary.core.FailureReason;
import io.ostiary.core.Identity;
import io.ostiary.core.SetCookie;
import io.ostiary.core.config.ConfigurationException;
import io.ostiary.core.config.Settings;
import io.ostiary.core.crypto.Tokens;
import io.ostiary.core.spi.AuthEvent;
import io.ostiary.core.spi.LogoutTargets;
import io.ostiary.core.spi.SubjectKey;
import io.ostiary.testkit.FakeRequest;
import io.ostiary.testkit.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SessionsTest {
    private static final AuthOutcome EXPIRED = AuthOutcome.failed(FailureReason.SESSION_EXPIRED);
    private final MutableClock clock = new MutableClock();
    private final SessionSettings settings = SessionSettings.from(Settings.of(Map.of()), true);
    private final CountingStore store = new CountingStore(new MemorySessionStore(settings, clock));
    private final List<AuthEvent> events = new CopyOnWriteArrayList<>();
    private final Sessions sessions = Fixture.sessions(settings, store, clock, events::add);
    private final Identity ada = Identity.of("oauth", "https://op.example", "ada", clock.instant());

    @Test
    void keepsAnIdentityUnderTheSchemeSession() {
        assertEquals(
                new AuthOutcome.Authenticated(ada.withScheme("session")),
                sessions.load(with(logIn(FakeRequest.get("/")))));
    }

    @Test
    void setsAHostOnlySecureLaxCookie() {
        assertTrue(logIn(FakeRequest.get("/"))
                .headerValue()
                .matches("__Host-ostiary=[A-Za-z0-9_-]{43}; Path=/; Secure; HttpOnly; SameSite=Lax"));
    }

    @Test
    void storesOnlyADigest() {
        SetCookie cookie = logIn(FakeRequest.get("/"));
        assertEquals(Tokens.digest(cookie.value()), store.inserted.get(0).digest());
        assertFalse(store.inserted.toString().contains(cookie.value()));
    }

    @Test
    void isAbsentWithoutACookie() {
        assertEquals(AuthOutcome.absent(), sessions.load(FakeRequest.get("/")));
    }

    @Test
    void neverAdoptsAnIdThatTheServerDidNotMake() {
        FakeRequest planted = FakeRequest.get("/").cookie("__Host-ostiary", "A".repeat(43));
        assertEquals(EXPIRED, sessions.load(planted));
        assertNotEquals("A".repeat(43), logIn(planted).value());
    }

    @Test
    void doesNotLookUpWhatCannotBeAnId() {
        assertEquals(EXPIRED, sessions.load(FakeRequest.get("/").cookie("__Host-ostiary", "x".repeat(8000))));
        assertEquals(0, store.finds);
    }

    @Test
    void refusesTwoCookiesOfTheName() {
        SetCookie cookie = logIn(FakeRequest.get("/"));
        assertEquals(
                AuthOutcome.failed(FailureReason.DUPLICATE_CREDENTIAL),
                sessions.load(with(cookie).cookie("__Host-ostiary", "other")));
    }

    @Test
    void aLoginEndsTheSessionThatTheBrowserCameWith() {
        SetCookie first = logIn(FakeRequest.get("/"));
        SetCookie second = logIn(with(first));
        assertNotEquals(first.value(), second.value());
        assertEquals(EXPIRED, sessions.load(with(first)));
        assertInstanceOf(AuthOutcome.Authenticated.class, sessions.load(with(second)));
    }

    @Test
    void endsAfterTheIdleTimeout() {
        SetCookie cookie = logIn(FakeRequest.get("/"));
        clock.advance(Duration.ofMinutes(30).minusSeconds(1));
        assertInstanceOf(AuthOutcome.Authenticated.class, sessions.load(with(cookie)));
        clock.advance(Duration.ofMinutes(30));
        assertEquals(EXPIRED, sessions.load(with(cookie)));
    }

    @Test
    void isOverAfterADayAndFiveMinutesWithoutUse() {
        SetCookie cookie = logIn(FakeRequest.get("/"));
        clock.advance(Duration.ofHours(24).plusMinutes(5));
        assertEquals(EXPIRED, sessions.load(with(cookie)));
    }

    @Test
    void endsAtTheAbsoluteTimeoutHoweverOftenItIsUsed() {
        SetCookie cookie = logIn(FakeRequest.get("/"));
        for (int minutes = 0; minutes < 24 * 60 - 10; minutes += 10) {
            clock.advance(Duration.ofMinutes(10));
            assertInstanceOf(AuthOutcome.Authenticated.class, sessions.load(with(cookie)));
        }
        clock.advance(Duration.ofMinutes(10));
        assertEquals(EXPIRED, sessions.load(with(cookie)));
    }

    @Test
    void doesNotTrustALazyStore() {
        store.alwaysFinds = new SessionRecord(
                "d", SessionRecord.State.AUTHENTICATED, ada, clock.instant(), clock.instant(), "192.0.2.1", "");
        clock.advance(Duration.ofMinutes(30));
        assertEquals(EXPIRED, sessions.load(FakeRequest.get("/").cookie("__Host-ostiary", "A".repeat(43))));
    }

    @Test
    void writesTheLastUseAtMostOnceAMinute() {
        SetCookie cookie = logIn(FakeRequest.get("/"));
        for (int second = 0; second < 150; second++) {
            sessions.load(with(cookie));
            clock.advance(Duration.ofSeconds(1));
        }
        assertEquals(2, store.touches);
    }

    @Test
    void logoutEndsItOnTheServerAndInTheBrowser() {
        SetCookie cookie = logIn(FakeRequest.get("/"));
        List<SetCookie> cleared = sessions.clear(with(cookie));
        assertEquals(
                "__Host-ostiary=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax",
                cleared.get(0).headerValue());
        assertEquals(EXPIRED, sessions.load(with(cookie)));
    }

    @Test
    void aUseThatCrossesALogoutDoesNotBringTheSessionBack() {
        SetCookie cookie = logIn(FakeRequest.get("/"));
        String digest = Tokens.digest(cookie.value());
        sessions.clear(with(cookie));
        assertFalse(store.touch(digest, clock.instant()));
        assertEquals(EXPIRED, sessions.load(with(cookie)));
    }

    @Test
    void logoutWithoutASessionIsNoFault() {
        assertEquals(1, sessions.clear(FakeRequest.get("/")).size());
        assertFalse(store.remove("unknown"));
    }

    @Test
    void overPlainHttpTheCookieHasAnotherNameAndIsNotSecure() {
        SessionSettings overHttp = SessionSettings.from(Settings.of(Map.of()), false);
        Sessions plain = Fixture.sessions(overHttp, store, clock, events::add);
        String line = plain.save(FakeRequest.get("/"), ada).get(0).headerValue();
        assertTrue(line.matches("ostiary=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Lax"), line);
    }

    @Test
    void halfALoginIsNobody() {
        SetCookie half = sessions.savePending(FakeRequest.get("/"), ada).get(0);
        assertEquals(AuthOutcome.absent(), sessions.load(with(half)));
        assertEquals(ada, sessions.pending(with(half)));
        assertEquals(List.of(), sessions.of(SubjectKey.of(ada)));
    }

    @Test
    void aWholeLoginIsNotPendingAndEndsTheHalfOne() {
        SetCookie half = sessions.savePending(FakeRequest.get("/"), ada).get(0);
        SetCookie whole = logIn(with(half));
        assertNotEquals(half.value(), whole.value());
        assertNull(sessions.pending(with(half)));
        assertNull(sessions.pending(with(whole)));
    }

    @Test
    void halfALoginEndsAfterTenMinutes() {
        SetCookie half = sessions.savePending(FakeRequest.get("/"), ada).get(0);
        clock.advance(Duration.ofMinutes(10));
        assertNull(sessions.pending(with(half)));
    }

    @Test
    void listsDeviceAddressAndTimesWithoutAnyId() {
        FakeRequest login = FakeRequest.get("/").remoteAddress("192.0.2.7").header("User-Agent", "B".repeat(300));
        SetCookie cookie = logIn(login);
        clock.advance(Duration.ofMinutes(2));
        sessions.load(with(cookie));
        SessionRecord listed = sessions.of(SubjectKey.of(ada)).get(0);
        assertEquals("B".repeat(255), listed.device());
        assertEquals("192.0.2.7", listed.address());
        assertEquals(clock.instant().minus(Duration.ofMinutes(2)), listed.created());
        assertEquals(clock.instant(), listed.lastUsed());
        assertTrue(listed.handle().matches("[A-Za-z0-9_-]{22}"));
        assertFalse(listed.toJson().contains(cookie.value()));
        assertEquals(listed.handle(), current(with(cookie)).handle());
    }

    @Test
    void endsOneByItsHandle() {
        SetCookie first = logIn(FakeRequest.get("/"));
        SetCookie second = logIn(FakeRequest.get("/"));
        String handle = current(with(first)).handle();
        assertTrue(sessions.end(SubjectKey.of(ada), handle));
        assertFalse(sessions.end(SubjectKey.of(ada), handle));
        assertEquals(EXPIRED, sessions.load(with(first)));
        assertInstanceOf(AuthOutcome.Authenticated.class, sessions.load(with(second)));
    }

    @Test
    void nobodyEndsTheSessionOfAnother() {
        SetCookie cookie = logIn(FakeRequest.get("/"));
        String handle = current(with(cookie)).handle();
        assertFalse(sessions.end(new SubjectKey("https://op.example", "eve"), handle));
        assertInstanceOf(AuthOutcome.Authenticated.class, sessions.load(with(cookie)));
    }

    @Test
    void endsAllAtOnceAndLetsLogInAgainAtTheSameInstant() {
        SetCookie first = logIn(FakeRequest.get("/"));
        SetCookie second = logIn(FakeRequest.get("/"));
        sessions.endAll(SubjectKey.of(ada));
        assertEquals(EXPIRED, sessions.load(with(first)));
        assertEquals(EXPIRED, sessions.load(with(second)));
        SetCookie third = logIn(FakeRequest.get("/"));
        assertInstanceOf(AuthOutcome.Authenticated.class, sessions.load(with(third)));
    }

    @Test
    void letsLogInThoughAnotherNodesClockIsAhead() {
        store.raise(SubjectKey.of(ada), clock.instant().plusSeconds(3));
        assertInstanceOf(AuthOutcome.Authenticated.class, sessions.load(with(logIn(FakeRequest.get("/")))));
    }

    @Test
    void keepsTheLimitForEachPerson() {
        SetCookie first = logIn(FakeRequest.get("/"));
        for (int i = 0; i < 50; i++) {
            clock.advance(Duration.ofMillis(1));
            logIn(FakeRequest.get("/"));
        }
        assertEquals(50, sessions.of(SubjectKey.of(ada)).size());
        assertEquals(EXPIRED, sessions.load(with(first)));
    }

    @Test
    void aStoreThatIsDownIsAFaultAndNobody() {
        store.down = true;
        FakeRequest request = FakeRequest.get("/").cookie("__Host-ostiary", "A".repeat(43));
        assertThrows(IllegalStateException.class, () -> sessions.load(request));
        assertThrows(IllegalStateException.class, () -> logIn(FakeRequest.get("/")));
    }

    @Test
    void refusesALimitWhereTheServerDoesNotCount() {
        Settings both = Settings.of(Map.of("session.mode", "cookie", "session.max-per-user", "3"));
        assertEquals(
                "settings: 'session.max-per-user' counts sessions on the server; allowed: only with 'session.mode'"
                        + " set to server",
                assertThrows(ConfigurationException.class, () -> SessionSettings.from(both, true))
                        .getMessage());
    }

    private SetCookie logIn(FakeRequest request) {
        return sessions.save(request, ada).get(0);
    }

    private SessionRecord current(FakeRequest request) {
        return java.util.Objects.requireNonNull(sessions.current(request));
    }

    private static FakeRequest with(SetCookie cookie) {
        return FakeRequest.get("/").cookie(cookie.name(), cookie.value());
    }

    private static final class CountingStore implements SessionStore {
        private final SessionStore inner;
        private final List<SessionRecord> inserted = new ArrayList<>();
        private @Nullable SessionRecord alwaysFinds;
        private boolean down;
        private int finds;
        private int touches;

        CountingStore(SessionStore inner) {
            this.inner = inner;
        }

        @Override
        public boolean insert(SessionRecord session, int limit) {
            inserted.add(session);
            return inner.insert(session, limit);
        }

        @Override
        public List<SessionRecord> ofOwner(SubjectKey owner) {
            return inner.ofOwner(owner);
        }

        @Override
        public Instant notBefore(SubjectKey subject) {
            fail();
            return inner.notBefore(subject);
        }

        @Override
        public void raise(SubjectKey subject, Instant notBefore) {
            inner.raise(subject, notBefore);
        }

        private void fail() {
            if (down) {
                throw new IllegalStateException("connection refused");
            }
        }

        @Override
        public @Nullable SessionRecord find(String digest) {
            fail();
            finds++;
            return alwaysFinds != null ? alwaysFinds : inner.find(digest);
        }

        @Override
        public boolean touch(String digest, Instant time) {
            touches++;
            return inner.touch(digest, time);
        }

        @Override
        public List<SessionRecord> removeMatching(LogoutTargets.Target target) {
            return inner.removeMatching(target);
        }

        @Override
        public boolean remove(String digest) {
            return inner.remove(digest);
        }
    }
}
