package io.ostiary.core.oauth;

import com.github.scribejava.core.model.OAuth2AccessToken;
import com.github.scribejava.core.oauth.AccessTokenRequestParams;
import com.github.scribejava.core.oauth.OAuth20Service;
import com.github.scribejava.core.pkce.PKCE;
import com.github.scribejava.core.pkce.PKCECodeChallengeMethod;
import io.ostiary.core.Identity;
import io.ostiary.core.crypto.Tokens;
import io.ostiary.core.jose.KeySet;
import io.ostiary.core.json.JsonObject;
import io.ostiary.core.spi.Feature;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/** One provider at work. Thread-safe. */
final class Provider {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Remote.Lifetime METADATA_LIFETIME = new Remote.Lifetime(Duration.ofHours(1), DAY);
    private static final Remote.Lifetime KEYS_LIFETIME =
            new Remote.Lifetime(Duration.ofMinutes(10), Duration.ofHours(1));
    private final ProviderSettings settings;
    private final Feature.Context context;
    private final boolean development;
    private final CappedHttp http;
    private final Remote<Metadata> metadata;
    private final Signatures signatures;
    private final IdTokenCheck idTokens;
    private final UserInfo userInfo;
    private final IdentityMapper mapper;

    Provider(ProviderSettings settings, Feature.Context context, boolean development, CappedHttp http) {
        this.settings = settings;
        this.context = context;
        this.development = development;
        this.http = http;
        this.metadata = new Remote<>(this::discover, METADATA_LIFETIME, context.clock());
        this.signatures =
                new Signatures(new Remote<>(this::keys, KEYS_LIFETIME, context.clock()), settings.algorithms());
        this.idTokens = new IdTokenCheck(settings, signatures, context.clock());
        this.userInfo = new UserInfo(http);
        this.mapper = new IdentityMapper(settings);
    }

    ProviderSettings settings() {
        return settings;
    }

    Metadata metadata() throws ProviderException {
        Metadata manual = settings.manual();
        return manual == null ? metadata.get() : manual;
    }

    String authorizationUrl(Metadata current, PendingLogin login, String state) {
        PKCE pkce = new PKCE();
        pkce.setCodeVerifier(login.verifier());
        pkce.setCodeChallenge(Tokens.digest(login.verifier()));
        pkce.setCodeChallengeMethod(PKCECodeChallengeMethod.S256);
        Map<String, String> more = new HashMap<>();
        if (settings.preset().openId()) {
            more.put("nonce", login.nonce());
        }
        return service(current, login.redirectUri())
                .createAuthorizationUrlBuilder()
                .state(state)
                .scope(String.join(" ", settings.scopes()))
                .pkce(pkce)
                .additionalParams(more)
                .build();
    }

    Identity identify(Metadata current, PendingLogin login, String code) throws ProviderException {
        TokenResponse tokens = exchange(current, login, code);
        Claims claims = settings.preset().openId() ? openId(current, login, tokens) : plain(current, tokens);
        return mapper.map(claims, context.clock().instant());
    }

    private TokenResponse exchange(Metadata current, PendingLogin login, String code) throws ProviderException {
        AccessTokenRequestParams params = AccessTokenRequestParams.create(code).pkceCodeVerifier(login.verifier());
        try {
            OAuth2AccessToken token = service(current, login.redirectUri()).getAccessToken(params);
            if (token instanceof StrictTokenExtractor.Tokens read) {
                return read.response();
            }
            throw new IllegalStateException("tokens were read by a stranger");
        } catch (ProviderException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ProviderException.unavailable("token endpoint: interrupted");
        } catch (IOException | ExecutionException e) {
            throw ProviderException.unavailable(
                    "token endpoint: " + e.getClass().getSimpleName());
        }
    }

    private Claims openId(Metadata current, PendingLogin login, TokenResponse tokens) throws ProviderException {
        String idToken = tokens.idToken();
        if (idToken == null) {
            throw ProviderException.invalid("Core 3.1.3.3: no ID token");
        }
        JsonObject checked = idTokens.check(
                idToken, new IdTokenCheck.Expected(login.nonce(), login.issuedAt(), tokens.accessToken()));
        Claims claims = new Claims(checked, JsonObject.EMPTY);
        URI endpoint = current.userInfoEndpoint();
        String subject = checked.text("sub");
        if (endpoint == null || subject == null || !asksUserInfo(claims)) {
            return claims;
        }
        return new Claims(checked, userInfo.openId(endpoint, tokens.accessToken(), subject, settings, signatures));
    }

    private boolean asksUserInfo(Claims claims) {
        return switch (settings.userInfo()) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO -> mapper.wants(claims);
        };
    }

    private Claims plain(Metadata current, TokenResponse tokens) throws ProviderException {
        URI endpoint = current.userInfoEndpoint();
        if (endpoint == null) {
            throw ProviderException.invalid("no address of user information");
        }
        return new Claims(JsonObject.EMPTY, userInfo.plain(endpoint, tokens.accessToken()));
    }

    private OAuth20Service service(Metadata current, String redirectUri) {
        ClientProof proof = new ClientProof(
                settings.client(), current.clientMethods(), settings.issuer(), context.tokens(), context.clock());
        // No debug stream, ever: it would write codes and tokens.
        return new OAuth20Service(
                new ProviderApi(current, proof),
                settings.client().id(),
                null,
                redirectUri,
                null,
                "code",
                null,
                null,
                null,
                new ScribeHttp(http));
    }

    private Metadata discover() throws ProviderException {
        URI address = settings.discovery();
        if (address == null) {
            throw new IllegalStateException("a provider with endpoints of its own has no discovery");
        }
        JsonObject document = http.get(address, Map.of("Accept", "application/json"), "discovery")
                .okObject("discovery");
        return Metadata.parse(document, settings.issuer(), development);
    }

    private KeySet keys() throws ProviderException {
        URI address = metadata().jwksUri();
        if (address == null) {
            throw new IllegalStateException("plain OAuth 2.0 has no keys");
        }
        KeySet keys = KeySet.parse(
                http.get(address, Map.of("Accept", "application/json"), "keys").okObject("keys"));
        if (keys == null || keys.size() == 0) {
            throw ProviderException.unavailable("keys: no usable key");
        }
        return keys;
    }
}
