package io.ostiary.core.oauth;

import io.ostiary.core.AuthRequest;
import io.ostiary.core.FailureReason;
import io.ostiary.core.Identity;
import io.ostiary.core.SetCookie;
import io.ostiary.core.spi.Feature;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes providers' answers; what refuses costs nothing but a look at cookies, until an answer proves to be awaited. */
final class LoginFinish {
    private static final System.Logger LOG = System.getLogger(OAuthLogin.class.getName());
    private final PendingCookies cookies;
    private final TokenVault vault;
    private final Feature.Context context;
    private final Duration loginTimeout;

    LoginFinish(PendingCookies cookies, TokenVault vault, Feature.Context context, Duration loginTimeout) {
        this.cookies = cookies;
        this.vault = vault;
        this.context = context;
        this.loginTimeout = loginTimeout;
    }

    CallbackResult callback(Provider provider, AuthRequest request, String redirectUri) {
        CallbackParameters answer =
                CallbackParameters.read(request, provider.settings().request().formPost());
        if (answer == null) {
            return failed(FailureReason.PROVIDER_RESPONSE_INVALID);
        }
        String state = answer.state();
        PendingLogin login = state == null ? null : cookies.find(request, state);
        if (state == null || login == null) {
            return failed(FailureReason.LOGIN_NOT_STARTED);
        }
        return finish(provider, answer, new Attempt(login, state, cookies.remove(request, state)), redirectUri);
    }

    /** A pending login that this browser really has, and the cookies that end it. */
    private record Attempt(PendingLogin login, String state, List<SetCookie> removal) {
        CallbackResult failed(FailureReason reason) {
            return new CallbackResult.Failed(reason, login.next(), removal);
        }
    }

    private CallbackResult finish(Provider provider, CallbackParameters answer, Attempt attempt, String redirectUri) {
        PendingLogin login = attempt.login();
        Instant until = login.issuedAt().plus(loginTimeout);
        if (!context.clock().instant().isBefore(until)) {
            return attempt.failed(FailureReason.LOGIN_EXPIRED);
        }
        Metadata metadata;
        try {
            metadata = provider.metadata();
        } catch (ProviderException e) {
            // Nothing was used up: the same callback may come again.
            note(login.provider(), e);
            return new CallbackResult.Unavailable(e.retryAfter(), login.next(), List.of());
        }
        if (!context.once().claim("login", attempt.state(), until)) {
            return attempt.failed(FailureReason.LOGIN_REPLAYED);
        }
        FailureReason refusal = refusal(provider, metadata, answer, login, redirectUri);
        String code = answer.code();
        if (refusal != null || code == null) {
            return attempt.failed(refusal == null ? FailureReason.PROVIDER_RESPONSE_INVALID : refusal);
        }
        return identify(provider, metadata, attempt, code);
    }

    /** Everything that can be said against an answer before anything is sent anywhere (RFC 9207, RFC 9700 4.4). */
    private static @Nullable FailureReason refusal(
            Provider provider, Metadata metadata, CallbackParameters answer, PendingLogin login, String redirectUri) {
        ProviderSettings settings = provider.settings();
        boolean sameTransaction = login.provider().equals(settings.id())
                && login.issuer().equals(settings.issuer())
                && login.redirectUri().equals(redirectUri);
        String issuer = answer.issuer();
        boolean issuerOk = issuer == null
                ? !metadata.issuerInCallback()
                : !settings.issuerKnown() || IssuerRule.matches(settings.issuer(), issuer);
        if (!answer.sound() || !sameTransaction || !issuerOk) {
            return FailureReason.PROVIDER_RESPONSE_INVALID;
        }
        String error = answer.error();
        if (error == null) {
            return null;
        }
        return error.equals("access_denied") ? FailureReason.LOGIN_CANCELLED : FailureReason.PROVIDER_ERROR;
    }

    private CallbackResult identify(Provider provider, Metadata metadata, Attempt attempt, String code) {
        PendingLogin login = attempt.login();
        try {
            Identity identity = keep(provider, provider.identify(metadata, login, code));
            return new CallbackResult.Proven(identity, login.next(), attempt.removal());
        } catch (ProviderException e) {
            note(login.provider(), e);
            return e.isUnavailable()
                    ? new CallbackResult.Unavailable(e.retryAfter(), login.next(), attempt.removal())
                    : attempt.failed(e.reason());
        }
    }

    private Identity keep(Provider provider, Provider.Outcome outcome) {
        if (!provider.settings().session().keepsAnything()) {
            return outcome.identity();
        }
        String id = context.tokens().next();
        vault.insert(id, outcome.tokens(), context.clock().instant());
        return outcome.identity().withAttribute(TokenVault.ATTRIBUTE, id);
    }

    private static CallbackResult failed(FailureReason reason) {
        return new CallbackResult.Failed(reason, null, List.of());
    }

    private static void note(String providerId, ProviderException e) {
        LOG.log(System.Logger.Level.WARNING, "provider ''{0}'': {1}", providerId, e.getMessage());
    }
}
