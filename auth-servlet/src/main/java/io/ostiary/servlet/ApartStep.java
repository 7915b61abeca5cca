package io.ostiary.servlet;

import io.ostiary.core.config.Settings;
import io.ostiary.core.runtime.Edges;
import io.ostiary.core.spi.EdgeStep;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One step at the edge that is set up by a filter of its own, in that filter's init-params. */
final class ApartStep {
    private ApartStep() {}

    static Class<? extends Filter> filter(Edges.Kind kind) {
        return switch (kind) {
            case HEADERS -> SecurityHeadersFilter.class;
            case GUARD -> CanonicalPathFilter.class;
            case CORS -> CorsFilter.class;
            case CSRF -> CsrfFilter.class;
        };
    }

    static List<EdgeStep> compile(Edges.Kind kind, FilterConfig config, Running running) {
        Map<String, String> params = new HashMap<>();
        config.getInitParameterNames()
                .asIterator()
                .forEachRemaining(name -> params.put(name, config.getInitParameter(name)));
        String place = "filter '" + config.getFilterName() + "' (web.xml)";
        Settings own = Settings.builder().map(place, "init-param", params).build();
        EdgeStep step =
                running.ostiary().edges().apart(kind, place, own, GuardedPatterns.of(config.getServletContext()));
        own.refuseUnknown();
        return step == null ? List.of() : List.of(step);
    }
}
