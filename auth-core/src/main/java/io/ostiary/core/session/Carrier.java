package io.ostiary.core.session;

import io.ostiary.core.cache.TextMemo;
import io.ostiary.core.crypto.Tokens;
import io.ostiary.core.spi.LogoutTargets.Target;
import io.ostiary.core.spi.SubjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the cookie's value stands for: the id of a session on the server, or a sealed session. Thread-safe. */
final class Carrier {
    private static final int ID_LENGTH = 43;
    private static final int LATELY_BITS = 12;
    private final SessionSettings settings;
    private final SessionStore store;
    private final SealedSessions sealed;
    private final TextMemo<Supplier<@Nullable SessionRecord>> lately = new TextMemo<>(LATELY_BITS);

    Carrier(SessionSettings settings, SessionStore store, SealedSessions sealed) {
        this.settings = settings;
        this.store = store;
        this.sealed = sealed;
    }

    /** The value for the cookie; null if the owner was logged out everywhere meanwhile. */
    @Nullable
    String begin(SessionRecord session, String id) {
        String value = inCookies() ? sealed.seal(session) : null;
        if (value != null) {
            return value;
        }
        // Also what is too large for a cookie lives on the server.
        return store.insert(session, settings.maxPerUser()) ? id : null;
    }

    /** Null if there is none; the caller looks at the time. */
    @Nullable
    SessionRecord find(String value) {
        if (isId(value)) {
            return byId(value);
        }
        return inCookies() ? sealed.open(value) : null;
    }

    /** Only ids of sessions that exist are remembered, so that made-up ones push none out. */
    private @Nullable SessionRecord byId(String id) {
        Supplier<@Nullable SessionRecord> known = lately.get(id);
        if (known != null) {
            return known.get();
        }
        String digest = Tokens.digest(id);
        SessionRecord session = store.find(digest);
        if (session != null) {
            lately.put(id, store.watch(digest));
        }
        return session;
    }

    /** A new value for the cookie; null if the old one stays. */
    @Nullable
    String touch(String value, SessionRecord session, Instant now) {
        if (isId(value)) {
            store.touch(session.digest(), now);
            return null;
        }
        return sealed.seal(session.usedAt(now));
    }

    void end(String value) {
        if (isId(value)) {
            store.remove(Tokens.digest(value));
            return;
        }
        SessionRecord session = inCookies() ? sealed.open(value) : null;
        if (session != null) {
            sealed.withdraw(session, session.created().plus(settings.absoluteTimeout()));
        }
    }

    /** Ends what a provider names; in cookies they cannot be counted. */
    int end(Target target, Instant now, Consumer<String> ended) {
        if (target.by() == Target.By.SUBJECT) {
            SubjectKey owner = new SubjectKey(target.issuer(), target.value());
            int known = store.ofOwner(owner).size();
            store.raise(owner, now);
            return known;
        }
        if (inCookies() || remembers()) {
            withdraw(target, now);
        }
        return remove(target, ended);
    }

    /** Ends only what is found, and notes nothing about what is not: who asks here has proved nothing. */
    int endFound(Target target, Instant now, Consumer<String> ended) {
        int found = remove(target, ended);
        if (found > 0 && remembers()) {
            withdraw(target, now);
        }
        return found;
    }

    private int remove(Target target, Consumer<String> ended) {
        List<SessionRecord> removed = store.removeMatching(target);
        removed.forEach(session -> ended.accept(session.handle()));
        return removed.size();
    }

    private void withdraw(Target target, Instant now) {
        Duration longest = remembers() ? settings.rememberLifetime() : settings.absoluteTimeout();
        sealed.withdraw(target, now.plus(longest).plus(settings.absoluteTimeout()));
    }

    private boolean remembers() {
        return settings.remember() != SessionSettings.Remember.OFF;
    }

    private boolean inCookies() {
        return settings.mode() == SessionSettings.Mode.COOKIE;
    }

    private static boolean isId(String value) {
        return value.length() == ID_LENGTH;
    }
}
