package io.ostiary.core.token;

import io.ostiary.core.FailureReason;
import io.ostiary.core.Identity;
import io.ostiary.core.crypto.MasterKey;
import io.ostiary.core.crypto.Tokens;
import io.ostiary.core.spi.Feature;
import io.ostiary.core.spi.LogoutTargets;
import io.ostiary.core.spi.SubjectKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Refresh tokens (RFC 9700 section 4.14.2): opaque, good once, each the head of its family. The successor is derived from
 * the token that is used and a key of ours, so that tabs that race all get the same one though only digests are stored.
 * Thread-safe.
 */
final class RefreshTokens {
    private static final Pattern FORM = Pattern.compile("([A-Za-z0-9_-]{43})\\.([A-Za-z0-9_-]{43})");
    private final TokenSettings settings;
    private final TokenStore store;
    private final TokenService.Revocation revocation;
    private final MasterKey key;
    private final Tokens tokens;
    private final InstantSource clock;

    RefreshTokens(
            TokenSettings settings, TokenStore store, TokenService.Revocation revocation, Feature.Context context) {
        this.settings = settings;
        this.store = store;
        this.revocation = revocation;
        this.key = context.key();
        this.tokens = context.tokens();
        this.clock = context.clock();
    }

    /** A token and its family. */
    record Issued(TokenStore.Family family, String token) {
        @Override
        public String toString() {
            return "Issued[hidden]";
        }
    }

    /** Either a token, or a reason and, if something of theirs ended, its owner. */
    record Outcome(
            @Nullable Issued issued,
            @Nullable FailureReason reason,
            @Nullable Identity owner) {
        static Outcome refused(FailureReason reason) {
            return new Outcome(null, reason, null);
        }
    }

    Issued begin(Identity identity, String session, Set<String> scope) {
        String id = tokens.next();
        String token = id + '.' + tokens.next();
        Instant earliest =
                revocation.epochs().notBefore(SubjectKey.of(identity)).plusMillis(1);
        Instant now = now();
        Instant created = now.isAfter(earliest) ? now : earliest;
        TokenStore.Family family = new TokenStore.Family(
                id,
                Tokens.digest(token),
                "",
                created,
                identity,
                session,
                scope,
                created,
                created.plus(settings.refreshLifetime()));
        store.insert(family);
        return new Issued(family, token);
    }

    Outcome rotate(String token, @Nullable Set<String> scope, Function<Identity, @Nullable FailureReason> check) {
        Matcher form = FORM.matcher(token);
        TokenStore.Family family = form.matches() ? store.find(form.group(1)) : null;
        if (family == null) {
            return Outcome.refused(FailureReason.UNKNOWN_CREDENTIAL);
        }
        if (over(family)) {
            return ended(family, FailureReason.REVOKED_CREDENTIAL);
        }
        FailureReason refusal = check.apply(family.identity());
        if (refusal != null) {
            return ended(family, refusal);
        }
        if (scope != null && !family.scope().containsAll(scope)) {
            return Outcome.refused(FailureReason.WRONG_AUDIENCE);
        }
        return exchange(family, token);
    }

    /** Whose family ended; null if the text is no refresh token of a family. */
    @Nullable
    Identity revoke(String token) {
        Matcher form = FORM.matcher(token);
        TokenStore.Family family = form.matches() ? store.remove(form.group(1)) : null;
        if (family == null) {
            return null;
        }
        denyAccessOf(family);
        return family.identity();
    }

    void endSession(String session) {
        store.removeOf(session).forEach(this::denyAccessOf);
    }

    void end(LogoutTargets.Target target) {
        store.removeMatching(target).forEach(this::denyAccessOf);
    }

    void deny(String purpose, String id, Instant until) {
        revocation.denied().deny(purpose, id, until.plus(settings.leeway()));
    }

    private Outcome exchange(TokenStore.Family family, String token) {
        String digest = Tokens.digest(token);
        String successor = successor(family.id(), token);
        Instant now = now();
        if (same(family.token(), digest)) {
            TokenStore.Family next = family.rotatedTo(Tokens.digest(successor), now);
            if (store.replace(digest, next)) {
                return new Outcome(new Issued(next, successor), null, null);
            }
        }
        // Another request was quicker, or the token was used before.
        TokenStore.Family present = store.find(family.id());
        if (present == null) {
            return Outcome.refused(FailureReason.REVOKED_CREDENTIAL);
        }
        boolean justUsed = same(present.previous(), digest)
                && now.isBefore(present.rotated().plus(settings.refreshGrace()));
        return justUsed
                ? new Outcome(new Issued(present, successor), null, null)
                : ended(present, FailureReason.REPLAYED_CREDENTIAL);
    }

    private Outcome ended(TokenStore.Family family, FailureReason reason) {
        TokenStore.Family removed = store.remove(family.id());
        denyAccessOf(family);
        return removed == null
                ? Outcome.refused(FailureReason.REVOKED_CREDENTIAL)
                : new Outcome(null, reason, removed.identity());
    }

    /** Access tokens that are out there live no longer than this. */
    private void denyAccessOf(TokenStore.Family family) {
        // The token of a login under a clock that runs ahead may end a little later.
        Instant until = now().plus(settings.accessLifetime()).plus(settings.leeway());
        deny(AccessTokens.FAMILY, AccessTokens.familyName(family.id()), until);
    }

    private boolean over(TokenStore.Family family) {
        return !now().isBefore(family.expires())
                || !family.created().isAfter(revocation.epochs().notBefore(SubjectKey.of(family.identity())))
                || revocation.denied().denied(AccessTokens.FAMILY, AccessTokens.familyName(family.id()));
    }

    private String successor(String familyId, String token) {
        byte[] secret = key.derive("refresh successor:" + token).revealBytes();
        return familyId + '.' + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }
}
