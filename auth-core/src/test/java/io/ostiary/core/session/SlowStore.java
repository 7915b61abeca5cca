package io.ostiary.core.session;

import io.ostiary.core.spi.LogoutTargets;
import io.ostiary.core.spi.SubjectKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** A store that answers some questions only when the test says so. */
public final class SlowStore implements SessionStore {
    private final SessionStore inner;
    private final Set<String> slow = ConcurrentHashMap.newKeySet();
    private final CountDownLatch answer = new CountDownLatch(1);
    private final Semaphore asked = new Semaphore(0);
    private volatile boolean everything;

    /** Takes the time of the sessions. */
    public SlowStore(InstantSource clock) {
        inner = new MemorySessionStore(Fixture.settings("max-sessions", "1000"), clock);
    }

    /** With a store of remembered logins beside it. */
    public Stores with(InstantSource clock) {
        return new Stores(this, new MemoryRememberStore(100, clock));
    }

    /** Does not answer for one session from now on. */
    public void hangFor(String digest) {
        slow.add(digest);
    }

    /** Answers nobody from now on. */
    public void hang() {
        everything = true;
    }

    /** Waits until so many wait for an answer. */
    public void awaitAsked(int calls) {
        asked.acquireUninterruptibly(calls);
    }

    /** Answers all who wait, and whoever comes. */
    public void recover() {
        everything = false;
        slow.clear();
        answer.countDown();
    }

    private void pause(String digest) {
        if (everything || slow.contains(digest)) {
            asked.release();
            try {
                answer.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
    }

    @Override
    public boolean insert(SessionRecord session, int limit) {
        pause(session.digest());
        return inner.insert(session, limit);
    }

    @Override
    public @Nullable SessionRecord find(String digest) {
        pause(digest);
        return inner.find(digest);
    }

    @Override
    public boolean touch(String digest, Instant time) {
        return inner.touch(digest, time);
    }

    @Override
    public boolean remove(String digest) {
        pause(digest);
        return inner.remove(digest);
    }

    @Override
    public List<SessionRecord> ofOwner(SubjectKey owner) {
        return inner.ofOwner(owner);
    }

    @Override
    public List<SessionRecord> removeMatching(LogoutTargets.Target target) {
        return inner.removeMatching(target);
    }

    @Override
    public Instant notBefore(SubjectKey subject) {
        return inner.notBefore(subject);
    }

    @Override
    public void raise(SubjectKey subject, Instant notBefore) {
        inner.raise(subject, notBefore);
    }
}
