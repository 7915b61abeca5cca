package io.ostiary.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.core.Identity;
import io.ostiary.core.crypto.Tokens;
import io.ostiary.core.session.SessionRecord;
import io.ostiary.core.session.SessionStore;
import io.ostiary.core.spi.LogoutTargets;
import io.ostiary.core.spi.SubjectKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/**
 * What every {@link SessionStore} must do. Extend it, say how to make an empty store, and run it against the real backend:
 * {@code final class MyStoreTest extends SessionStoreTck}.
 */
public abstract class SessionStoreTck {
    private static final int THREADS = 50;
    private final MutableClock clock = new MutableClock();
    private final Tokens tokens = new Tokens();
    private SessionStore store;

    /** For subclasses. */
    protected SessionStoreTck() {}

    /**
     * Makes a store.
     *
     * @param time tells the time
     * @return empty, with room for 1000 sessions that end after half an hour without use and after a day
     */
    protected abstract SessionStore store(InstantSource time);

    @BeforeEach
    final void startsEmpty() {
        store = store(clock);
    }

    @Test
    void findsWhatWasInserted() {
        SessionRecord session = full("ada");
        assertTrue(store.insert(session, 10));
        assertEquals(session, store.find(session.digest()));
    }

    @Test
    void findsNothingElse() {
        store.insert(session("ada"), 10);
        assertNull(store.find(Tokens.digest("another")));
    }

    @Test
    void endsWhatIsRemoved() {
        SessionRecord session = inserted("ada");
        assertTrue(store.remove(session.digest()));
        assertNull(store.find(session.digest()));
        assertFalse(store.remove(session.digest()));
        assertEquals(List.of(), store.ofOwner(session.owner()));
    }

    @Test
    void notesAUse() {
        SessionRecord session = inserted("ada");
        Instant later = clock.instant().plusSeconds(90);
        assertTrue(store.touch(session.digest(), later));
        assertEquals(session.usedAt(later), store.find(session.digest()));
    }

    @Test
    void aWatchedSessionShowsEachUseAndItsEndAtOnce() {
        SessionRecord session = inserted("ada");
        Supplier<SessionRecord> watched = store.watch(session.digest());
        assertEquals(session, watched.get());
        Instant later = clock.instant().plusSeconds(90);
        store.touch(session.digest(), later);
        assertEquals(session.usedAt(later), watched.get());
        store.remove(session.digest());
        assertNull(watched.get());
        assertNull(store.watch(session.digest()).get());
    }

    @Test
    void aWatchedSessionEndsWithItsOwnersEpoch() {
        SessionRecord session = inserted("ada");
        Supplier<SessionRecord> watched = store.watch(session.digest());
        store.raise(session.owner(), clock.instant());
        assertNull(watched.get());
    }

    @Test
    void aUseAfterTheEndBringsNothingBack() {
        SessionRecord session = inserted("ada");
        store.remove(session.digest());
        assertFalse(store.touch(session.digest(), clock.instant()));
        assertNull(store.find(session.digest()));
        assertEquals(List.of(), store.ofOwner(session.owner()));
    }

    @Test
    void listsTheSessionsOfOneOwnerOnly() {
        SessionRecord first = inserted("ada");
        clock.advance(Duration.ofSeconds(1));
        SessionRecord second = inserted("ada");
        inserted("vic");
        assertEquals(List.of(first, second), store.ofOwner(first.owner()));
        assertEquals(List.of(), store.ofOwner(new SubjectKey("https://other.example", "ada")));
    }

    @Test
    void doesNotMixUpIssuerAndSubject() {
        store.insert(with(identity("https://op.example/a", "b")), 10);
        assertEquals(List.of(), store.ofOwner(new SubjectKey("https://op.example/", "ab")));
        assertEquals(List.of(), store.ofOwner(new SubjectKey("https://op.example", "a b")));
    }

    @Test
    void endsTheOldestBeyondTheLimit() {
        SessionRecord first = inserted("ada");
        clock.advance(Duration.ofSeconds(1));
        SessionRecord second = inserted("ada");
        clock.advance(Duration.ofSeconds(1));
        SessionRecord third = session("ada");
        assertTrue(store.insert(third, 2));
        assertNull(store.find(first.digest()));
        assertEquals(List.of(second, third), store.ofOwner(third.owner()));
    }

    @RepeatedTest(20)
    void parallelLoginsKeepTheLimit() {
        List<SessionRecord> sessions = java.util.stream.IntStream.range(0, THREADS)
                .mapToObj(i -> session("ada"))
                .toList();
        Parallel.run(THREADS, i -> store.insert(sessions.get(i), 3));
        assertEquals(3, store.ofOwner(sessions.get(0).owner()).size());
        assertEquals(
                3,
                sessions.stream()
                        .filter(one -> store.find(one.digest()) != null)
                        .count());
    }

    @RepeatedTest(20)
    void aUseThatRacesAnEndBringsNothingBack() {
        SessionRecord session = inserted("ada");
        Supplier<SessionRecord> watched = store.watch(session.digest());
        Parallel.run(THREADS, i -> {
            if (i == THREADS / 2) {
                store.remove(session.digest());
            } else {
                store.touch(session.digest(), clock.instant().plusSeconds(i));
            }
        });
        assertNull(watched.get());
        assertNull(store.find(session.digest()));
        assertEquals(List.of(), store.ofOwner(session.owner()));
    }

    @Test
    void anEpochEndsWhatBeganAtOrBeforeIt() {
        SessionRecord session = inserted("ada");
        SessionRecord other = inserted("vic");
        store.raise(session.owner(), clock.instant());
        assertNull(store.find(session.digest()));
        assertEquals(List.of(), store.ofOwner(session.owner()));
        assertNotNull(store.find(other.digest()));
    }

    @Test
    void nothingFromBeforeTheEpochIsInserted() {
        SessionRecord late = session("ada");
        store.raise(late.owner(), clock.instant());
        assertFalse(store.insert(late, 10));
        assertNull(store.find(late.digest()));
        clock.advance(Duration.ofMillis(1));
        assertTrue(store.insert(session("ada"), 10));
    }

    @Test
    void anEpochIsNeverLowered() {
        SubjectKey ada = session("ada").owner();
        assertEquals(Instant.EPOCH, store.notBefore(ada));
        store.raise(ada, clock.instant());
        store.raise(ada, clock.instant().minusSeconds(5));
        assertEquals(clock.instant(), store.notBefore(ada));
        assertEquals(Instant.EPOCH, store.notBefore(session("vic").owner()));
    }

    @RepeatedTest(20)
    void aLoginThatRacesALogoutEverywhereDoesNotSurviveIt() {
        List<SessionRecord> sessions = java.util.stream.IntStream.range(0, THREADS)
                .mapToObj(i -> session("ada"))
                .toList();
        SubjectKey ada = sessions.get(0).owner();
        Parallel.run(THREADS, i -> {
            if (i == THREADS / 2) {
                store.raise(ada, clock.instant());
            } else {
                store.insert(sessions.get(i), THREADS);
            }
        });
        assertEquals(List.of(), store.ofOwner(ada));
        assertTrue(sessions.stream().allMatch(one -> store.find(one.digest()) == null));
    }

    @Test
    void anEndedSessionIsNotListed() {
        SessionRecord session = inserted("ada");
        clock.advance(Duration.ofHours(25));
        assertEquals(List.of(), store.ofOwner(session.owner()));
    }

    @Test
    void endsWhatAProviderNamesAndNothingElse() {
        SessionRecord named = with(identity("https://op.example", "ada").withAttribute("provider_sid", "s1"));
        SessionRecord other = with(identity("https://op.example", "ada").withAttribute("provider_sid", "s2"));
        SessionRecord foreign = with(identity("https://other.example", "ada").withAttribute("provider_sid", "s1"));
        for (SessionRecord each : List.of(named, other, foreign)) {
            assertTrue(store.insert(each, 10));
        }
        LogoutTargets.Target target =
                new LogoutTargets.Target(LogoutTargets.Target.By.PROVIDER_SESSION, "https://op.example", "s1");
        assertEquals(List.of(named), store.removeMatching(target));
        assertNull(store.find(named.digest()));
        assertEquals(other, store.find(other.digest()));
        assertEquals(foreign, store.find(foreign.digest()));
        assertEquals(List.of(), store.removeMatching(target));
    }

    private SessionRecord inserted(String subject) {
        SessionRecord session = session(subject);
        assertTrue(store.insert(session, 1000));
        return session;
    }

    private SessionRecord session(String subject) {
        return with(identity("https://op.example", subject));
    }

    private SessionRecord with(Identity identity) {
        Instant now = clock.instant();
        SessionRecord.State state = SessionRecord.State.AUTHENTICATED;
        return new SessionRecord(Tokens.digest(tokens.next()), state, identity, now, now, "192.0.2.7", "Browser");
    }

    private SessionRecord full(String subject) {
        Identity identity = new Identity(
                "A. \"Lovelace\" \u2603",
                "session",
                "https://op.example",
                subject,
                Set.of("admin", "a b"),
                Set.of("report.read"),
                Map.of("email", "ada@op.example", "x", ""),
                Set.of("pwd", "mfa"),
                clock.instant().minusMillis(1234));
        return with(identity);
    }

    private Identity identity(String issuer, String subject) {
        return Identity.of("session", issuer, subject, clock.instant());
    }
}
