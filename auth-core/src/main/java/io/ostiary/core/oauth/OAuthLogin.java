package io.ostiary.core.oauth;

import io.ostiary.core.AuthRequest;
import io.ostiary.core.Identity;
import io.ostiary.core.Reply;
import io.ostiary.core.ReturnTo;
import io.ostiary.core.crypto.Sealer;
import io.ostiary.core.crypto.Tokens;
import io.ostiary.core.json.Json;
import io.ostiary.core.spi.ClaimsMapper;
import io.ostiary.core.spi.Feature;
import io.ostiary.core.spi.LogoutTargets;
import io.ostiary.core.spi.OAuthTokenStore;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
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
    private final TokenVault vault;
    private final LoginFinish finish;

    private OAuthLogin(
            Map<String, Provider> providers,
            PendingCookies cookies,
            TokenVault vault,
            Feature.Context context,
            Duration loginTimeout) {
        this.providers = providers;
        this.cookies = cookies;
        this.vault = vault;
        this.context = context;
        this.finish = new LoginFinish(cookies, vault, context, loginTimeout);
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
        return create(
                settings,
                context,
                secureCookies,
                new MemoryTokenStore(context.clock()),
                (provider, idToken, userInfo, identity) -> identity);
    }

    /**
     * Prepares the configured providers; talks to none of them yet.
     *
     * @param settings checked settings
     * @param context keys, randomness, time and the memory for what may be used once
     * @param secureCookies false only for plain http on this machine in development
     * @param store keeps the providers' tokens where the settings say so
     * @param mapper adds to identities what only code can read out of claims
     * @return the service
     */
    public static OAuthLogin create(
            OAuthSettings settings,
            Feature.Context context,
            boolean secureCookies,
            OAuthTokenStore store,
            ClaimsMapper mapper) {
        CappedHttp http = new CappedHttp(settings.requestTimeout(), context.meters());
        Map<String, Provider> providers = new LinkedHashMap<>();
        for (ProviderSettings each : settings.providers()) {
            providers.put(each.id(), new Provider(each, context, settings.development(), http, mapper));
        }
        Sealer cookieSealer = new Sealer(context.key().derive("oauth login cookie"), context.tokens());
        Sealer tokenSealer = new Sealer(context.key().derive("oauth kept tokens"), context.tokens());
        return new OAuthLogin(
                providers,
                new PendingCookies(cookieSealer, secureCookies, settings.loginTimeout()),
                new TokenVault(store, tokenSealer, settings.tokenLifetime()),
                context,
                settings.loginTimeout());
    }

    /**
     * Returns the service that gives the application fresh tokens of the providers. Call it once, at start-up.
     *
     * @param targets ends sessions whose consent the provider took back
     * @return the service
     */
    public OAuthTokens tokens(LogoutTargets targets) {
        return new OAuthTokens(providers, vault, context.clock(), targets);
    }

    /**
     * Returns the service for logouts that cross the border to a provider.
     *
     * @return the service
     */
    public OAuthLogout logout() {
        return new OAuthLogout(providers, vault);
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
        return start(request, providerId, next, redirectUri, Wishes.NONE);
    }

    /**
     * Starts a login at which the person must prove anew who they are, though the provider may still know them (step-up):
     * asks with {@code prompt=login} and {@code max_age=0} (OpenID Connect Core 3.1.2.1). The person may take those words
     * out of the address, so the ID token has to say by {@code auth_time} that it was done (3.1.3.7 clause 13). A plain
     * OAuth 2.0 provider cannot say it.
     *
     * @param request the request of the browser
     * @param providerId which provider
     * @param next where to go afterwards; null for the usual place
     * @param redirectUri as for {@link #start}
     * @return as {@link #start}
     */
    public StartResult startAnew(AuthRequest request, String providerId, @Nullable ReturnTo next, String redirectUri) {
        return start(request, providerId, next, redirectUri, Wishes.ANEW);
    }

    /**
     * Starts a login that a provider or another site asks for (OpenID Connect Core section 4), where the setting {@code
     * initiated-login} is on. Reads {@code iss}, {@code target_link_uri} and {@code login_hint} of the query; whatever else
     * a link may say is ignored.
     *
     * @param request the request of the browser
     * @param baseUrl where this application is, without a slash at its end; targets elsewhere are ignored
     * @param redirectUris gives a provider's callback address for its id
     * @return as {@link #start}
     */
    public StartResult startInitiated(AuthRequest request, String baseUrl, UnaryOperator<String> redirectUris) {
        Initiation initiation = Initiation.read(request, baseUrl);
        for (Provider provider : providers.values()) {
            ProviderSettings settings = provider.settings();
            if (initiation != null
                    && settings.session().initiated()
                    && IssuerRule.matches(settings.issuer(), initiation.issuer())) {
                String redirectUri = redirectUris.apply(settings.id());
                Wishes wishes = new Wishes(initiation.loginHint(), false);
                return start(request, settings.id(), initiation.next(), redirectUri, wishes);
            }
        }
        return new StartResult.UnknownProvider();
    }

    private StartResult start(
            AuthRequest request, String providerId, @Nullable ReturnTo next, String redirectUri, Wishes wishes) {
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
            PendingLogin login = pending(provider, state, next, redirectUri, now, wishes.anew());
            String url = provider.authorizationUrl(metadata, login, state, wishes);
            Reply reply = wantsJson(request)
                    ? Reply.json(200, Json.write(Map.of("authorization_url", url)))
                    : Reply.redirect(url);
            boolean formPost = provider.settings().request().formPost();
            return new StartResult.Started(reply.withCookies(cookies.add(request, state, login, formPost, now)));
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
        return finish.callback(provider, request, redirectUri);
    }

    /**
     * Forgets the provider's tokens of a login that led to no session.
     *
     * @param identity as {@link CallbackResult.Proven} named it
     */
    public void forget(Identity identity) {
        vault.remove(identity);
    }

    private PendingLogin pending(
            Provider provider, String state, @Nullable ReturnTo next, String redirectUri, Instant now, boolean anew) {
        return new PendingLogin(
                Tokens.digest(state),
                context.tokens().next(),
                context.tokens().next(),
                provider.settings().id(),
                provider.settings().issuer(),
                redirectUri,
                next,
                now,
                anew);
    }

    /**
     * Tells whether a start is asked for by a program, which goes to the provider by itself: one that accepts JSON and not
     * HTML.
     *
     * @param request the request of the start
     * @return whether to answer with JSON
     */
    public static boolean wantsJson(AuthRequest request) {
        String accept = request.header("Accept");
        return accept != null && accept.contains("application/json") && !accept.contains("text/html");
    }

    private static void note(String providerId, ProviderException e) {
        LOG.log(System.Logger.Level.WARNING, "provider ''{0}'': {1}", providerId, e.getMessage());
    }
}
