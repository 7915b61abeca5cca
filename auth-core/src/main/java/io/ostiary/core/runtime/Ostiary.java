package io.ostiary.core.runtime;

import io.ostiary.core.Answers;
import io.ostiary.core.AuthEngine;
import io.ostiary.core.BaseUrl;
import io.ostiary.core.audit.Audit;
import io.ostiary.core.cache.MemoryDenyList;
import io.ostiary.core.cache.MemoryOnceStore;
import io.ostiary.core.config.Settings;
import io.ostiary.core.crypto.MasterKey;
import io.ostiary.core.crypto.Tokens;
import io.ostiary.core.csrf.Csrf;
import io.ostiary.core.endpoint.Endpoints;
import io.ostiary.core.endpoint.Site;
import io.ostiary.core.metrics.Metering;
import io.ostiary.core.oauth.BearerIssuers;
import io.ostiary.core.oauth.OAuthLogin;
import io.ostiary.core.oauth.OAuthSettings;
import io.ostiary.core.ratelimit.MemoryRateLimitStore;
import io.ostiary.core.ratelimit.RateLimits;
import io.ostiary.core.session.SessionRecord;
import io.ostiary.core.session.SessionSettings;
import io.ostiary.core.session.Sessions;
import io.ostiary.core.session.Stores;
import io.ostiary.core.spi.AuthEvent;
import io.ostiary.core.spi.AuthListener;
import io.ostiary.core.spi.Authenticator;
import io.ostiary.core.spi.DenyList;
import io.ostiary.core.spi.Feature;
import io.ostiary.core.spi.Meters;
import io.ostiary.core.spi.SubjectEpochs;
import io.ostiary.core.token.TokenService;
import io.ostiary.core.token.TokenService.Revocation;
import io.ostiary.core.token.TokenSettings;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One application's whole kit, assembled from settings: what an adapter starts once and asks for each request.
 * Immutable and thread-safe.
 */
public final class Ostiary {
    private static final int MAX_USED_ONCE = 1_000_000;
    private static final int MAX_LIMITED = 100_000;
    private final AuthEngine engine;
    private final Answers answers;
    private final Endpoints endpoints;
    private final Edges edges;
    private final Audit audit;
    private final BaseUrl baseUrl;

    private Ostiary(
            AuthEngine engine, Answers answers, Endpoints endpoints, Edges edges, Audit audit, BaseUrl baseUrl) {
        this.engine = engine;
        this.answers = answers;
        this.endpoints = endpoints;
        this.edges = edges;
        this.audit = audit;
        this.baseUrl = baseUrl;
    }

    /**
     * Reads all settings and assembles the kit.
     *
     * @param settings all settings; a key that nobody knows stops the start
     * @param features parts beyond the core; those that {@link ServiceLoader} finds are added
     * @return the kit
     * @throws io.ostiary.core.config.ConfigurationException if a setting is wrong
     */
    public static Ostiary start(Settings settings, List<Feature> features) {
        return start(settings, features, InstantSource.system());
    }

    /**
     * Reads all settings and assembles the kit on a given clock.
     *
     * @param settings all settings; a key that nobody knows stops the start
     * @param features parts beyond the core; those that {@link ServiceLoader} finds are added
     * @param clock tells the time
     * @return the kit
     * @throws io.ostiary.core.config.ConfigurationException if a setting is wrong
     */
    public static Ostiary start(Settings settings, List<Feature> features, InstantSource clock) {
        return start(settings, features, clock, null);
    }

    /**
     * Reads all settings and assembles the kit on a given clock and given stores.
     *
     * @param settings all settings; a key that nobody knows stops the start
     * @param features parts beyond the core; those that {@link ServiceLoader} finds are added
     * @param clock tells the time
     * @param stores where sessions live, called {@code session.store-calls} times at once at most; null for memory
     * @return the kit
     * @throws io.ostiary.core.config.ConfigurationException if a setting is wrong
     */
    public static Ostiary start(
            Settings settings, List<Feature> features, InstantSource clock, @Nullable Stores stores) {
        Tokens tokens = new Tokens();
        AppSettings app = AppSettings.from(settings, tokens);
        Audit audit = Audit.from(settings.section("audit"));
        Meters meters = Metering.from(settings.section("metrics"));
        AuthListener heard = Metering.counting(audit, meters);
        Feature.Context context = new Feature.Context(
                new MasterKey(app.secret()),
                tokens,
                clock,
                new MemoryOnceStore(MAX_USED_ONCE, clock),
                new MemoryRateLimitStore(MAX_LIMITED, clock),
                app.development(),
                heard,
                meters);
        DenyList denied = new MemoryDenyList(MAX_USED_ONCE, clock);
        SessionSettings sessionSettings = SessionSettings.from(settings, app.secure());
        Sessions sessions = SessionParts.sessions(sessionSettings, stores, denied, context);
        TokenSettings tokenSettings = tokens(settings, app, context);
        TokenService.Where where = new TokenService.Where(app.endpointPath() + "/token", app.realm());
        TokenService api = tokenSettings == null
                ? null
                : TokenService.inMemory(
                        tokenSettings, new Revocation(denied, sessions.epochs()), where, context, heard);
        AuthEngine.Builder engine = AuthEngine.builder()
                .clock(clock)
                .realm(app.realm())
                .store(SessionParts.store(sessions, api, meters))
                .meters(meters)
                .listener(heard)
                .listenersNeeded(audit.needed());
        Authenticator bearer = bearer(settings, app, context, tokenSettings, api, sessions.epochs());
        if (bearer != null) {
            engine.authenticator(bearer);
        }
        List<Feature.Page> pages = contribute(engine, settings, features, context);
        RateLimits limits = RateLimits.from(settings.section("limits"), app.endpointPath(), context.limits());
        if (limits != null) {
            engine.failureLimit(limits::failed);
        }
        OAuthLogin oauth = OAuthLogin.create(providers(settings, app, sessionSettings.mode()), context, app.secure());
        Edges edges =
                Edges.from(settings, edge(app, context, sessions, proving(sessionSettings, tokenSettings), heard));
        settings.refuseUnknown();
        Endpoints.SignedIn parts = new Endpoints.SignedIn(sessions, api, heard, clock, sessionSettings);
        Ostiary ready = assemble(app, engine.build(), oauth, parts, sessionSettings.remember(), edges, audit, pages);
        heard.on(started(clock.instant(), settings));
        return ready;
    }

    private static AuthEvent started(Instant now, Settings settings) {
        String version = Ostiary.class.getPackage().getImplementationVersion();
        AuthEvent started = new AuthEvent(AuthEvent.Type.STARTED, now, "", null, null, "", "", "", "");
        return started.withDetail("Ostiary " + (version == null ? "" : version + ", ") + settings.summary());
    }

    /** Our own tokens and those of others come in the same header. */
    private static @Nullable Authenticator bearer(
            Settings settings,
            AppSettings app,
            Feature.Context context,
            @Nullable TokenSettings own,
            @Nullable TokenService api,
            SubjectEpochs epochs) {
        String issuer = own == null ? null : own.issuer();
        BearerIssuers others = BearerIssuers.from(settings, app.development(), issuer);
        Authenticator ours = api == null ? null : api.authenticator();
        return others == null ? ours : others.authenticator(ours, context, epochs, app.realm());
    }

    private static OAuthSettings providers(Settings settings, AppSettings app, SessionSettings.Mode sessions) {
        OAuthSettings providers = OAuthSettings.from(settings, app.development());
        if (sessions == SessionSettings.Mode.COOKIE) {
            providers.refuseFrontChannel(settings);
        }
        return providers;
    }

    private static Set<String> proving(SessionSettings sessions, @Nullable TokenSettings tokens) {
        Set<String> cookies = new HashSet<>(tokens == null ? Set.of() : tokens.provingCookies());
        cookies.add(sessions.cookieName());
        return cookies;
    }

    private static Edges.Application edge(
            AppSettings app, Feature.Context context, Sessions sessions, Set<String> proving, AuthListener heard) {
        Csrf.Where where = new Csrf.Where(app.baseUrl(), app.endpointPath(), proving, request -> {
            SessionRecord session = sessions.current(request);
            return session == null ? null : session.handle();
        });
        return new Edges.Application(app.baseUrl(), app.secure(), context, where, heard);
    }

    /**
     * Returns what decides.
     *
     * @return the engine that looks at every scheme
     */
    public AuthEngine engine() {
        return engine;
    }

    /**
     * Returns what answers for refused requests.
     *
     * @return the answers
     */
    public Answers answers() {
        return answers;
    }

    /**
     * Returns the kit's own pages.
     *
     * @return the route table
     */
    public Endpoints endpoints() {
        return endpoints;
    }

    /**
     * Returns what hears of every event.
     *
     * @return the audit; to be closed with the application
     */
    public Audit audit() {
        return audit;
    }

    /** {@return what is done before anybody asks who is asking} */
    public Edges edges() {
        return edges;
    }

    /**
     * Returns where people find the application: for links in pages and mails, which no header of a request may steer.
     *
     * @return the setting {@code base-url}
     */
    public BaseUrl baseUrl() {
        return baseUrl;
    }

    private static @Nullable TokenSettings tokens(Settings settings, AppSettings app, Feature.Context context) {
        URI base = settings.url("base-url");
        // Without a base URL, which only development allows, there is no address to name.
        String issuer = base == null ? "urn:ostiary:development" : base.toString();
        return TokenSettings.from(settings, context.key(), issuer, app.secure());
    }

    private static Ostiary assemble(
            AppSettings app,
            AuthEngine engine,
            OAuthLogin oauth,
            Endpoints.SignedIn parts,
            SessionSettings.Remember remember,
            Edges edges,
            Audit audit,
            List<Feature.Page> pages) {
        String builtIn = app.endpointPath() + "/login";
        // Who is remembered is let in by the built-in page, which sends all others on.
        String page = remember == SessionSettings.Remember.OFF ? app.loginPage() : null;
        Answers answers = new Answers(page == null ? builtIn : page);
        boolean offered = remember == SessionSettings.Remember.ON_REQUEST;
        Site site = new Site(
                app.baseUrl(), app.endpointPath(), app.loginPage(), offered, app.afterLogin(), app.afterLogout());
        Endpoints endpoints = Endpoints.of(site, engine, oauth, answers, new ProviderLogouts(parts))
                .with(site, parts)
                .plus(site, pages);
        return new Ostiary(engine, answers, endpoints, edges, audit, app.baseUrl());
    }

    private static List<Feature.Page> contribute(
            AuthEngine.Builder engine, Settings settings, List<Feature> features, Feature.Context context) {
        List<Feature> all = new ArrayList<>(features);
        ServiceLoader.load(Feature.class, Feature.class.getClassLoader()).forEach(all::add);
        List<Feature.Page> pages = new ArrayList<>();
        for (Feature feature : all) {
            Feature.Contribution more = feature.configure(settings, context);
            more.authenticators().forEach(engine::authenticator);
            more.enrichers().forEach(engine::enricher);
            more.loginSteps().forEach(engine::loginStep);
            more.listeners().forEach(engine::listener);
            pages.addAll(more.pages());
        }
        return pages;
    }
}
