package io.ostiary.servlet;

import io.ostiary.core.endpoint.Endpoints;
import io.ostiary.core.runtime.Edges;
import io.ostiary.core.spi.EdgeStep;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Every step that {@code web.xml} does not set up apart, in one filter before all others: containers disagree about the
 * order of several filters that are put in front.
 */
final class DefaultEdgeFilter extends EdgeFilter {
    private static final String NAME = "ostiary-edge";
    private static final String DONE = DefaultEdgeFilter.class.getName();
    private final boolean twice;

    private DefaultEdgeFilter(boolean twice) {
        this.twice = twice;
    }

    /**
     * Puts the filter in front of what {@code inner} puts in front. It is mapped before and after that, because of what is
     * mapped in front later some containers make the outer and some the inner; whichever comes second does nothing.
     */
    static void registerAround(ServletContext context, Runnable inner) {
        FilterRegistration.Dynamic filter = context.addFilter(NAME, new DefaultEdgeFilter(true));
        filter.setAsyncSupported(true);
        map(filter);
        inner.run();
        map(filter);
    }

    private static void map(FilterRegistration.Dynamic filter) {
        filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ERROR), false, "/*");
    }

    @Override
    boolean done(HttpServletRequest request) {
        if (!twice) {
            return false;
        }
        boolean done = request.getAttribute(DONE) == request.getDispatcherType();
        request.setAttribute(DONE, request.getDispatcherType());
        return done;
    }

    /** Puts the filter in front; tells what it does. */
    static String register(ServletContext context, Running running) {
        List<EdgeStep> steps = running.ostiary().edges().steps(apart(context), GuardedPatterns.of(context));
        if (steps.isEmpty() && GuardedPatterns.of(context).isEmpty()) {
            StartAudit.run(context, running);
            return "nothing";
        }
        FilterRegistration.Dynamic filter = context.addFilter(NAME, new DefaultEdgeFilter(false));
        if (filter != null) { // null where it was dropped in
            filter.setAsyncSupported(true);
            map(filter);
        }
        StringBuilder told = new StringBuilder();
        steps.forEach(step -> told.append("\n  ").append(step));
        return steps.isEmpty() ? "nothing but the guards of WebSocket upgrades" : told.toString();
    }

    @Override
    List<EdgeStep> compile(FilterConfig config, Running running) {
        ServletContext context = config.getServletContext();
        StartAudit.run(context, running);
        List<EdgeStep> steps =
                new ArrayList<>(running.ostiary().edges().steps(apart(context), GuardedPatterns.of(context, running)));
        steps.add(new UpgradeGuard(context, running));
        if (twice) {
            steps.add(endpoints(running.ostiary().endpoints()));
        }
        return steps;
    }

    /** Nobody could sign in where a filter of the application sends what it does not know elsewhere. */
    private static EdgeStep endpoints(Endpoints endpoints) {
        String below = endpoints.path() + "/";
        return (request, answer) -> request.path().startsWith(below) ? endpoints.handle(request) : null;
    }

    private static Set<Edges.Kind> apart(ServletContext context) {
        Set<String> declared = new TreeSet<>();
        context.getFilterRegistrations().values().forEach(filter -> {
            if (filter.getClassName() != null) {
                declared.add(filter.getClassName());
            }
        });
        Set<Edges.Kind> apart = EnumSet.noneOf(Edges.Kind.class);
        for (Edges.Kind kind : Edges.Kind.values()) {
            Class<?> own = ApartStep.filter(kind);
            if (own != null && declared.contains(own.getName())) {
                apart.add(kind);
            }
        }
        return apart;
    }
}
