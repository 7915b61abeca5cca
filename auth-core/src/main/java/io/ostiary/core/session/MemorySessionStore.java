package io.ostiary.core.session;

import io.ostiary.core.cache.ExpiringCache;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Sessions in this process; when it is full, the sessions least used end first. Thread-safe. */
final class MemorySessionStore implements SessionStore {
    private final ExpiringCache<String, SessionRecord> sessions;

    MemorySessionStore(SessionSettings settings, InstantSource clock) {
        this.sessions = new ExpiringCache<>(settings.maxSessions(), clock, settings::endOf);
    }

    @Override
    public void insert(SessionRecord session) {
        sessions.put(session.digest(), session);
    }

    @Override
    public @Nullable SessionRecord find(String digest) {
        return sessions.get(digest);
    }

    @Override
    public boolean touch(String digest, Instant time) {
        return sessions.update(digest, session -> session.usedAt(time)) != null;
    }

    @Override
    public boolean remove(String digest) {
        return sessions.remove(digest) != null;
    }
}
