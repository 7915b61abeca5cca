package io.ostiary.sample;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.jetty.ee10.annotations.AnnotationConfiguration;
import org.eclipse.jetty.ee10.servlet.ServletMapping;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;

/** Jetty 12.1 (ee10), embedded, without JSP. */
final class ForeignJetty implements ForeignServer {
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final ContextHandlerCollection applications = new ContextHandlerCollection();
    private final Map<ForeignWar, WebAppContext> contexts = new TreeMap<>();

    @Override
    public void deploy(ForeignWar war, Map<String, String> parameters) throws Exception {
        WebAppContext context = new WebAppContext();
        context.setContextPath(war.path());
        context.setWar(war.file().toString());
        context.setThrowUnavailableOnStartupException(true);
        context.addConfiguration(new AnnotationConfiguration());
        parameters.forEach(context::setInitParameter);
        applications.addHandler(context);
        contexts.put(war, context);
    }

    @Override
    public String start() throws Exception {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(applications);
        server.start();
        return "http://127.0.0.1:" + connector.getLocalPort();
    }

    @Override
    public Set<String> patterns(ForeignWar war) {
        Set<String> patterns = new TreeSet<>();
        for (ServletMapping mapping :
                Objects.requireNonNull(contexts.get(war)).getServletHandler().getServletMappings()) {
            patterns.addAll(Set.of(mapping.getPathSpecs()));
        }
        return patterns;
    }

    @Override
    public void end() throws Exception {
        server.stop();
    }
}
