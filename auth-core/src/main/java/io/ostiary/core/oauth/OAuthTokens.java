package io.ostiary.core.oauth;

import io.ostiary.core.FailureReason;
import io.ostiary.core.Identity;
import io.ostiary.core.Secret;
import io.ostiary.core.spi.LogoutTargets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Gives the application a fresh access token of the provider that a person logged in with. Refreshes behind the scenes, one
 * request at a time for each login however many threads ask, and without a lock held while it runs. Thread-safe; blocks for
 * at most one exchange with the provider when a token has to be refreshed.
 */
public final class OAuthTokens {
    private static final System.Logger LOG = System.getLogger(OAuthTokens.class.getName());
    private static final Duration MARGIN = Duration.ofSeconds(30);
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final long WAIT_SECONDS = 120;
    private final Map<String, Provider> providers;
    private final TokenVault vault;
    private final InstantSource clock;
    private final LogoutTargets targets;
    private final Map<String, CompletableFuture<Result>> flights = new ConcurrentHashMap<>();

    OAuthTokens(Map<String, Provider> providers, TokenVault vault, InstantSource clock, LogoutTargets targets) {
        this.providers = providers;
        this.vault = vault;
        this.clock = clock;
        this.targets = targets;
    }

    /** What came of asking for a token. */
    public sealed interface Result {
        /**
         * A token that can be used now.
         *
         * @param accessToken the token
         * @param expiresAt when it ends
         */
        record Fresh(Secret accessToken, Instant expiresAt) implements Result {}

        /** No token is kept for this identity: {@code keep-tokens} is off, or the login is over. */
        record NotKept() implements Result {}

        /** The provider gives no more tokens for this login; the person must log in again. */
        record Ended() implements Result {}

        /**
         * The provider cannot be reached at the moment.
         *
         * @param retryAfter when it may be worth to try again
         */
        record Unavailable(Duration retryAfter) implements Result {}
    }

    /**
     * Returns an access token that is good for at least some seconds.
     *
     * @param identity of the request
     * @return fresh, not kept, ended or unavailable
     */
    public Result accessToken(Identity identity) {
        TokenVault.Entry entry = vault.find(identity);
        if (entry == null || entry.tokens().accessToken() == null) {
            return new Result.NotKept();
        }
        Result now = usable(entry, MARGIN);
        if (now != null) {
            return now;
        }
        if (entry.tokens().refreshToken() == null) {
            Result last = usable(entry, Duration.ZERO);
            return last == null ? new Result.Ended() : last;
        }
        return singleFlight(entry.key(), identity);
    }

    private Result singleFlight(String key, Identity identity) {
        CompletableFuture<Result> mine = new CompletableFuture<>();
        CompletableFuture<Result> other = flights.putIfAbsent(key, mine);
        if (other != null) {
            return await(other);
        }
        Result result = new Result.Unavailable(SOON);
        try {
            result = refresh(key, identity);
            return result;
        } finally {
            mine.complete(result);
            flights.remove(key, mine);
        }
    }

    private Result refresh(String key, Identity identity) {
        TokenVault.Entry entry = vault.find(key);
        Provider provider =
                entry == null ? null : providers.get(entry.tokens().login().provider());
        String refreshToken = entry == null ? null : entry.tokens().refreshToken();
        if (entry == null || provider == null || refreshToken == null) {
            return new Result.NotKept();
        }
        // Whoever flew before may have landed between our look and our take-off.
        Result now = usable(entry, MARGIN);
        if (now != null) {
            return now;
        }
        try {
            KeptTokens fresh = provider.refresh(entry.tokens(), refreshToken);
            boolean ours = vault.replace(entry, fresh, clock.instant());
            return ours ? fresh(fresh) : afterwards(key, new Result.NotKept());
        } catch (ProviderException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "provider ''{0}'': {1}",
                    provider.settings().id(),
                    e.getMessage());
            return refused(provider, entry, identity, e);
        }
    }

    private Result refused(Provider provider, TokenVault.Entry entry, Identity identity, ProviderException e) {
        boolean withdrawn = e.reason() == FailureReason.UNKNOWN_CREDENTIAL;
        boolean forged = e.reason() == FailureReason.ID_TOKEN_INVALID;
        if (!withdrawn && !forged) {
            Result last = usable(entry, Duration.ZERO);
            return last == null ? new Result.Unavailable(e.retryAfter()) : last;
        }
        TokenVault.Entry current = vault.find(entry.key());
        if (withdrawn && current != null && !current.sealed().equals(entry.sealed())) {
            // Another node used the refresh token first, and rotated it.
            return afterwards(entry.key(), new Result.Unavailable(SOON));
        }
        vault.remove(entry);
        String login = identity.attributes().get(TokenVault.ATTRIBUTE);
        if (login != null && (forged || provider.settings().session().endOnRefusedRefresh())) {
            targets.end(new LogoutTargets.Target(LogoutTargets.Target.By.LOGIN, identity.issuer(), login));
        }
        return new Result.Ended();
    }

    private Result afterwards(String key, Result otherwise) {
        TokenVault.Entry entry = vault.find(key);
        Result now = entry == null ? null : usable(entry, Duration.ZERO);
        return now == null ? otherwise : now;
    }

    private @Nullable Result usable(TokenVault.Entry entry, Duration margin) {
        return entry.tokens().usableAt(clock.instant().plus(margin)) ? fresh(entry.tokens()) : null;
    }

    private static Result fresh(KeptTokens tokens) {
        String token = tokens.accessToken();
        return token == null ? new Result.NotKept() : new Result.Fresh(Secret.of(token), tokens.expiresAt());
    }

    private static Result await(CompletableFuture<Result> other) {
        try {
            return other.get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Result.Unavailable(SOON);
        } catch (ExecutionException | TimeoutException e) {
            return new Result.Unavailable(SOON);
        }
    }
}
