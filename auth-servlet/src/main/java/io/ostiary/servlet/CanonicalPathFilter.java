package io.ostiary.servlet;

import io.ostiary.core.runtime.Edges;
import io.ostiary.core.spi.EdgeStep;
import jakarta.servlet.FilterConfig;
import java.util.List;

/**
 * Answers 400 for request targets that can be read in more than one way. Init-params: the settings below {@code guard.}.
 * Declared in {@code web.xml} it takes the place of the one that is there by default; map it to {@code /*}, before all
 * others. Thread-safe.
 */
public final class CanonicalPathFilter extends EdgeFilter {
    /** Made by the container. */
    public CanonicalPathFilter() {}

    @Override
    List<EdgeStep> compile(FilterConfig config, Running running) {
        return ApartStep.compile(Edges.Kind.GUARD, config, running);
    }
}
