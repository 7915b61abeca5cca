package io.ostiary.servlet;

import io.ostiary.core.runtime.Edges;
import io.ostiary.core.spi.EdgeStep;
import jakarta.servlet.FilterConfig;
import java.util.List;

/**
 * Sets security headers on every answer. Init-params: the settings below {@code headers.}.
 * Declared in {@code web.xml} it takes the place of the one that is there by default; map it to {@code /*}, before all
 * others. Thread-safe.
 */
public final class SecurityHeadersFilter extends EdgeFilter {
    /** Made by the container. */
    public SecurityHeadersFilter() {}

    @Override
    List<EdgeStep> compile(FilterConfig config, Running running) {
        return ApartStep.compile(Edges.Kind.HEADERS, config, running);
    }
}
