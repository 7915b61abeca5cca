package io.ostiary.servlet;

import io.ostiary.apikey.ApiKeyFeature;
import io.ostiary.core.audit.Audit;
import io.ostiary.core.config.ConfigurationException;
import io.ostiary.core.config.Settings;
import io.ostiary.core.runtime.Ostiary;
import io.ostiary.core.session.Stores;
import io.ostiary.rbac.Rbac;
import io.ostiary.rbac.RbacFeature;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.SessionTrackingMode;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Builds the one engine of the application when it starts, from {@code /WEB-INF/auth.properties} and from context-params
 * whose name begins with {@code ostiary.}; the context-param {@code ostiary.config} names another file, and so do a JNDI
 * entry, a system property or an environment variable outside the application. A mistake in the settings stops the
 * deployment. {@link DropIn} adds it to applications that do not declare it. Where the servlet context has an attribute by
 * the name of the class {@link Stores}, and it is one, sessions live there.
 */
public final class OstiaryListener implements ServletContextListener {
    private static final System.Logger LOG = System.getLogger(OstiaryListener.class.getName());
    private static final String ATTRIBUTE = Running.class.getName();

    /** Made by the container. */
    public OstiaryListener() {}

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        if (context.getAttribute(ATTRIBUTE) == null) { // where it was dropped in, all is done by now
            Settings settings = ContextSettings.read(context);
            DropInSettings.refuseUnused(settings);
            complete(context, start(context, settings));
        }
    }

    /** Builds the engine and keeps it in the application. */
    static Running start(ServletContext context, Settings settings) {
        StartAuditSettings audit = StartAuditSettings.from(settings);
        AtomicReference<Rbac> rbac = new AtomicReference<>();
        ApiKeyFeature keys = new ApiKeyFeature(context::getRealPath, new RoleOwners(rbac::get));
        Stores stores = context.getAttribute(Stores.class.getName()) instanceof Stores own ? own : null;
        Ostiary ostiary =
                Ostiary.start(settings, List.of(new RbacFeature(rbac::set), keys), InstantSource.system(), stores);
        Rbac model = Objects.requireNonNull(rbac.get(), "the feature tells its model");
        Running running = new Running(ostiary, model, audit);
        context.setAttribute(ATTRIBUTE, running);
        return running;
    }

    /** Checks what is declared so far, puts the edge in front and tells what protects what. */
    static void complete(ServletContext context, Running running) {
        requireEndpoints(context, running.ostiary().endpoints().path());
        UpgradeOrder.settle(context);
        context.setSessionTrackingModes(EnumSet.of(SessionTrackingMode.COOKIE));
        context.getSessionCookieConfig().setHttpOnly(true);
        String edge = DefaultEdgeFilter.register(context, running);
        String table = StartTable.of(context, running) + "\nbefore all of them: " + edge;
        ServletAnnotations.refuseUncovered(context, running.rbac());
        LOG.log(System.Logger.Level.INFO, "{0}", table);
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        if (context.getAttribute(ATTRIBUTE) instanceof Running running) {
            running.ostiary().audit().close();
        }
        context.removeAttribute(ATTRIBUTE);
    }

    /**
     * Returns the role model that decides in an application: for pages that show a button only to those who may press it,
     * and for pages that change roles.
     *
     * @param context of an application that this listener started
     * @return the model
     * @throws ConfigurationException if the listener is not in {@code web.xml}
     */
    public static Rbac rbac(ServletContext context) {
        return running(context).rbac();
    }

    /**
     * Returns what hears of every event: for pages that show the newest, or how often what happened.
     *
     * @param context of an application that this listener started
     * @return the audit
     * @throws ConfigurationException if the listener is not in {@code web.xml}
     */
    public static Audit audit(ServletContext context) {
        return running(context).ostiary().audit();
    }

    /**
     * Returns the public address of an application, for links in pages and mails. {@code request.getRequestURL()} is built
     * from headers that a client writes; this is the setting {@code base-url}.
     *
     * @param request to an application that this listener started
     * @return with the context path, without a slash at the end; null only in development, for a request that is not from
     *     and for this machine
     * @throws ConfigurationException if the listener is not in {@code web.xml}
     */
    public static @Nullable String baseUrl(HttpServletRequest request) {
        Ostiary ostiary = ostiary(request.getServletContext());
        return ostiary.baseUrl()
                .of(new ServletAuthRequest(request, ostiary.edges().proxies()));
    }

    static Ostiary ostiary(ServletContext context) {
        return running(context).ostiary();
    }

    /** What an application runs with; without it nothing may start. */
    static Running running(ServletContext context) {
        if (context.getAttribute(ATTRIBUTE) instanceof Running running) {
            return running;
        }
        throw new ConfigurationException("web.xml: listener '" + OstiaryListener.class.getName()
                + "' is required: add <listener><listener-class>" + OstiaryListener.class.getName()
                + "</listener-class></listener>");
    }

    private static void requireEndpoints(ServletContext context, String path) {
        for (ServletRegistration servlet : context.getServletRegistrations().values()) {
            if (AuthServlet.class.getName().equals(servlet.getClassName())) {
                if (Mappings.patterns(servlet).contains(path + "/*")) {
                    return;
                }
                throw new ConfigurationException("servlet '" + servlet.getName() + "' (web.xml): url-pattern is "
                        + Mappings.patterns(servlet) + "; allowed: '" + path
                        + "/*', or set 'endpoint-path' to where it is mapped");
            }
        }
        throw new ConfigurationException(
                "web.xml: servlet '" + AuthServlet.class.getName() + "' is required: map it to '" + path + "/*'");
    }
}
