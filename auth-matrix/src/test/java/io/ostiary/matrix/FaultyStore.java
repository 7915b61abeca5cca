package io.ostiary.matrix;

import io.ostiary.core.session.RememberStore;
import io.ostiary.core.session.SessionRecord;
import io.ostiary.core.session.SessionStore;
import io.ostiary.core.session.Stores;
import io.ostiary.core.spi.LogoutTargets;
import io.ostiary.core.spi.SubjectKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sessions in a map; each call asks {@link Faults} how it is to end. */
final class FaultyStore implements SessionStore {
    private final Map<String, SessionRecord> sessions = new ConcurrentHashMap<>();
    private final Map<SubjectKey, Instant> epochs = new ConcurrentHashMap<>();

    static Stores stores() {
        return new Stores(new FaultyStore(), new NoRememberStore());
    }

    private static <T extends @Nullable Object> T asked(Supplier<T> work) {
        Faults.ofStore();
        return work.get();
    }

    private @Nullable SessionRecord alive(@Nullable SessionRecord session) {
        return session == null || !session.created().isAfter(epochs.getOrDefault(session.owner(), Instant.EPOCH))
                ? null
                : session;
    }

    @Override
    public boolean insert(SessionRecord session, int limit) {
        return asked(() -> alive(session) != null && sessions.put(session.digest(), session) == null);
    }

    @Override
    public @Nullable SessionRecord find(String digest) {
        return FaultyStore.<@Nullable SessionRecord>asked(() -> alive(sessions.get(digest)));
    }

    @Override
    public boolean touch(String digest, Instant time) {
        return asked(() -> sessions.computeIfPresent(digest, (key, session) -> session.usedAt(time)) != null);
    }

    @Override
    public boolean remove(String digest) {
        return asked(() -> sessions.remove(digest) != null);
    }

    @Override
    public List<SessionRecord> ofOwner(SubjectKey owner) {
        return asked(() -> sessions.values().stream()
                .filter(session -> session.owner().equals(owner) && alive(session) != null)
                .sorted(Comparator.comparing(SessionRecord::created))
                .toList());
    }

    @Override
    public List<SessionRecord> removeMatching(LogoutTargets.Target target) {
        return asked(() -> {
            List<SessionRecord> found = sessions.values().stream()
                    .filter(session -> target.fits(session.identity()))
                    .toList();
            found.forEach(session -> sessions.remove(session.digest()));
            return found;
        });
    }

    @Override
    public Instant notBefore(SubjectKey subject) {
        return asked(() -> epochs.getOrDefault(subject, Instant.EPOCH));
    }

    @Override
    public void raise(SubjectKey subject, Instant notBefore) {
        asked(() -> epochs.merge(subject, notBefore, (old, raised) -> raised.isAfter(old) ? raised : old));
    }

    /** {@code session.remember-me} is off. */
    private static final class NoRememberStore implements RememberStore {
        @Override
        public void insert(Entry entry) {
            throw new IllegalStateException("nobody is remembered here");
        }

        @Override
        public @Nullable Entry find(String selector) {
            return null;
        }

        @Override
        public boolean replace(String seenVerifier, Entry next) {
            return false;
        }

        @Override
        public boolean remove(String selector) {
            return false;
        }
    }
}
