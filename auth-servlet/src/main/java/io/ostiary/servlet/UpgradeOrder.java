package io.ostiary.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.util.EnumSet;
import java.util.List;

/**
 * Keeps Jetty's filter for WebSockets behind all others. Jetty puts it in front of everything when the first endpoint is
 * registered, unless the application has one of that name already.
 */
final class UpgradeOrder {
    private static final List<String> FILTERS = List.of(
            "org.eclipse.jetty.ee10.websocket.servlet.WebSocketUpgradeFilter",
            "org.eclipse.jetty.ee11.websocket.servlet.WebSocketUpgradeFilter");

    private UpgradeOrder() {}

    /** Maps it last, where it is there and nobody was earlier. */
    static void settle(ServletContext context) {
        for (String filter : FILTERS) {
            if (context.getFilterRegistration(filter) == null && there(context, filter)) {
                FilterRegistration.Dynamic last = context.addFilter(filter, filter);
                last.setAsyncSupported(true);
                last.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*");
            }
        }
    }

    private static boolean there(ServletContext context, String filter) {
        ClassLoader loader = context.getClassLoader();
        return loader != null && loader.getResource(filter.replace('.', '/') + ".class") != null;
    }
}
