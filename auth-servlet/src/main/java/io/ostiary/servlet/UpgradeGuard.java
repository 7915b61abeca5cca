package io.ostiary.servlet;

import io.ostiary.core.AuthRequest;
import io.ostiary.core.Decision;
import io.ostiary.core.Policy;
import io.ostiary.core.Reply;
import io.ostiary.core.spi.EdgeStep;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks the guards of a path before a WebSocket opens there: a container may answer the upgrade (RFC 6455 section 4.2) in
 * a filter of its own, in front of those of {@code web.xml}. Thread-safe.
 */
final class UpgradeGuard implements EdgeStep {
    private final List<Covered> guards = new ArrayList<>();
    private final Running running;

    private record Covered(String filter, List<String> patterns, boolean everyServlet) {}

    UpgradeGuard(ServletContext context, Running running) {
        this.running = running;
        for (FilterRegistration filter : context.getFilterRegistrations().values()) {
            if (filter.getClassName() != null && GuardKind.of(filter.getClassName()) != null) {
                guards.add(new Covered(
                        filter.getName(),
                        Mappings.patterns(filter),
                        Mappings.servlets(filter).contains("*")));
            }
        }
    }

    @Override
    public @Nullable Reply before(AuthRequest request, Answer answer) {
        if (!request.opensWebSocket()) {
            return null;
        }
        String path = request.path();
        for (Covered covered : guards) {
            if (covered.everyServlet()
                    || covered.patterns().stream().anyMatch(pattern -> UrlPatterns.matches(pattern, path))) {
                Guard guard = running.guard(covered.filter());
                if (guard == null) {
                    throw new IllegalStateException("filter '" + covered.filter() + "' has not started");
                }
                Decision decision = guard.engine().decide(request, policy(guard));
                if (!(decision instanceof Decision.Allow)) {
                    return guard.answers().of(decision, request, guard.mode());
                }
            }
        }
        return null;
    }

    /** An endpoint is no servlet, so it has no annotations of one; the filter itself still asks for those. */
    private static Policy policy(Guard guard) {
        return guard.policy() instanceof AnnotationPolicy annotations ? annotations.others() : guard.policy();
    }
}
