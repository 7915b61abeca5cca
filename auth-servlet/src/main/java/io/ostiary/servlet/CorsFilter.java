package io.ostiary.servlet;

import io.ostiary.core.runtime.Edges;
import io.ostiary.core.spi.EdgeStep;
import jakarta.servlet.FilterConfig;
import java.util.List;

/**
 * Tells browsers which pages of other origins may call. Init-params: the settings below {@code cors.}.
 * Declared in {@code web.xml} it takes the place of the one that is there by default; map it to {@code /*}, before all
 * others. Thread-safe.
 */
public final class CorsFilter extends EdgeFilter {
    /** Made by the container. */
    public CorsFilter() {}

    @Override
    List<EdgeStep> compile(FilterConfig config, Running running) {
        return ApartStep.compile(Edges.Kind.CORS, config, running);
    }
}
