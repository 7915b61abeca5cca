package io.ostiary.core.oauth;

import io.ostiary.core.AuthRequest;
import io.ostiary.core.FailureReason;
import io.ostiary.core.Reply;
import io.ostiary.core.ReturnTo;
import io.ostiary.core.SetCookie;
import io.ostiary.core.crypto.Sealer;
import io.ostiary.core.crypto.Tokens;
import io.ostiary.core.json.Json;
import io.ostiary.core.spi.Feature;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Login through outside providers: the authorization code flow with PKCE (RFC 7636, S256), state, and for OpenID Connect a
 * nonce, as RFC 9700 asks for. A pending login lives in the browser, sealed; nothing is stored for visitors, and what one
 * browser began no other can finish. Thread-safe; the two methods that talk to a provider block for at most a few exchanges
 * of {@code oauth.request-timeout} each.
 */
public final class OAuthLogin {
    private static final System.Logger LOG = System.getLogger(OAuthLogin.class.getName());
    private final Map<String, Provider> providers;
    private final PendingCookies cookies;
    private final Feature.Context context;
    private final Duration loginTimeout;

    private OAuthLogin(
            Map<String, Provider> providers, PendingCookies cookies, Feature.Context context, Duration loginTimeout) {
        this.providers = providers;
        this.cookies = cookies;
        this.context = context;
        this.loginTimeout = loginTimeout;
    }

    /**
     * Prepares the configured providers; talks to none of them yet.
     *
     * @param settings checked settings
     * @param context keys, randomness, time and the memory for what may be used once
     * @param secureCookies false only for plain http on this machine in development
     * @return the service
     */
    public static OAuthLogin create(OAuthSettings settings, Feature.Context context, boolean secureCookies) {
        CappedHttp http = new CappedHttp(settings.requestTimeout());
        Map<String, Provider> providers = new LinkedHashMap<>();
        settings.providers()
                .forEach(each -> providers.put(each.id(), new Provider(each, context, settings.development(), http)));
        Sealer sealer = new Sealer(context.key().derive("oauth login cookie"), context.tokens());
        PendingCookies cookies = new PendingCookies(sealer, secureCookies, settings.loginTimeout());
        return new OAuthLogin(providers, cookies, context, settings.loginTimeout());
    }

    /**
     * Returns the configured providers.
     *
     * @return in order of configuration; may be empty
     */
    public List<ProviderInfo> providers() {
        return providers.values().stream()
                .map(Provider::settings)
                .map(settings -> new ProviderInfo(settings.id(), settings.label()))
                .toList();
    }

    /**
     * Starts a login.
     *
     * @param request the request of the browser
     * @param providerId which provider
     * @param next where to go afterwards; null for the usual place
     * @param redirectUri absolute address of this provider's own callback, as registered with it
     * @return started, unknown provider, looping or unavailable
     */
    public StartResult start(AuthRequest request, String providerId, @Nullable ReturnTo next, String redirectUri) {
        Provider provider = providers.get(providerId);
        if (provider == null) {
            return new StartResult.UnknownProvider();
        }
        Instant now = context.clock().instant().truncatedTo(ChronoUnit.SECONDS);
        if (cookies.index(request).looping(now)) {
            return new StartResult.Looping();
        }
        try {
            Metadata metadata = provider.metadata();
            String state = context.tokens().next();
            PendingLogin login = pending(provider, state, next, redirectUri, now);
            String url = provider.authorizationUrl(metadata, login, state);
            Reply reply = acceptsJson(request)
                    ? Reply.json(200, Json.write(Map.of("authorization_url", url)))
                    : Reply.redirect(url);
            return new StartResult.Started(reply.withCookies(cookies.add(request, state, login, false, now)));
        } catch (ProviderException e) {
            note(providerId, e);
            return new StartResult.Unavailable(e.retryAfter());
        }
    }

    /**
     * Takes a provider's answer. A state is good for one answer, whatever comes of it.
     *
     * @param request the request that the provider sent the browser with
     * @param providerId whose callback address was called
     * @param redirectUri the same as at the start
     * @return proven, failed, unavailable or unknown provider
     */
    public CallbackResult callback(AuthRequest request, String providerId, String redirectUri) {
        Provider provider = providers.get(providerId);
        if (provider == null) {
            return new CallbackResult.UnknownProvider();
        }
        CallbackParameters answer = CallbackParameters.read(request, false);
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
        boolean issuerOk =
                issuer == null ? !metadata.issuerInCallback() : IssuerRule.matches(settings.issuer(), issuer);
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
            return new CallbackResult.Proven(provider.identify(metadata, login, code), login.next(), attempt.removal());
        } catch (ProviderException e) {
            note(login.provider(), e);
            return e.isUnavailable()
                    ? new CallbackResult.Unavailable(e.retryAfter(), login.next(), attempt.removal())
                    : attempt.failed(e.reason());
        }
    }

    private PendingLogin pending(
            Provider provider, String state, @Nullable ReturnTo next, String redirectUri, Instant now) {
        return new PendingLogin(
                Tokens.digest(state),
                context.tokens().next(),
                context.tokens().next(),
                provider.settings().id(),
                provider.settings().issuer(),
                redirectUri,
                next,
                now);
    }

    private static boolean acceptsJson(AuthRequest request) {
        String accept = request.header("Accept");
        return accept != null && accept.contains("application/json") && !accept.contains("text/html");
    }

    private static CallbackResult failed(FailureReason reason) {
        return new CallbackResult.Failed(reason, null, List.of());
    }

    private static void note(String providerId, ProviderException e) {
        LOG.log(System.Logger.Level.WARNING, "provider ''{0}'': {1}", providerId, e.getMessage());
    }
}
