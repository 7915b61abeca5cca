package io.ostiary.core.runtime;

import io.ostiary.core.AuthEngine;
import io.ostiary.core.BaseUrl;
import io.ostiary.core.config.ConfigurationException;
import io.ostiary.core.config.Settings;
import io.ostiary.core.cors.Cors;
import io.ostiary.core.csrf.Csrf;
import io.ostiary.core.headers.SecurityHeaders;
import io.ostiary.core.https.HttpsOnly;
import io.ostiary.core.path.PathGuard;
import io.ostiary.core.proxy.Proxies;
import io.ostiary.core.ratelimit.RateLimits;
import io.ostiary.core.ratelimit.RouteLimit;
import io.ostiary.core.spi.AuthListener;
import io.ostiary.core.spi.EdgeStep;
import io.ostiary.core.spi.Feature;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is done at the edge of the application, compiled from settings; each part is on by default, except CORS and the
 * insistence on TLS, and most may be set up apart instead. Immutable and thread-safe.
 */
public final class Edges {
    private final Application application;
    private final Settings settings;
    private final Proxies proxies;
    private final boolean noStore;

    private Edges(Application application, Settings settings, Proxies proxies, boolean noStore) {
        this.application = application;
        this.settings = settings;
        this.proxies = proxies;
        this.noStore = noStore;
    }

    /** The parts, in the order in which they run. */
    public enum Kind {
        /** Security headers; first, so that every answer has them. */
        HEADERS,
        /** Only targets that everybody reads alike. */
        GUARD,
        /** Only over TLS, if that is wished. */
        HTTPS,
        /** Calls from pages of other origins. */
        CORS,
        /** Not too often. */
        LIMITS,
        /** Nothing on behalf of another site. */
        CSRF;

        /**
         * Returns where its settings stand.
         *
         * @return the prefix of its keys
         */
        public String section() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What the parts must know of the application. */
    record Application(
            BaseUrl baseUrl, boolean https, Feature.Context context, Csrf.Where csrf, AuthListener listener) {}

    private enum ProtectedCache {
        NO_STORE,
        KEEP
    }

    static Edges from(Settings settings, Application application) {
        boolean noStore = settings.section(Kind.HEADERS.section())
                        .oneOf("protected-cache", ProtectedCache.class, ProtectedCache.NO_STORE)
                == ProtectedCache.NO_STORE;
        Edges edges = new Edges(application, settings, Proxies.from(settings.section("proxy")), noStore);
        for (Kind kind : Kind.values()) { // so that a mistake is found, and each key is known, before anything starts
            edges.compile(kind, edges.section(kind), List.of());
        }
        return edges;
    }

    /**
     * Compiles the parts that are not set up apart.
     *
     * @param apart those that are
     * @param guarded url-patterns of what is protected
     * @return in the order in which they run
     */
    public List<EdgeStep> steps(Set<Kind> apart, List<String> guarded) {
        return List.of(Kind.values()).stream()
                .filter(kind -> !apart.contains(kind))
                .map(kind -> compile(kind, section(kind), guarded))
                .flatMap(Stream::ofNullable)
                .toList();
    }

    /**
     * Compiles one part from settings of its own.
     *
     * @param kind which part
     * @param place where those settings stand, for messages
     * @param own the settings, without the prefix
     * @param guarded url-patterns of what is protected
     * @return null if they turn it off
     * @throws ConfigurationException if a setting is wrong, or the part is set up in the application's settings too
     */
    public @Nullable EdgeStep apart(Kind kind, String place, Settings own, List<String> guarded) {
        Set<String> elsewhere = settings.keys(kind.section());
        boolean any = elsewhere.stream().anyMatch(key -> !key.equals("protected-cache"));
        if (any) {
            throw new ConfigurationException(place + ": '" + kind.section()
                    + ".' is set in the application's settings too; allowed: in one of the two places");
        }
        return compile(kind, own, guarded);
    }

    /**
     * Compiles a limit on a part of the application.
     *
     * @param own its settings
     * @param name names what is counted
     * @param engine tells who is asking
     * @return the limit
     * @throws ConfigurationException if a setting is wrong
     */
    public EdgeStep limit(Settings own, String name, AuthEngine engine) {
        EdgeStep limit =
                RouteLimit.from(own, name, engine, application.context().limits());
        return new ToldStep(limit, Kind.LIMITS, application.context().clock(), application.listener());
    }

    private Settings section(Kind kind) {
        return settings.section(kind.section());
    }

    private @Nullable EdgeStep compile(Kind kind, Settings section, List<String> guarded) {
        EdgeStep step = step(kind, section, guarded);
        return step == null || kind == Kind.HEADERS
                ? step
                : new ToldStep(step, kind, application.context().clock(), application.listener());
    }

    private @Nullable EdgeStep step(Kind kind, Settings section, List<String> guarded) {
        return switch (kind) {
            case HEADERS ->
                SecurityHeaders.from(
                        section, application.https(), application.context().tokens());
            case GUARD -> PathGuard.from(section, guarded);
            case HTTPS -> HttpsOnly.from(section, application.https(), application.baseUrl());
            case CORS -> Cors.from(section);
            case LIMITS ->
                RateLimits.from(
                        section,
                        application.csrf().endpointPath(),
                        application.context().limits());
            case CSRF -> {
                Cors cors = Cors.from(section(Kind.CORS));
                Set<String> trusted = cors == null ? Set.of() : cors.withCookies();
                Feature.Context context = application.context();
                yield Csrf.from(section, application.csrf(), trusted, context.key(), context.tokens());
            }
        };
    }

    /**
     * Returns whom to believe about who is asking.
     *
     * @return the trusted proxies
     */
    public Proxies proxies() {
        return proxies;
    }

    /**
     * Tells whether answers for somebody are kept out of caches unless they say how they may be cached.
     *
     * @return the setting {@code headers.protected-cache}
     */
    public boolean noStore() {
        return noStore;
    }
}
