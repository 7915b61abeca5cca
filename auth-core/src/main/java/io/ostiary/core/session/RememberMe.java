package io.ostiary.core.session;

import io.ostiary.core.AuthRequest;
import io.ostiary.core.FailureReason;
import io.ostiary.core.Identity;
import io.ostiary.core.SetCookie;
import io.ostiary.core.crypto.Tokens;
import io.ostiary.core.spi.AuthEvent;
import io.ostiary.core.spi.AuthListener;
import io.ostiary.core.spi.SubjectEpochs;
import io.ostiary.core.spi.SubjectKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Logins that outlive the browser: a selector that finds a row and a verifier that is good once. A verifier that comes
 * after its successor was handed out was copied by somebody: the row and every session of its owner end. Thread-safe.
 */
final class RememberMe {
    /** Tabs that a browser restores at once all bring the same verifier. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private static final Duration CHOICE_LIFETIME = Duration.ofMinutes(15);
    private static final Pattern FORM = Pattern.compile("([A-Za-z0-9_-]{43})\\.([A-Za-z0-9_-]{43})");
    private final SessionSettings settings;
    private final RememberStore store;
    private final SubjectEpochs epochs;
    private final Tokens tokens;
    private final InstantSource clock;
    private final AuthListener listener;

    RememberMe(
            SessionSettings settings,
            RememberStore store,
            SubjectEpochs epochs,
            Tokens tokens,
            InstantSource clock,
            AuthListener listener) {
        this.settings = settings;
        this.store = store;
        this.epochs = epochs;
        this.tokens = tokens;
        this.clock = clock;
        this.listener = listener;
    }

    /** A short-lived note in the browser that this login is to be remembered, since the provider comes in between. */
    List<SetCookie> choose() {
        return settings.remember() == SessionSettings.Remember.ON_REQUEST
                ? List.of(cookie(choiceName(), "1", CHOICE_LIFETIME))
                : List.of();
    }

    /** Begins a row for a login that was really proven. */
    List<SetCookie> begin(AuthRequest request, Identity identity, Instant now) {
        boolean chosen = settings.remember() == SessionSettings.Remember.ON_REQUEST
                && request.cookies(choiceName()).equals(List.of("1"));
        if (settings.remember() != SessionSettings.Remember.ALWAYS && !chosen) {
            return List.of();
        }
        forget(request);
        String selector = tokens.next();
        String verifier = tokens.next();
        store.insert(new RememberStore.Entry(
                selector, Tokens.digest(verifier), "", now, identity, now, now.plus(settings.rememberLifetime())));
        SetCookie kept = cookie(cookieName(), selector + '.' + verifier, settings.rememberLifetime());
        return chosen ? List.of(kept, cookie(choiceName(), "", Duration.ZERO)) : List.of(kept);
    }

    /** Who is remembered, never as freshly proven, and the cookies that take the place of the one that was used. */
    Sessions.@Nullable Remembered redeem(AuthRequest request) {
        List<String> values = request.cookies(cookieName());
        var form = FORM.matcher(values.size() == 1 ? values.get(0) : "");
        if (settings.remember() == SessionSettings.Remember.OFF || !form.matches()) {
            return null;
        }
        String digest = Tokens.digest(form.group(2));
        RememberStore.Entry entry = live(form.group(1));
        if (entry != null && same(entry.verifier(), digest)) {
            String next = tokens.next();
            Instant now = clock.instant();
            if (store.replace(digest, entry.rotatedTo(Tokens.digest(next), now))) {
                Duration left = Duration.between(now, entry.expires());
                SetCookie kept = cookie(cookieName(), entry.selector() + '.' + next, left);
                return new Sessions.Remembered(notFresh(entry.identity()), List.of(kept));
            }
            entry = live(entry.selector()); // another tab was quicker
        }
        return entry == null ? null : late(entry, digest, request);
    }

    /** Ends what the browser brings, on the server and in the browser. */
    List<SetCookie> forget(AuthRequest request) {
        for (String value : request.cookies(cookieName())) {
            var form = FORM.matcher(value);
            if (form.matches()) {
                // Whatever the verifier: a thief may have changed it since.
                store.remove(form.group(1));
            }
        }
        return settings.remember() == SessionSettings.Remember.OFF
                ? List.of()
                : List.of(cookie(cookieName(), "", Duration.ZERO));
    }

    private Sessions.@Nullable Remembered late(RememberStore.Entry entry, String digest, AuthRequest request) {
        boolean inTime = clock.instant().isBefore(entry.rotated().plus(GRACE));
        if (inTime && same(entry.previous(), digest)) {
            return new Sessions.Remembered(notFresh(entry.identity()), List.of());
        }
        store.remove(entry.selector());
        SubjectKey owner = SubjectKey.of(entry.identity());
        epochs.raise(owner, clock.instant());
        listener.on(AuthEvent.of(
                AuthEvent.Type.CREDENTIAL_REPLAYED,
                clock.instant(),
                "",
                entry.identity(),
                FailureReason.REPLAYED_CREDENTIAL,
                request));
        return null;
    }

    private RememberStore.@Nullable Entry live(String selector) {
        RememberStore.Entry entry = store.find(selector);
        if (entry == null) {
            return null;
        }
        boolean over = !clock.instant().isBefore(entry.expires())
                || !entry.created().isAfter(epochs.notBefore(SubjectKey.of(entry.identity())));
        if (over) {
            store.remove(selector);
        }
        return over ? null : entry;
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }

    private static Identity notFresh(Identity was) {
        return new Identity(
                was.name(),
                was.scheme(),
                was.issuer(),
                was.subject(),
                was.roles(),
                was.permissions(),
                was.attributes(),
                Set.of(),
                Instant.EPOCH);
    }

    private String cookieName() {
        return settings.cookieName() + "-remember";
    }

    private String choiceName() {
        return settings.cookieName() + "-keep";
    }

    private SetCookie cookie(String name, String value, Duration maxAge) {
        return new SetCookie(name, value, "/", maxAge, settings.secure(), "Lax");
    }
}
