package io.ostiary.core.oauth;

import io.ostiary.core.AuthRequest;
import io.ostiary.core.FailureReason;
import io.ostiary.core.Identity;
import io.ostiary.core.UrlEncoded;
import io.ostiary.core.spi.LogoutTargets;
import io.ostiary.core.spi.LogoutTargets.Target;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Logout that crosses the border to a provider: ours there (OpenID Connect RP-Initiated Logout 1.0), theirs here
 * (Back-Channel and Front-Channel Logout 1.0). Thread-safe; may block for exchanges with the provider.
 */
public final class OAuthLogout {
    private static final System.Logger LOG = System.getLogger(OAuthLogout.class.getName());
    private static final int MAX_BODY = 80 * 1024;
    private static final int MAX_HINT = 4096;
    private static final int MAX_SID = 255;
    private final Map<String, Provider> providers;
    private final TokenVault vault;

    OAuthLogout(Map<String, Provider> providers, TokenVault vault) {
        this.providers = providers;
        this.vault = vault;
    }

    /**
     * Forgets the provider's tokens of a login that ends here, and says where to send the browser so that it ends at the
     * provider too. Call it for every logout.
     *
     * @param identity whose session ended
     * @param afterwards absolute address registered with the provider, where it sends the browser back
     * @param state comes back with the browser; nothing depends on it
     * @return null if the logout stays local: by setting, or because the provider offers nothing or cannot be reached
     */
    public @Nullable String atProvider(Identity identity, String afterwards, String state) {
        String id = identity.attributes().get("provider");
        Provider provider = id == null ? null : providers.get(id);
        TokenVault.Entry entry = vault.find(identity);
        vault.remove(identity);
        if (provider == null || !provider.settings().session().providerLogout()) {
            return null;
        }
        try {
            URI endpoint = provider.metadata().endSessionEndpoint();
            String hint = entry == null ? null : entry.tokens().idToken();
            return endpoint == null ? null : url(endpoint, provider, hint, afterwards, state);
        } catch (ProviderException e) {
            note(provider, e);
            return null;
        }
    }

    /**
     * Takes a logout token (Back-Channel Logout 1.0 section 2.5). Needs no cookie and no CSRF token: the signature is the
     * proof.
     *
     * @param request a POST with a form
     * @param providerId whose address was called
     * @param targets ends the sessions
     * @return ended, refused, unavailable or not offered
     */
    public LogoutNotice backChannel(AuthRequest request, String providerId, LogoutTargets targets) {
        Provider provider = providers.get(providerId);
        if (provider == null || !provider.settings().preset().openId()) {
            return new LogoutNotice.NotOffered();
        }
        String token = logoutToken(request);
        if (token == null) {
            return new LogoutNotice.Refused(FailureReason.MALFORMED_CREDENTIAL);
        }
        try {
            return new LogoutNotice.Ended(provider.logoutTokens().end(token, targets));
        } catch (ProviderException e) {
            note(provider, e);
            return e.isUnavailable()
                    ? new LogoutNotice.Unavailable(e.retryAfter())
                    : new LogoutNotice.Refused(e.reason());
        }
    }

    /**
     * Takes a front-channel notice. It proves nothing, so it ends only the one session whose unguessable id it names, and
     * only where the setting {@code front-channel-logout} is on.
     *
     * @param request a GET with {@code iss} and {@code sid}
     * @param providerId whose address was called
     * @param targets ends the session
     * @return ended, refused or not offered
     */
    public LogoutNotice frontChannel(AuthRequest request, String providerId, LogoutTargets targets) {
        Provider provider = providers.get(providerId);
        if (provider == null || !provider.settings().session().frontChannel()) {
            return new LogoutNotice.NotOffered();
        }
        String issuer = only(request.queryParameters("iss"));
        String sid = only(request.queryParameters("sid"));
        if (!request.method().equals("GET") || issuer == null || sid == null) {
            return new LogoutNotice.Refused(FailureReason.MALFORMED_CREDENTIAL);
        }
        if (sid.isBlank()
                || sid.length() > MAX_SID
                || !IssuerRule.matches(provider.settings().issuer(), issuer)) {
            return new LogoutNotice.Refused(FailureReason.MALFORMED_CREDENTIAL);
        }
        return new LogoutNotice.Ended(targets.end(new Target(Target.By.PROVIDER_SESSION, issuer, sid)));
    }

    private static String url(URI endpoint, Provider provider, @Nullable String hint, String afterwards, String state) {
        StringBuilder url = new StringBuilder(endpoint.toString());
        url.append(endpoint.getRawQuery() == null ? '?' : '&');
        url.append("client_id=")
                .append(UrlEncoded.encode(provider.settings().client().id()));
        url.append("&post_logout_redirect_uri=").append(UrlEncoded.encode(afterwards));
        url.append("&state=").append(UrlEncoded.encode(state));
        // Servers refuse longer addresses; without the hint the provider asks the person.
        if (hint != null && hint.length() <= MAX_HINT) {
            url.append("&id_token_hint=").append(UrlEncoded.encode(hint));
        }
        return url.toString();
    }

    private static @Nullable String logoutToken(AuthRequest request) {
        String type = request.header("Content-Type");
        boolean form = type != null && type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded");
        if (!form || !request.method().equals("POST")) {
            return null;
        }
        try {
            return only(UrlEncoded.values(new String(request.body(MAX_BODY), StandardCharsets.UTF_8), "logout_token"));
        } catch (IOException tooLongOrGone) {
            return null;
        }
    }

    private static @Nullable String only(List<String> values) {
        return values.size() == 1 ? values.get(0) : null;
    }

    private static void note(Provider provider, ProviderException e) {
        LOG.log(
                System.Logger.Level.WARNING,
                "provider ''{0}'': {1}",
                provider.settings().id(),
                e.getMessage());
    }
}
