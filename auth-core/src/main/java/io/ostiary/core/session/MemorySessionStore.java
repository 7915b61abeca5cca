package io.ostiary.core.session;

import io.ostiary.core.cache.ExpiringCache;
import io.ostiary.core.cache.MemoryEpochs;
import io.ostiary.core.spi.LogoutTargets;
import io.ostiary.core.spi.SubjectKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sessions in this process; when it is full, the sessions least used end first. Requests take no lock; logins take one,
 * under which nothing blocks. Thread-safe.
 */
final class MemorySessionStore implements SessionStore {
    private static final int MAX_EPOCHS = 1_000_000;
    private static final Comparator<SessionRecord> OLDEST_FIRST =
            Comparator.comparing(SessionRecord::created).thenComparing(SessionRecord::digest);
    private final ExpiringCache<String, Live> sessions;
    private final ConcurrentMap<SubjectKey, Set<String>> byOwner = new ConcurrentHashMap<>();
    private final MemoryEpochs epochs;
    private final ReentrantLock changing = new ReentrantLock();

    MemorySessionStore(SessionSettings settings, InstantSource clock) {
        this.sessions = new ExpiringCache<>(
                settings.maxSessions(), clock, live -> settings.endOf(live.session), (digest, live) -> live.end());
        this.epochs = new MemoryEpochs(MAX_EPOCHS, clock);
    }

    /** The place of one session, which requests look at without searching for it. */
    private final class Live implements Supplier<@Nullable SessionRecord> {
        private volatile SessionRecord session;
        private volatile boolean ended;

        Live(SessionRecord session) {
            this.session = session;
        }

        @Override
        public @Nullable SessionRecord get() {
            SessionRecord now = session;
            return ended || over(now) ? null : now;
        }

        /** Under the lock that the cache holds for its key. */
        Live usedAt(Instant time) {
            session = session.usedAt(time);
            return this;
        }

        /** Touches no cache and takes no lock of ours: the cache calls this in the middle of its own work. */
        void end() {
            ended = true;
            byOwner.computeIfPresent(session.owner(), (owner, digests) -> {
                digests.remove(session.digest());
                return digests.isEmpty() ? null : digests;
            });
        }
    }

    @Override
    public boolean insert(SessionRecord session, int limit) {
        changing.lock();
        try {
            if (over(session)) {
                return false;
            }
            // Listed before it can be found: whoever ends all sessions must not miss one.
            byOwner.compute(session.owner(), (owner, digests) -> with(digests, session.digest()));
            sessions.put(session.digest(), new Live(session));
            List<SessionRecord> mine = ofOwner(session.owner());
            // The new one stays even if a clock elsewhere runs ahead and makes it look the oldest.
            mine.stream()
                    .filter(other -> !other.digest().equals(session.digest()))
                    .limit(Math.max(0, mine.size() - limit))
                    .forEach(oldest -> remove(oldest.digest()));
            return true;
        } finally {
            changing.unlock();
        }
    }

    @Override
    public @Nullable SessionRecord find(String digest) {
        Live live = sessions.get(digest);
        return live == null ? null : live.get();
    }

    /** A look there does not count as a use, as a search does; the note of a use, each minute, does. */
    @Override
    public Supplier<@Nullable SessionRecord> watch(String digest) {
        Live live = sessions.get(digest);
        return live == null ? () -> null : live;
    }

    @Override
    public boolean touch(String digest, Instant time) {
        return sessions.update(digest, live -> live.usedAt(time)) != null;
    }

    @Override
    public boolean remove(String digest) {
        Live removed = sessions.remove(digest);
        if (removed == null) {
            return false;
        }
        removed.end();
        return true;
    }

    @Override
    public List<SessionRecord> ofOwner(SubjectKey owner) {
        return byOwner.getOrDefault(owner, Set.of()).stream()
                .map(this::find)
                .filter(Objects::nonNull)
                .sorted(OLDEST_FIRST)
                .toList();
    }

    @Override
    public Instant notBefore(SubjectKey subject) {
        return epochs.notBefore(subject);
    }

    @Override
    public void raise(SubjectKey subject, Instant notBefore) {
        epochs.raise(subject, notBefore);
        List.copyOf(byOwner.getOrDefault(subject, Set.of())).forEach(digest -> {
            Live live = sessions.get(digest);
            if (live != null && over(live.session)) {
                remove(digest);
            }
        });
    }

    @Override
    public List<SessionRecord> removeMatching(LogoutTargets.Target target) {
        List<SessionRecord> matching = sessions.values().stream()
                .map(live -> live.session)
                .filter(session -> target.fits(session.identity()))
                .toList();
        return matching.stream().filter(session -> remove(session.digest())).toList();
    }

    private boolean over(SessionRecord session) {
        return !epochs.isEmpty() && !session.created().isAfter(epochs.notBefore(session.owner()));
    }

    private static Set<String> with(@Nullable Set<String> digests, String digest) {
        Set<String> all = digests == null ? ConcurrentHashMap.newKeySet(1) : digests;
        all.add(digest);
        return all;
    }
}
