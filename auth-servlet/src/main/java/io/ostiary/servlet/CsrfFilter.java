package io.ostiary.servlet;

import io.ostiary.core.runtime.Edges;
import io.ostiary.core.spi.EdgeStep;
import jakarta.servlet.FilterConfig;
import java.util.List;

/**
 * Refuses what another site made a browser send. Init-params: the settings below {@code csrf.}.
 * Declared in {@code web.xml} it takes the place of the one that is there by default; map it to {@code /*}, before all
 * others. Thread-safe.
 */
public final class CsrfFilter extends EdgeFilter {
    /** Made by the container. */
    public CsrfFilter() {}

    @Override
    List<EdgeStep> compile(FilterConfig config, Running running) {
        return ApartStep.compile(Edges.Kind.CSRF, config, running);
    }
}
