package io.ostiary.core.token;

import io.ostiary.core.AuthRequest;
import io.ostiary.core.FailureReason;
import io.ostiary.core.Identity;
import io.ostiary.core.SetCookie;
import io.ostiary.core.spi.AuthEvent;
import io.ostiary.core.spi.AuthListener;
import io.ostiary.core.spi.Authenticator;
import io.ostiary.core.spi.DenyList;
import io.ostiary.core.spi.Feature;
import io.ostiary.core.spi.LoginStep;
import io.ostiary.core.spi.LogoutTargets;
import io.ostiary.core.spi.SubjectEpochs;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Issues, renews and withdraws the tokens of one application. Thread-safe. */
public final class TokenService {
    private final TokenSettings settings;
    private final AccessTokens access;
    private final RefreshTokens refresh;
    private final TokenCookies cookies;
    private final InstantSource clock;
    private final AuthListener listener;
    private final Authenticator authenticator;

    private TokenService(
            TokenSettings settings,
            AccessTokens access,
            RefreshTokens refresh,
            TokenCookies cookies,
            Where where,
            Feature.Context context,
            AuthListener listener) {
        this.settings = settings;
        this.access = access;
        this.refresh = refresh;
        this.cookies = cookies;
        this.clock = context.clock();
        this.listener = listener;
        this.authenticator = new BearerAuthenticator(access, cookies, where.realm());
    }

    /**
     * Where the endpoints are and what the challenge names.
     *
     * @param path of the token endpoints inside the application, for example {@code /auth/token}
     * @param realm named in challenges
     */
    public record Where(String path, String realm) {}

    /**
     * What makes tokens die before their time.
     *
     * @param denied single tokens and families that were withdrawn
     * @param epochs people who were logged out everywhere
     */
    public record Revocation(DenyList denied, SubjectEpochs epochs) {}

    /**
     * Prepares the service on a given store.
     *
     * @param settings checked settings
     * @param store where refresh families live
     * @param revocation what makes tokens die before their time
     * @param where where things are
     * @param context keys, randomness and time
     * @param listener hears of issued, renewed, withdrawn and stolen tokens
     * @return the service
     */
    public static TokenService on(
            TokenSettings settings,
            TokenStore store,
            Revocation revocation,
            Where where,
            Feature.Context context,
            AuthListener listener) {
        AccessTokens access =
                new AccessTokens(settings, context.tokens(), context.clock(), revocation.denied(), revocation.epochs());
        RefreshTokens refresh = new RefreshTokens(settings, store, revocation, context);
        return new TokenService(
                settings, access, refresh, new TokenCookies(settings, where.path()), where, context, listener);
    }

    /**
     * Prepares the service with refresh families in memory.
     *
     * @param settings checked settings
     * @param revocation what makes tokens die before their time
     * @param where where things are
     * @param context keys, randomness and time
     * @param listener hears of issued, renewed, withdrawn and stolen tokens
     * @return the service
     */
    public static TokenService inMemory(
            TokenSettings settings,
            Revocation revocation,
            Where where,
            Feature.Context context,
            AuthListener listener) {
        TokenStore store = new MemoryTokenStore(settings.maxFamilies(), context.clock());
        return on(settings, store, revocation, where, context, listener);
    }

    /**
     * A pair of tokens. Not to be logged; {@code toString} hides it.
     *
     * @param access for requests
     * @param refresh for the next pair
     * @param accessLifetime how long the first is good
     * @param refreshLeft how long the second is good if nothing happens
     * @param scope what was granted
     */
    public record Pair(
            String access, String refresh, Duration accessLifetime, Duration refreshLeft, Set<String> scope) {
        /** Copies. */
        public Pair {
            scope = Set.copyOf(scope);
        }

        @Override
        public String toString() {
            return "Pair[hidden]";
        }
    }

    /** How a renewal ended. */
    public sealed interface Renewal {
        /**
         * There is a new pair.
         *
         * @param pair the tokens
         */
        record Renewed(Pair pair) implements Renewal {}
        /**
         * There is none.
         *
         * @param reason why, for audit only
         */
        record Refused(FailureReason reason) implements Renewal {}
    }

    /**
     * Issues a first pair.
     *
     * @param request the request
     * @param identity who has the session
     * @param session handle of the session
     * @param scope what is asked for; null for all that is on offer
     * @return null if more is asked for than is on offer
     */
    public @Nullable Pair issue(AuthRequest request, Identity identity, String session, @Nullable Set<String> scope) {
        Set<String> granted = scope == null ? settings.scopes() : scope;
        if (!settings.scopes().containsAll(granted)) {
            return null;
        }
        RefreshTokens.Issued issued = refresh.begin(identity, session, granted);
        tell(AuthEvent.Type.TOKENS_ISSUED, identity, null, request);
        return pair(issued, granted);
    }

    /**
     * Exchanges a refresh token. It is good once; for a few seconds after that it gives the same successor, because tabs
     * race; later use means that it was stolen, and ends the family.
     *
     * @param request the request
     * @param token what the client sent
     * @param scope null for what was granted; else a part of it
     * @param stillAllowed asked before anything is renewed
     * @return renewed or refused
     */
    public Renewal renew(AuthRequest request, String token, @Nullable Set<String> scope, LoginStep stillAllowed) {
        RefreshTokens.Outcome outcome =
                refresh.rotate(token, scope, identity -> stillAllowed.refuse(identity, request));
        RefreshTokens.Issued issued = outcome.issued();
        if (issued != null) {
            tell(AuthEvent.Type.TOKENS_REFRESHED, issued.family().identity(), null, request);
            return new Renewal.Renewed(
                    pair(issued, scope == null ? issued.family().scope() : scope));
        }
        FailureReason reason = outcome.reason() == null ? FailureReason.UNKNOWN_CREDENTIAL : outcome.reason();
        if (reason == FailureReason.REPLAYED_CREDENTIAL) {
            tell(AuthEvent.Type.CREDENTIAL_REPLAYED, outcome.owner(), reason, request);
        } else if (outcome.owner() != null) {
            tell(AuthEvent.Type.TOKENS_REVOKED, outcome.owner(), reason, request);
        }
        return new Renewal.Refused(reason);
    }

    /**
     * Withdraws the whole family of a token, access or refresh (RFC 7009); nothing happens for any other text.
     *
     * @param request the request
     * @param token what the client sent
     */
    public void revoke(AuthRequest request, String token) {
        Identity owner = refresh.revoke(token);
        AccessTokens.Known known = owner == null ? access.find(token) : null;
        if (known != null && access.refusal(known) == null) {
            refresh.deny(AccessTokens.TOKEN, known.id(), known.expires());
            refresh.deny(AccessTokens.FAMILY, known.family(), clock.instant().plus(settings.refreshLifetime()));
            owner = known.identity();
        }
        if (owner != null) {
            tell(AuthEvent.Type.TOKENS_REVOKED, owner, null, request);
        }
    }

    /**
     * Withdraws all tokens that came from one session.
     *
     * @param session handle of the session
     */
    public void endSession(String session) {
        refresh.endSession(session);
    }

    /**
     * Withdraws all tokens of logins that a provider names.
     *
     * @param target which
     */
    public void end(LogoutTargets.Target target) {
        refresh.end(target);
    }

    /**
     * Withdraws the tokens whose access token the browser brings, though the session that they came from may be over.
     *
     * @param request the request that logs out
     */
    public void endBrowser(AuthRequest request) {
        cookies.access(request).forEach(token -> revoke(request, token));
    }

    /** {@return what knows callers by their access tokens; its scheme is {@code bearer}} */
    public Authenticator authenticator() {
        return authenticator;
    }

    /** {@return the public keys as a JWK set} */
    public String jwks() {
        return settings.keys().jwks(clock.instant());
    }

    /** {@return how tokens are delivered} */
    public TokenSettings.Delivery delivery() {
        return settings.delivery();
    }

    /**
     * Returns the refresh tokens that a browser brought.
     *
     * @param request the request
     * @return cookie values; more than one means that somebody may have planted one
     */
    public List<String> refreshCookies(AuthRequest request) {
        return cookies.refresh(request);
    }

    /**
     * Puts a pair into cookies.
     *
     * @param request the request
     * @param pair the tokens
     * @return cookies that the answer must set
     */
    public List<SetCookie> cookies(AuthRequest request, Pair pair) {
        return cookies.set(request, pair.access(), pair.refresh(), pair.refreshLeft());
    }

    /**
     * Takes the cookies away again.
     *
     * @param request the request
     * @return cookies that the answer must set; none if none are in use
     */
    public List<SetCookie> removedCookies(AuthRequest request) {
        return cookies.removed(request);
    }

    private Pair pair(RefreshTokens.Issued issued, Set<String> scope) {
        TokenStore.Family family = issued.family();
        String token = access.issue(family.identity(), family.id(), scope);
        Duration left = Duration.between(clock.instant(), family.expires());
        return new Pair(token, issued.token(), settings.accessLifetime(), left, scope);
    }

    private void tell(
            AuthEvent.Type type, @Nullable Identity owner, @Nullable FailureReason reason, AuthRequest request) {
        listener.on(AuthEvent.of(type, clock.instant(), "", owner, reason, request));
    }
}
