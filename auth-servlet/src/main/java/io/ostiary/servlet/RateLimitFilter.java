package io.ostiary.servlet;

import io.ostiary.core.config.Settings;
import io.ostiary.core.runtime.Ostiary;
import io.ostiary.core.spi.EdgeStep;
import jakarta.servlet.FilterConfig;
import java.util.List;

/**
 * Answers 429 to whoever asks for a part of the application too often. Init-params: {@code limit} (required; rates such as
 * {@code 10 per minute, 100 per hour}), {@code by} ({@code address}, the default, or {@code account}), {@code on-fault}
 * ({@code deny}, the default, or {@code allow}). All that one filter is mapped to counts together. Thread-safe.
 */
public final class RateLimitFilter extends EdgeFilter {
    /** Made by the container. */
    public RateLimitFilter() {}

    @Override
    List<EdgeStep> compile(FilterConfig config, Running running) {
        Settings own = ApartStep.settings(config);
        Ostiary ostiary = running.ostiary();
        EdgeStep step = ostiary.edges().limit(own, config.getFilterName(), ostiary.engine());
        own.refuseUnknown();
        return List.of(step);
    }
}
