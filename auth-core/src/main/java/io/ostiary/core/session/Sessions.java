package io.ostiary.core.session;

import io.ostiary.core.AuthEngine;
import io.ostiary.core.AuthOutcome;
import io.ostiary.core.AuthRequest;
import io.ostiary.core.FailureReason;
import io.ostiary.core.Identity;
import io.ostiary.core.SetCookie;
import io.ostiary.core.crypto.Tokens;
import io.ostiary.core.spi.IdentityStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Server-side sessions. The browser holds 256 random bits in a cookie, the store only their SHA-256; an id that the
 * server did not make is never adopted, and each login gets a new one. Thread-safe.
 */
public final class Sessions implements IdentityStore {
    private static final Duration TOUCH_EVERY = Duration.ofMinutes(1);
    private static final int ID_LENGTH = 43;
    private final SessionSettings settings;
    private final SessionStore store;
    private final Tokens tokens;
    private final InstantSource clock;

    /**
     * Keeps sessions in a given store.
     *
     * @param settings how long they last
     * @param store where they live
     * @param tokens source of ids
     * @param clock tells the time
     */
    public Sessions(SessionSettings settings, SessionStore store, Tokens tokens, InstantSource clock) {
        this.settings = settings;
        this.store = store;
        this.tokens = tokens;
        this.clock = clock;
    }

    /**
     * Keeps sessions in memory.
     *
     * @param settings how long they last and how many there may be
     * @param tokens source of ids
     * @param clock tells the time
     * @return new, without sessions
     */
    public static Sessions inMemory(SessionSettings settings, Tokens tokens, InstantSource clock) {
        return new Sessions(settings, new MemorySessionStore(settings, clock), tokens, clock);
    }

    @Override
    public AuthOutcome load(AuthRequest request) {
        List<String> ids = request.cookies(settings.cookieName());
        if (ids.isEmpty()) {
            return AuthOutcome.absent();
        }
        if (ids.size() > 1) {
            return AuthOutcome.failed(FailureReason.DUPLICATE_CREDENTIAL);
        }
        String id = ids.get(0);
        SessionRecord session = id.length() == ID_LENGTH ? store.find(Tokens.digest(id)) : null;
        Instant now = clock.instant();
        // The store may be lazy about ending sessions; the instants decide.
        if (session == null || !now.isBefore(settings.endOf(session))) {
            return AuthOutcome.failed(FailureReason.SESSION_EXPIRED);
        }
        if (now.isAfter(session.lastUsed().plus(TOUCH_EVERY))) {
            store.touch(session.digest(), now);
        }
        return new AuthOutcome.Authenticated(session.identity());
    }

    @Override
    public List<SetCookie> save(AuthRequest request, Identity identity) {
        removeAll(request);
        String id = tokens.next();
        Instant now = clock.instant();
        store.insert(new SessionRecord(Tokens.digest(id), identity.withScheme(AuthEngine.SESSION), now, now));
        return List.of(cookie(id));
    }

    @Override
    public List<SetCookie> clear(AuthRequest request) {
        removeAll(request);
        return List.of(cookie("").removed());
    }

    private void removeAll(AuthRequest request) {
        for (String id : request.cookies(settings.cookieName())) {
            if (id.length() == ID_LENGTH) {
                store.remove(Tokens.digest(id));
            }
        }
    }

    private SetCookie cookie(String id) {
        return SetCookie.session(settings.cookieName(), id, settings.secure());
    }
}
