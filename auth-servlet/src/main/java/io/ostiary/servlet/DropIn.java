package io.ostiary.servlet;

import io.ostiary.core.config.ConfigurationException;
import io.ostiary.core.config.Settings;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.Registration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Puts the kit in front of an application whose {@code web.xml} does not know it: the engine, {@link AuthServlet} and one
 * {@link RulesFilter} on everything, before all filters of the application. It does so where the application has an
 * {@code auth.properties}, inside or outside; it stays away where there is none, and where the application declares filters
 * of the kit itself. The container finds it; nobody calls it. Thread-safe.
 */
public final class DropIn implements ServletContainerInitializer {
    static final String RULES = "ostiary-rules";
    private static final String ENDPOINTS = "ostiary-auth";
    private static final Set<String> OURS = Stream.concat(
                    GuardKind.filters(),
                    Stream.of(
                            AuthServlet.class,
                            CanonicalPathFilter.class,
                            CorsFilter.class,
                            CsrfFilter.class,
                            RateLimitFilter.class,
                            SecurityHeadersFilter.class))
            .map(Class::getName)
            .collect(Collectors.toUnmodifiableSet());

    /** Made by the container. */
    public DropIn() {}

    @Override
    public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) throws ServletException {
        try {
            ConfigFile file = ConfigFile.of(context, ConfigFile.Outside.real());
            boolean wanted = file.namedBy() != null || new ContextFiles(context).text(file.name()) != null;
            if (wanted && !declared(context)) {
                install(context, file);
            }
        } catch (ConfigurationException mistake) {
            throw new ServletException(mistake.getMessage());
        }
    }

    /** One of the kit's classes is enough: half of what an application declared and half of this would be nobody's plan. */
    private static boolean declared(ServletContext context) {
        return Stream.of(context.getFilterRegistrations(), context.getServletRegistrations())
                .flatMap(registrations -> registrations.values().stream())
                .map(Registration::getClassName)
                .anyMatch(name -> name != null && OURS.contains(name));
    }

    private static void install(ServletContext context, ConfigFile file) {
        Settings settings = ContextSettings.read(context, file);
        DropInSettings own = DropInSettings.from(settings);
        if (!own.enabled()) {
            return;
        }
        String rules = own.rules() == null ? file.rules() : own.rules();
        if (own.rules() == null && new ContextFiles(context).text(rules) == null) {
            throw new ConfigurationException("'" + rules + "' does not exist; create it beside '" + file.name()
                    + "', or name another rules file with 'drop-in.rules'");
        }
        Running running = OstiaryListener.start(context, settings);
        serve(context, running.ostiary().endpoints().path());
        DefaultEdgeFilter.registerAround(context, () -> guard(context, rules, own));
        // Here and not in the listener: one that is added in Java may not look at what is declared (Servlet 6.0,
        // 4.4.3).
        OstiaryListener.complete(context, running);
        context.addListener(new OstiaryListener());
    }

    private static void guard(ServletContext context, String rules, DropInSettings own) {
        FilterRegistration.Dynamic filter = context.addFilter(RULES, new RulesFilter());
        filter.setInitParameters(own.params());
        filter.setInitParameter("rules", rules);
        filter.setAsyncSupported(true);
        filter.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
    }

    private static void serve(ServletContext context, String path) {
        ServletRegistration.Dynamic servlet = context.addServlet(ENDPOINTS, new AuthServlet());
        servlet.setAsyncSupported(true);
        servlet.addMapping(path + "/*");
        for (ServletRegistration other : context.getServletRegistrations().values()) {
            for (String pattern : Mappings.patterns(other)) {
                if (!other.getName().equals(ENDPOINTS) && pattern.startsWith(path + "/")) {
                    throw new ConfigurationException("the application maps '" + pattern
                            + "' itself; set 'endpoint-path' to a path that it does not use");
                }
            }
        }
    }
}
