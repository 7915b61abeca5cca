package io.ostiary.core.session;

import io.ostiary.core.spi.LogoutTargets;
import io.ostiary.core.spi.SubjectKey;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A store of sessions of which only so many calls run at once. Thread-safe. */
record BoundedSessionStore(SessionStore store, Places places) implements SessionStore {
    @Override
    public boolean insert(SessionRecord session, int limit) {
        return places.call(() -> store.insert(session, limit));
    }

    @Override
    public @Nullable SessionRecord find(String digest) {
        return places.<@Nullable SessionRecord>call(() -> store.find(digest));
    }

    @Override
    public Supplier<@Nullable SessionRecord> watch(String digest) {
        Supplier<@Nullable SessionRecord> watched = places.call(() -> store.watch(digest));
        return () -> places.<@Nullable SessionRecord>call(watched);
    }

    @Override
    public boolean touch(String digest, Instant time) {
        return places.call(() -> store.touch(digest, time));
    }

    @Override
    public boolean remove(String digest) {
        return places.call(() -> store.remove(digest));
    }

    @Override
    public List<SessionRecord> ofOwner(SubjectKey owner) {
        return places.call(() -> store.ofOwner(owner));
    }

    @Override
    public List<SessionRecord> removeMatching(LogoutTargets.Target target) {
        return places.call(() -> store.removeMatching(target));
    }

    @Override
    public Instant notBefore(SubjectKey subject) {
        return places.call(() -> store.notBefore(subject));
    }

    @Override
    public void raise(SubjectKey subject, Instant notBefore) {
        places.call(() -> {
            store.raise(subject, notBefore);
            return notBefore;
        });
    }
}
