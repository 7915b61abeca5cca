package io.ostiary.core.session;

import io.ostiary.core.AuthEngine;
import io.ostiary.core.AuthOutcome;
import io.ostiary.core.AuthRequest;
import io.ostiary.core.FailureReason;
import io.ostiary.core.Identity;
import io.ostiary.core.SetCookie;
import io.ostiary.core.crypto.Tokens;
import io.ostiary.core.spi.AuthEvent;
import io.ostiary.core.spi.AuthListener;
import io.ostiary.core.spi.DenyList;
import io.ostiary.core.spi.Feature;
import io.ostiary.core.spi.IdentityStore;
import io.ostiary.core.spi.LogoutTargets.Target;
import io.ostiary.core.spi.SubjectEpochs;
import io.ostiary.core.spi.SubjectKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sessions: the browser holds 256 random bits and the store their SHA-256, or the browser holds the whole session, sealed.
 * An id that the server did not make is never adopted, and each login gets a new one. Thread-safe.
 */
public final class Sessions implements IdentityStore {
    private static final long TOUCH_EVERY = Duration.ofMinutes(1).toMillis();
    private final SessionSettings settings;
    private final SessionStore store;
    private final Carrier carrier;
    private final RememberMe remember;
    private final NewSessions begins;
    private final InstantSource clock;

    /**
     * Keeps sessions in given stores.
     *
     * @param settings how long they last
     * @param store where they live
     * @param rememberStore where remembered logins live
     * @param denied where withdrawn sealed sessions are noted
     * @param context keys, randomness and time
     * @param listener hears of remembered logins that were stolen
     */
    public Sessions(
            SessionSettings settings,
            SessionStore store,
            RememberStore rememberStore,
            DenyList denied,
            Feature.Context context,
            AuthListener listener) {
        this.settings = settings;
        this.store = store;
        Tokens tokens = context.tokens();
        this.clock = context.clock();
        SealedSessions sealed = new SealedSessions(settings.cookieName(), context.key(), tokens, denied, store);
        this.carrier = new Carrier(settings, store, sealed);
        this.begins = new NewSessions(store, carrier, tokens, clock);
        this.remember =
                new RememberMe(settings, rememberStore, store, tokens, clock, listener, sealed::endedByProvider);
    }

    /**
     * Keeps sessions in memory.
     *
     * @param settings how long they last and how many there may be
     * @param denied where withdrawn sealed sessions are noted
     * @param context keys, randomness and time
     * @param listener hears of remembered logins that were stolen
     * @return new, without sessions
     */
    public static Sessions inMemory(
            SessionSettings settings, DenyList denied, Feature.Context context, AuthListener listener) {
        return new Sessions(
                settings,
                new MemorySessionStore(settings, context.clock()),
                new MemoryRememberStore(settings.maxSessions(), context.clock()),
                denied,
                context,
                listener);
    }

    @Override
    public AuthOutcome load(AuthRequest request) {
        List<String> values = request.cookies(settings.cookieName());
        if (values.isEmpty()) {
            return AuthOutcome.absent();
        }
        if (values.size() > 1) {
            return AuthOutcome.failed(FailureReason.DUPLICATE_CREDENTIAL);
        }
        long now = clock.millis();
        SessionRecord session = live(values.get(0), now);
        if (session == null) {
            return AuthOutcome.failed(FailureReason.SESSION_EXPIRED);
        }
        if (session.state() == SessionRecord.State.PENDING) {
            return AuthOutcome.absent();
        }
        if (now > session.lastUsed().toEpochMilli() + TOUCH_EVERY) {
            String renewed = carrier.touch(values.get(0), session, Instant.ofEpochMilli(now));
            request.attribute(RENEWAL, renewed == null ? null : cookie(renewed));
        }
        return new AuthOutcome.Authenticated(session.identity());
    }

    @Override
    public List<SetCookie> save(AuthRequest request, Identity identity) {
        boolean proven = identity.authTime().isAfter(Instant.EPOCH);
        SessionRecord.State state = proven ? SessionRecord.State.AUTHENTICATED : SessionRecord.State.REMEMBERED;
        NewSessions.Begun begun = begin(request, identity.withScheme(AuthEngine.SESSION), state);
        List<SetCookie> cookies = new ArrayList<>(List.of(cookie(begun.value())));
        if (proven) {
            cookies.addAll(remember.begin(
                    request, begun.session().identity(), begun.session().created()));
        }
        return List.copyOf(cookies);
    }

    @Override
    public String nameOf(AuthRequest request) {
        SessionRecord session = current(request);
        return session == null ? "" : session.handle();
    }

    /**
     * Keeps half a login: another factor is asked for. To requests that is nobody.
     *
     * @param request proved one factor
     * @param identity who would log in
     * @return cookies that the answer must set
     */
    public List<SetCookie> savePending(AuthRequest request, Identity identity) {
        return List.of(
                cookie(begin(request, identity, SessionRecord.State.PENDING).value()));
    }

    /**
     * {@return half a login; null if there is none}
     *
     * @param request brings the other factor
     */
    public @Nullable Identity pending(AuthRequest request) {
        SessionRecord session = current(request);
        return session != null && session.state() == SessionRecord.State.PENDING ? session.identity() : null;
    }

    @Override
    public List<SetCookie> clear(AuthRequest request) {
        removeAll(request);
        List<SetCookie> cookies = new ArrayList<>(List.of(cookie("").removed()));
        cookies.addAll(remember.forget(request));
        return List.copyOf(cookies);
    }

    /**
     * Notes in the browser that the login that begins now is to be remembered.
     *
     * @return cookies that the answer must set; none unless {@code remember-me} is {@code on-request}
     */
    public List<SetCookie> chooseToBeRemembered() {
        return remember.choose();
    }

    /**
     * Somebody whom a browser was told to remember; they must pass the gate of every login.
     *
     * @param identity proven at {@link Instant#EPOCH} and by no method, so that it is never fresh
     * @param cookies cookies that the answer must set, whatever comes of the login
     */
    public record Remembered(Identity identity, List<SetCookie> cookies) {
        /** Copies. */
        public Remembered {
            cookies = List.copyOf(cookies);
        }
    }

    /**
     * Uses up what the browser was told to keep.
     *
     * @param request a request without a session
     * @return null if nothing that is good was kept
     */
    public @Nullable Remembered redeem(AuthRequest request) {
        return remember.redeem(request);
    }

    /**
     * Returns the session of a request.
     *
     * @param request the request
     * @return null if it has none that is good
     */
    public @Nullable SessionRecord current(AuthRequest request) {
        List<String> values = request.cookies(settings.cookieName());
        return values.size() == 1 ? live(values.get(0), clock.millis()) : null;
    }

    /**
     * Lists the sessions of somebody. In mode {@code cookie} the server does not know them.
     *
     * @param owner whose
     * @return in the order in which they began
     */
    public List<SessionRecord> of(SubjectKey owner) {
        Instant now = now();
        return store.ofOwner(owner).stream()
                .filter(session -> now.isBefore(settings.endOf(session)))
                .filter(session -> session.state() != SessionRecord.State.PENDING)
                .toList();
    }

    /**
     * Ends one session of somebody.
     *
     * @param owner whose; a handle of anybody else's session is not known
     * @param handle {@link SessionRecord#handle}
     * @return false if there was none
     */
    public boolean end(SubjectKey owner, String handle) {
        boolean ended = false;
        for (SessionRecord session : store.ofOwner(owner)) {
            if (session.handle().equals(handle)) {
                ended |= store.remove(session.digest());
            }
        }
        return ended;
    }

    /**
     * Logs somebody out everywhere: sessions, remembered logins and tokens. For the person, an administrator, and every
     * change of credentials or rights.
     *
     * @param owner whom
     */
    public void endAll(SubjectKey owner) {
        store.raise(owner, now());
    }

    /** {@return the epochs, which tokens heed too} */
    public SubjectEpochs epochs() {
        return store;
    }

    /**
     * Ends the sessions that a provider names, and the remembered logins that began with them.
     *
     * @param target which
     * @param ended hears of the handle of each session of the server that ended
     * @return how many ended
     */
    public int end(Target target, Consumer<String> ended) {
        return carrier.end(target, now(), ended);
    }

    /**
     * The same for a notice without proof. Of what is not found nothing is noted, so that strangers cannot fill the memory;
     * sessions in cookies cannot be found.
     *
     * @param target which; not by subject
     * @param ended hears of the handle of each session that ended
     * @return how many ended
     */
    public int endFound(Target target, Consumer<String> ended) {
        return carrier.endFound(target, now(), ended);
    }

    private NewSessions.Begun begin(AuthRequest request, Identity identity, SessionRecord.State state) {
        removeAll(request);
        NewSessions.Begun begun = begins.begin(request, identity, state);
        request.attribute(AuthEvent.SESSION, begun.session().handle());
        return begun;
    }

    /** The store may be lazy about ending sessions; the instants decide. */
    private @Nullable SessionRecord live(String value, long now) {
        SessionRecord session = carrier.find(value);
        return session != null && now < settings.endMillis(session) ? session : null;
    }

    private void removeAll(AuthRequest request) {
        request.attribute(RENEWAL, null);
        request.cookies(settings.cookieName()).forEach(carrier::end);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private SetCookie cookie(String value) {
        return SetCookie.session(settings.cookieName(), value, settings.secure());
    }
}
