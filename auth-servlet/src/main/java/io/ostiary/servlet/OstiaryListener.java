package io.ostiary.servlet;

import io.ostiary.apikey.ApiKeyFeature;
import io.ostiary.core.config.ConfigurationException;
import io.ostiary.core.config.Settings;
import io.ostiary.core.runtime.Ostiary;
import io.ostiary.rbac.RbacFeature;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.SessionTrackingMode;
import java.util.EnumSet;
import java.util.List;

/**
 * Builds the one engine of the application when it starts, from {@code /WEB-INF/auth.properties} and from context-params
 * whose name begins with {@code ostiary.}; the context-param {@code ostiary.config} names another file. A mistake in the
 * settings stops the deployment.
 */
public final class OstiaryListener implements ServletContextListener {
    private static final System.Logger LOG = System.getLogger(OstiaryListener.class.getName());
    private static final String ATTRIBUTE = Ostiary.class.getName();

    /** Made by the container. */
    public OstiaryListener() {}

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        Settings settings = ContextSettings.read(context);
        Ostiary ostiary = Ostiary.start(settings, List.of(new RbacFeature(), new ApiKeyFeature(context::getRealPath)));
        requireEndpoints(context, ostiary.endpoints().path());
        context.setSessionTrackingModes(EnumSet.of(SessionTrackingMode.COOKIE));
        context.getSessionCookieConfig().setHttpOnly(true);
        String table = StartTable.of(context, ostiary);
        context.setAttribute(ATTRIBUTE, ostiary);
        LOG.log(System.Logger.Level.INFO, "{0}", table);
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        event.getServletContext().removeAttribute(ATTRIBUTE);
    }

    /** The engine of an application; without one nothing may start. */
    static Ostiary ostiary(ServletContext context) {
        if (context.getAttribute(ATTRIBUTE) instanceof Ostiary ostiary) {
            return ostiary;
        }
        throw new ConfigurationException("web.xml: listener '" + OstiaryListener.class.getName()
                + "' is required: add <listener><listener-class>" + OstiaryListener.class.getName()
                + "</listener-class></listener>");
    }

    private static void requireEndpoints(ServletContext context, String path) {
        for (ServletRegistration servlet : context.getServletRegistrations().values()) {
            if (AuthServlet.class.getName().equals(servlet.getClassName())) {
                if (servlet.getMappings().contains(path + "/*")) {
                    return;
                }
                throw new ConfigurationException("servlet '" + servlet.getName() + "' (web.xml): url-pattern is "
                        + servlet.getMappings() + "; allowed: '" + path
                        + "/*', or set 'endpoint-path' to where it is mapped");
            }
        }
        throw new ConfigurationException(
                "web.xml: servlet '" + AuthServlet.class.getName() + "' is required: map it to '" + path + "/*'");
    }
}
