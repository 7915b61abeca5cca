package io.ostiary.servlet;

import io.ostiary.core.config.Settings;
import io.ostiary.core.runtime.Edges;
import io.ostiary.core.spi.EdgeStep;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One step at the edge that is set up by a filter of its own, in that filter's init-params. */
final class ApartStep {
    private ApartStep() {}

    /** Null for what cannot be set up apart. */
    static @Nullable Class<? extends Filter> filter(Edges.Kind kind) {
        return switch (kind) {
            case HEADERS -> SecurityHeadersFilter.class;
            case GUARD -> CanonicalPathFilter.class;
            case CORS -> CorsFilter.class;
            case HTTPS, LIMITS -> null;
            case CSRF -> CsrfFilter.class;
        };
    }

    static List<EdgeStep> compile(Edges.Kind kind, FilterConfig config, Running running) {
        Settings own = settings(config);
        List<String> guarded = GuardedPatterns.of(config.getServletContext(), running);
        EdgeStep step = running.ostiary().edges().apart(kind, place(config), own, guarded);
        own.refuseUnknown();
        return step == null ? List.of() : List.of(step);
    }

    static Settings settings(FilterConfig config) {
        Map<String, String> params = new HashMap<>();
        config.getInitParameterNames()
                .asIterator()
                .forEachRemaining(name -> params.put(name, config.getInitParameter(name)));
        return Settings.builder().map(place(config), "init-param", params).build();
    }

    private static String place(FilterConfig config) {
        return "filter '" + config.getFilterName() + "' (web.xml)";
    }
}
