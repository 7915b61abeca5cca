package io.ostiary.sample.launcher;

import java.io.IOException;
import java.net.BindException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** An HTTP server on 127.0.0.1 whose port is taken before it starts, so that the rest can be told its URL. */
final class Loopback {
    private static final String HOST = "127.0.0.1";
    private final Server server;
    private final String url;

    private Loopback(Server server, String url) {
        this.server = server;
        this.url = url;
    }

    /** Takes the port; {@code property} is the setting to name if somebody else has it. */
    static Loopback bind(int port, String property) throws IOException {
        QueuedThreadPool threads = new QueuedThreadPool(50, 4);
        threads.setName(property);
        Server server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(HOST);
        connector.setPort(port);
        server.addConnector(connector);
        open(connector, property);
        return new Loopback(server, "http://" + HOST + ":" + connector.getLocalPort());
    }

    private static void open(ServerConnector connector, String property) throws IOException {
        try {
            connector.open();
        } catch (IOException e) {
            if (!(e instanceof BindException || e.getCause() instanceof BindException)) {
                throw e;
            }
            throw new BindException("port " + connector.getPort() + " is in use; choose another with -D" + property
                    + "=PORT, or 0 for a free one");
        }
    }

    /** Without a slash at its end. */
    String url() {
        return url;
    }

    void start(Handler handler) throws Exception {
        server.setHandler(handler);
        server.start();
    }

    void stop() throws Exception {
        server.stop();
        // A connector that was opened and never started is not closed by stop.
        for (var connector : server.getConnectors()) {
            ((ServerConnector) connector).close();
        }
        server.destroy();
    }
}
