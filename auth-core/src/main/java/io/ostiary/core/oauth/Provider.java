package io.ostiary.core.oauth;

import io.ostiary.core.FailureReason;
import io.ostiary.core.Identity;
import io.ostiary.core.json.JsonObject;
import io.ostiary.core.spi.ClaimsMapper;
import io.ostiary.core.spi.Feature;
import java.net.URI;
import java.time.Instant;
import java.util.concurrent.Semaphore;

/** One provider at work. Thread-safe. */
final class Provider {
    /** Logins that wait for the provider, so that one that hangs does not take every thread. */
    static final int MAX_AT_ONCE = 32;

    private final ProviderSettings settings;
    private final Feature.Context context;
    private final ProviderDocuments documents;
    private final TokenClient tokenClient;
    private final AuthorizationRequests requests;
    private final Signatures signatures;
    private final IdTokenCheck idTokens;
    private final LogoutTokenCheck logoutTokens;
    private final UserInfo userInfo;
    private final IdentityMapper mapper;
    private final Semaphore places = new Semaphore(MAX_AT_ONCE);

    Provider(
            ProviderSettings settings,
            Feature.Context context,
            boolean development,
            CappedHttp http,
            ClaimsMapper mapper) {
        this.settings = settings;
        this.context = context;
        this.documents = new ProviderDocuments(settings, context.clock(), development, http);
        this.tokenClient = new TokenClient(settings, context, http);
        this.requests = new AuthorizationRequests(settings, tokenClient, http);
        this.signatures = new Signatures(documents.keys(), settings.algorithms());
        this.idTokens = new IdTokenCheck(settings, signatures, context.clock());
        // Anybody may send a logout token, so those have a cool-down of their own.
        Signatures ofStrangers = new Signatures(documents.keys(), settings.algorithms());
        this.logoutTokens = new LogoutTokenCheck(settings, ofStrangers, context.clock(), context.once());
        this.userInfo = new UserInfo(http);
        this.mapper = new IdentityMapper(settings, mapper);
    }

    /**
     * What a finished exchange gives.
     *
     * @param identity who
     * @param tokens to be kept, if the settings say so
     */
    record Outcome(Identity identity, KeptTokens tokens) {}

    ProviderSettings settings() {
        return settings;
    }

    LogoutTokenCheck logoutTokens() {
        return logoutTokens;
    }

    Metadata metadata() throws ProviderException {
        return documents.metadata();
    }

    String authorizationUrl(Metadata metadata, PendingLogin login, String state, Wishes wishes)
            throws ProviderException {
        return requests.url(metadata, login, state, wishes);
    }

    Outcome identify(Metadata metadata, PendingLogin login, String code) throws ProviderException {
        if (!places.tryAcquire()) {
            throw ProviderException.unavailable("too many logins wait for the provider");
        }
        try {
            return identified(metadata, login, code);
        } finally {
            places.release();
        }
    }

    private Outcome identified(Metadata metadata, PendingLogin login, String code) throws ProviderException {
        TokenResponse tokens = tokenClient.exchange(metadata, login, code);
        Claims claims = settings.preset().openId() ? openId(metadata, login, tokens) : plain(metadata, tokens);
        Instant now = context.clock().instant();
        Identity identity = mapper.map(claims, now);
        return new Outcome(identity, kept(identity, login, claims.idToken(), tokens, now));
    }

    /** Core 12.2: a refreshed ID token speaks of the same login, and is checked like the first. */
    KeptTokens refresh(KeptTokens old, String refreshToken) throws ProviderException {
        Instant started = context.clock().instant();
        TokenResponse response = tokenClient.refresh(metadata(), refreshToken);
        String idToken = response.idToken();
        if (settings.preset().openId() && idToken != null) {
            JsonObject claims = idTokens.check(
                    idToken,
                    new IdTokenCheck.Expected(old.login().nonce(), true, started, false, response.accessToken()));
            sameLogin(old.login(), claims);
        }
        return old.refreshed(response, context.clock().instant());
    }

    private static void sameLogin(KeptTokens.Login login, JsonObject claims) throws ProviderException {
        boolean sameTime = !claims.has("auth_time")
                || login.authTime() == null
                || login.authTime().equals(claims.whole("auth_time"));
        if (!login.subject().equals(claims.text("sub")) || !login.issuer().equals(claims.text("iss")) || !sameTime) {
            throw ProviderException.of(
                    FailureReason.ID_TOKEN_INVALID, "ID token refused, 12.2: speaks of another login");
        }
    }

    private KeptTokens kept(
            Identity identity, PendingLogin login, JsonObject idToken, TokenResponse tokens, Instant now) {
        String subject = idToken.text("sub");
        KeptTokens.Login whose = new KeptTokens.Login(
                settings.id(),
                identity.issuer(),
                subject == null ? "" : subject,
                login.nonce(),
                idToken.whole("auth_time"));
        boolean all = settings.session().keepTokens();
        return new KeptTokens(
                whose,
                all ? tokens.accessToken() : null,
                all ? tokens.refreshToken() : null,
                tokens.idToken(),
                now.plus(tokens.lifetime()));
    }

    private Claims openId(Metadata metadata, PendingLogin login, TokenResponse tokens) throws ProviderException {
        String idToken = tokens.idToken();
        if (idToken == null) {
            throw ProviderException.invalid("Core 3.1.3.3: no ID token");
        }
        JsonObject checked = idTokens.check(
                idToken,
                new IdTokenCheck.Expected(login.nonce(), false, login.issuedAt(), login.anew(), tokens.accessToken()));
        Claims claims = new Claims(checked, JsonObject.EMPTY);
        URI endpoint = metadata.userInfoEndpoint();
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

    private Claims plain(Metadata metadata, TokenResponse tokens) throws ProviderException {
        URI endpoint = metadata.userInfoEndpoint();
        if (endpoint == null) {
            throw ProviderException.invalid("no address of user information");
        }
        JsonObject claims = userInfo.plain(endpoint, tokens.accessToken());
        return settings.preset() == Preset.GITHUB
                ? new Claims(JsonObject.EMPTY, userInfo.withGitHubEmail(endpoint, tokens.accessToken(), claims))
                : new Claims(JsonObject.EMPTY, claims);
    }
}
