package io.ostiary.matrix;

import java.nio.file.Path;
import java.util.Map;
import org.eclipse.jetty.ee11.webapp.WebAppContext;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;

/** Jetty 12 with the libraries of Jakarta EE 11. */
final class JettyEe11 {
    private JettyEe11() {}

    static Container start(int port, Map<String, Path> applications) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server, 1, 1);
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        server.addConnector(connector);
        ContextHandlerCollection contexts = new ContextHandlerCollection();
        applications.forEach((path, directory) -> {
            WebAppContext context = new WebAppContext();
            context.setContextPath(path.isEmpty() ? "/" : path);
            context.setWarResource(context.getResourceFactory().newResource(directory));
            context.setParentLoaderPriority(true);
            // The worse of the two orders: what comes first is put behind whatever is put in front later.
            context.setAttribute("org.eclipse.jetty.containerInitializerOrder", "io.ostiary.servlet.DropIn, *");
            contexts.addHandler(context);
        });
        server.setHandler(contexts);
        server.setStopTimeout(0);
        server.start();
        return new Running(server, contexts);
    }

    private record Running(Server server, ContextHandlerCollection contexts) implements Container {
        @Override
        public boolean available() {
            return contexts.getDescendants(WebAppContext.class).stream().allMatch(WebAppContext::isAvailable);
        }

        @Override
        public void close() {
            try {
                server.stop();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
