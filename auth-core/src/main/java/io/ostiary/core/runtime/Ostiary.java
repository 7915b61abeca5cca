package io.ostiary.core.runtime;

import io.ostiary.core.Answers;
import io.ostiary.core.AuthEngine;
import io.ostiary.core.audit.AuditLog;
import io.ostiary.core.cache.MemoryDenyList;
import io.ostiary.core.cache.MemoryOnceStore;
import io.ostiary.core.config.Settings;
import io.ostiary.core.crypto.MasterKey;
import io.ostiary.core.crypto.Tokens;
import io.ostiary.core.endpoint.Endpoints;
import io.ostiary.core.endpoint.Site;
import io.ostiary.core.oauth.OAuthLogin;
import io.ostiary.core.oauth.OAuthSettings;
import io.ostiary.core.session.SessionSettings;
import io.ostiary.core.session.Sessions;
import io.ostiary.core.spi.DenyList;
import io.ostiary.core.spi.Feature;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/**
 * One application's whole kit, assembled from settings: what an adapter starts once and asks for each request.
 * Immutable and thread-safe.
 */
public final class Ostiary {
    private static final int MAX_USED_ONCE = 1_000_000;
    private final AuthEngine engine;
    private final Answers answers;
    private final Endpoints endpoints;

    private Ostiary(AuthEngine engine, Answers answers, Endpoints endpoints) {
        this.engine = engine;
        this.answers = answers;
        this.endpoints = endpoints;
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
        Tokens tokens = new Tokens();
        AppSettings app = AppSettings.from(settings, tokens);
        Feature.Context context = new Feature.Context(
                new MasterKey(app.secret()),
                tokens,
                clock,
                new MemoryOnceStore(MAX_USED_ONCE, clock),
                app.development());
        AuditLog audit = new AuditLog();
        DenyList denied = new MemoryDenyList(MAX_USED_ONCE, clock);
        Sessions sessions = Sessions.inMemory(SessionSettings.from(settings, app.secure()), denied, context, audit);
        AuthEngine.Builder engine = AuthEngine.builder()
                .clock(clock)
                .realm(app.realm())
                .store(sessions)
                .listener(audit);
        contribute(engine, settings, features, context);
        OAuthLogin oauth = OAuthLogin.create(OAuthSettings.from(settings, app.development()), context, app.secure());
        settings.refuseUnknown();
        return assemble(app, engine.build(), oauth, sessions);
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

    private static Ostiary assemble(AppSettings app, AuthEngine engine, OAuthLogin oauth, Sessions sessions) {
        String builtIn = app.endpointPath() + "/login";
        Answers answers = new Answers(app.loginPage() == null ? builtIn : app.loginPage());
        Site site = new Site(app.baseUrl(), app.endpointPath(), app.loginPage(), app.afterLogin(), app.afterLogout());
        return new Ostiary(engine, answers, Endpoints.of(site, engine, oauth, answers, sessions));
    }

    private static void contribute(
            AuthEngine.Builder engine, Settings settings, List<Feature> features, Feature.Context context) {
        List<Feature> all = new ArrayList<>(features);
        ServiceLoader.load(Feature.class, Feature.class.getClassLoader()).forEach(all::add);
        for (Feature feature : all) {
            Feature.Contribution more = feature.configure(settings, context);
            more.authenticators().forEach(engine::authenticator);
            more.enrichers().forEach(engine::enricher);
            more.loginSteps().forEach(engine::loginStep);
            more.listeners().forEach(engine::listener);
        }
    }
}
