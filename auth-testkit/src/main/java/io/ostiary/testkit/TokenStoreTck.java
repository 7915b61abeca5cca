package io.ostiary.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.core.Identity;
import io.ostiary.core.crypto.Tokens;
import io.ostiary.core.spi.LogoutTargets;
import io.ostiary.core.token.TokenStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What every {@link TokenStore} must do. Extend it and run it against the real backend. */
public abstract class TokenStoreTck {
    private static final int THREADS = 50;
    private final MutableClock clock = new MutableClock();
    private final Tokens tokens = new Tokens();
    private TokenStore store;

    /** For subclasses. */
    protected TokenStoreTck() {}

    /**
     * Makes a store.
     *
     * @param time tells the time
     * @return empty, with room for 1000 families
     */
    protected abstract TokenStore store(InstantSource time);

    @BeforeEach
    final void startsEmpty() {
        store = store(clock);
    }

    @Test
    void findsWhatWasInserted() {
        TokenStore.Family family = inserted("s1");
        assertEquals(family, store.find(family.id()));
        assertNull(store.find("another"));
    }

    @Test
    void aFamilyComesBackWholeFromJson() {
        TokenStore.Family family = inserted("s1");
        assertEquals(family, TokenStore.Family.fromJson(family.toJson()));
        assertNull(TokenStore.Family.fromJson(family.toJson().replace("\"v\":1", "\"v\":2")));
        assertNull(TokenStore.Family.fromJson("{}"));
    }

    @Test
    void rotatesWhatIsStillAsSeen() {
        TokenStore.Family family = inserted("s1");
        TokenStore.Family next = family.rotatedTo("t2", clock.instant());
        assertTrue(store.replace(family.token(), next));
        assertEquals(next, store.find(family.id()));
        assertFalse(store.replace(family.token(), family.rotatedTo("t3", clock.instant())));
        assertEquals(next, store.find(family.id()));
    }

    @Test
    void doesNotBringBackWhatWasRemoved() {
        TokenStore.Family family = inserted("s1");
        assertEquals(family, store.remove(family.id()));
        assertNull(store.remove(family.id()));
        assertFalse(store.replace(family.token(), family.rotatedTo("t2", clock.instant())));
        assertNull(store.find(family.id()));
    }

    @Test
    void removesTheFamiliesOfOneSession() {
        TokenStore.Family one = inserted("s1");
        TokenStore.Family two = inserted("s1");
        TokenStore.Family other = inserted("s2");
        store.replace(two.token(), two.rotatedTo("t2", clock.instant()));
        assertEquals(2, store.removeOf("s1").size());
        assertEquals(List.of(), store.removeOf("s1"));
        assertNull(store.find(one.id()));
        assertNull(store.find(two.id()));
        assertEquals(other, store.find(other.id()));
    }

    @Test
    void removesTheFamiliesThatAProviderNames() {
        TokenStore.Family named = inserted("s1", "sid-1");
        TokenStore.Family other = inserted("s1", "sid-2");
        TokenStore.Family nameless = inserted("s1");
        assertEquals(List.of(), store.removeMatching(target("https://other.example", "sid-1")));
        assertEquals(List.of(named), store.removeMatching(target("https://op.example", "sid-1")));
        assertEquals(List.of(), store.removeMatching(target("https://op.example", "sid-1")));
        assertNull(store.find(named.id()));
        assertEquals(other, store.find(other.id()));
        assertEquals(nameless, store.find(nameless.id()));
    }

    private static LogoutTargets.Target target(String issuer, String sid) {
        return new LogoutTargets.Target(LogoutTargets.Target.By.PROVIDER_SESSION, issuer, sid);
    }

    @RepeatedTest(20)
    void onlyOneOfManyParallelRotationsWins() {
        TokenStore.Family family = inserted("s1");
        AtomicInteger won = new AtomicInteger();
        Parallel.run(THREADS, i -> {
            if (store.replace(family.token(), family.rotatedTo("next" + i, clock.instant()))) {
                won.incrementAndGet();
            }
        });
        assertEquals(1, won.get());
    }

    @RepeatedTest(20)
    void aRotationThatRacesARemovalBringsNothingBack() {
        TokenStore.Family family = inserted("s1");
        Parallel.run(THREADS, i -> {
            if (i == THREADS / 2) {
                store.removeOf("s1");
            } else {
                store.replace(family.token(), family.rotatedTo("next" + i, clock.instant()));
            }
        });
        assertNull(store.find(family.id()));
    }

    private TokenStore.Family inserted(String session) {
        return inserted(session, "");
    }

    private TokenStore.Family inserted(String session, String sid) {
        Identity ada = Identity.of("session", "https://op.example", "ada", clock.instant());
        TokenStore.Family family = new TokenStore.Family(
                tokens.next(),
                Tokens.digest(tokens.next()),
                "",
                clock.instant(),
                sid.isEmpty() ? ada : ada.withAttribute("provider_sid", sid),
                session,
                Set.of("read"),
                clock.instant(),
                clock.instant().plus(Duration.ofDays(30)));
        store.insert(family);
        return family;
    }
}
