package io.ostiary.servlet;

import io.ostiary.core.runtime.Edges;
import io.ostiary.core.spi.EdgeStep;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
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

    /** Puts the filter in front; tells what it does. */
    static String register(ServletContext context, Running running) {
        List<EdgeStep> steps = running.ostiary().edges().steps(apart(context), GuardedPatterns.of(context));
        if (steps.isEmpty()) {
            return "nothing";
        }
        FilterRegistration.Dynamic filter = context.addFilter(NAME, new DefaultEdgeFilter());
        if (filter != null) { // null where a second listener is declared by mistake: the first one's filter stands
            filter.setAsyncSupported(true);
            filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ERROR), false, "/*");
        }
        StringBuilder told = new StringBuilder();
        steps.forEach(step -> told.append("\n  ").append(step));
        return told.toString();
    }

    @Override
    List<EdgeStep> compile(FilterConfig config, Running running) {
        ServletContext context = config.getServletContext();
        return running.ostiary().edges().steps(apart(context), GuardedPatterns.of(context));
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
