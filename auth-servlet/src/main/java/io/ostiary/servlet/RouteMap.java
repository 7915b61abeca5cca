package io.ostiary.servlet;

import io.ostiary.core.Identity;
import io.ostiary.core.Policy;
import io.ostiary.core.Verdict;
import io.ostiary.rbac.rules.Explanation;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which servlet is where and what covers it, from the very guards that decide; and why a request would be refused. For
 * people who run the application: it names roles and rules, so show it to administrators only. Thread-safe.
 */
public final class RouteMap {
    private final List<Filter> filters = new ArrayList<>();
    private final List<Route> routes = new ArrayList<>();

    private record Filter(String name, List<String> patterns, List<String> servlets, Guard guard) {
        List<String> where(String path, @Nullable String servlet) {
            List<String> found = new ArrayList<>(patterns);
            found.removeIf(pattern -> !UrlPatterns.matches(pattern, path));
            if (servlet != null && (servlets.contains(servlet) || servlets.contains("*"))) {
                found.add("servlet " + servlet);
            }
            return found;
        }
    }

    /**
     * One url-pattern of a servlet.
     *
     * @param servlet its name
     * @param pattern the url-pattern
     * @param covers the kit's filters that cover it or a part of it
     */
    public record Route(String servlet, String pattern, List<Cover> covers) {
        /** Copies. */
        public Route {
            covers = List.copyOf(covers);
        }

        /**
         * Tells whether some path of it is open to everybody as far as the kit knows.
         *
         * @return true if no filter covers all of it
         */
        public boolean open() {
            return covers.stream().noneMatch(Cover::whole);
        }
    }

    /**
     * A filter that covers a route.
     *
     * @param filter its name
     * @param pattern where it is mapped
     * @param policy what it takes there
     * @param whole false if it covers a part of the route only
     */
    public record Cover(String filter, String pattern, String policy, boolean whole) {}

    private RouteMap(ServletContext context) {
        Running running = OstiaryListener.running(context);
        for (FilterRegistration filter : context.getFilterRegistrations().values()) {
            Guard guard = running.guard(filter.getName());
            if (guard != null) {
                filters.add(new Filter(filter.getName(), Mappings.patterns(filter), Mappings.servlets(filter), guard));
            }
        }
        new TreeMap<String, ServletRegistration>(context.getServletRegistrations())
                .forEach((name, servlet) ->
                        new TreeSet<>(Mappings.patterns(servlet)).forEach(pattern -> routes.add(route(name, pattern))));
    }

    /**
     * Draws the map of a running application.
     *
     * @param context of an application that {@link OstiaryListener} started
     * @return its map
     * @throws io.ostiary.core.config.ConfigurationException if the listener is not in {@code web.xml}
     */
    public static RouteMap of(ServletContext context) {
        return new RouteMap(context);
    }

    /**
     * Lists every url-pattern of every servlet.
     *
     * @return sorted by servlet name
     */
    public List<Route> routes() {
        return List.copyOf(routes);
    }

    /**
     * Explains what would happen to a request, filter by filter. Filters of other makers are not known here.
     *
     * @param method HTTP method
     * @param path canonical path inside the application
     * @param identity with its effective roles; null for nobody
     * @return the verdict and the way to it
     */
    public Explanation explain(String method, String path, @Nullable Identity identity) {
        List<String> steps = new ArrayList<>();
        String servlet = servlet(path, steps);
        Verdict verdict = Verdict.GRANT;
        String decidedBy = null;
        for (Filter filter : filters) {
            List<String> where = filter.where(path, servlet);
            if (!where.isEmpty()) {
                steps.add("filter '" + filter.name() + "' on " + String.join(" ", where) + ":");
                Explanation found = ask(filter.guard(), servlet, method, path, identity, steps);
                if (found.verdict() != Verdict.GRANT && decidedBy == null) {
                    verdict = found.verdict();
                    decidedBy = found.decidedBy() == null ? "filter '" + filter.name() + "'" : found.decidedBy();
                }
            }
        }
        if (steps.size() == 1) {
            steps.add("no filter of the kit covers it, so it is open");
        }
        return new Explanation(verdict, decidedBy, steps);
    }

    private static Explanation ask(
            Guard guard,
            @Nullable String servlet,
            String method,
            String path,
            @Nullable Identity identity,
            List<String> steps) {
        boolean seen = identity == null || guard.schemes().contains(identity.scheme());
        if (!seen) {
            steps.add("  it looks at " + String.join(", ", guard.schemes()) + " only, so a credential of another kind"
                    + " is not there");
        }
        Policy policy = guard.policyFor(servlet);
        Explanation found = Explanation.of(policy, method, path, seen ? identity : null);
        found.steps().forEach(step -> steps.add("  " + step));
        steps.add("  => " + found.verdict());
        return found;
    }

    private @Nullable String servlet(String path, List<String> steps) {
        Route best = null;
        for (Route route : routes) {
            int rank = UrlPatterns.rank(route.pattern(), path);
            if (rank >= 0 && (best == null || rank > UrlPatterns.rank(best.pattern(), path))) {
                best = route;
            }
        }
        steps.add(
                best == null
                        ? "no servlet is mapped there"
                        : "servlet '" + best.servlet() + "' by '" + best.pattern() + "'");
        return best == null ? null : best.servlet();
    }

    private Route route(String servlet, String pattern) {
        List<Cover> covers = new ArrayList<>();
        for (Filter filter : filters) {
            String policy = filter.guard().policyFor(servlet).toString();
            for (String own : filter.patterns()) {
                if (UrlPatterns.touches(own, pattern)) {
                    covers.add(new Cover(filter.name(), own, policy, UrlPatterns.covers(own, pattern)));
                }
            }
            if (filter.servlets().contains(servlet) || filter.servlets().contains("*")) {
                covers.add(new Cover(filter.name(), "servlet " + servlet, policy, true));
            }
        }
        return new Route(servlet, pattern, covers);
    }

    /** Shows one line for each route. */
    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        for (Route route : routes) {
            List<String> by = new ArrayList<>();
            route.covers()
                    .forEach(cover -> by.add(cover.filter() + (cover.whole() ? "" : " (only " + cover.pattern() + ")")
                            + ": " + cover.policy()));
            lines.add("'" + route.pattern() + "' " + route.servlet() + " <- "
                    + (by.isEmpty() ? "NOTHING covers it" : String.join("; ", by)));
        }
        return String.join("\n", lines);
    }
}
