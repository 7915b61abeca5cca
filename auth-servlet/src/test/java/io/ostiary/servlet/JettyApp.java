package io.ostiary.servlet;

import io.ostiary.core.Identity;
import io.ostiary.core.LoginGate;
import io.ostiary.core.runtime.Ostiary;
import io.ostiary.testkit.FakeRequest;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Server;

/** A real Jetty without a port: what a web.xml says is said here in Java, and requests are raw text. */
final class JettyApp implements AutoCloseable {
    private final Server server = new Server();
    private final LocalConnector connector = new LocalConnector(server);
    private final ServletContextHandler context = new ServletContextHandler(ServletContextHandler.SESSIONS);

    JettyApp() {
        server.addConnector(connector);
        server.setHandler(context);
        server.setStopTimeout(0);
        context.setContextPath("/");
        setting("development", "true");
        context.addEventListener(new OstiaryListener());
        context.addServlet(new ServletHolder("auth", AuthServlet.class), "/auth/*");
    }

    /** Neither listener nor endpoints nor settings. */
    static JettyApp bare() {
        JettyApp app = new JettyApp();
        app.context.getEventListeners().forEach(app.context::removeEventListener);
        app.context.getInitParams().clear();
        app.context.getServletHandler().setServlets(new ServletHolder[0]);
        app.context.getServletHandler().setServletMappings(new org.eclipse.jetty.ee10.servlet.ServletMapping[0]);
        return app;
    }

    ServletContextHandler context() {
        return context;
    }

    JettyApp setting(String key, String value) {
        context.setInitParameter("ostiary." + key, value);
        return this;
    }

    JettyApp filter(String name, Class<? extends Filter> type, String pattern, Map<String, String> params) {
        FilterHolder holder = new FilterHolder(type);
        holder.setName(name);
        holder.setAsyncSupported(true);
        params.forEach(holder::setInitParameter);
        context.addFilter(holder, pattern, EnumSet.allOf(DispatcherType.class));
        return this;
    }

    JettyApp servlet(String pattern, Body body) {
        ServletHolder holder = new ServletHolder(new HttpServlet() {
            private static final long serialVersionUID = 1L;

            @Override
            protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
                try {
                    body.run(request, response);
                } catch (jakarta.servlet.ServletException e) {
                    throw new IOException(e);
                }
            }
        });
        holder.setAsyncSupported(true);
        context.addServlet(holder, pattern);
        return this;
    }

    /** A servlet of a class that carries annotations. */
    JettyApp servlet(String name, Class<? extends HttpServlet> type, String pattern) {
        ServletHolder holder = new ServletHolder(name, type);
        holder.setAsyncSupported(true);
        context.addServlet(holder, pattern);
        return this;
    }

    /** Lets every path through to the application, as a careless operator may. */
    JettyApp lenient() {
        connector
                .getConnectionFactory(org.eclipse.jetty.server.HttpConnectionFactory.class)
                .getHttpConfiguration()
                .setUriCompliance(org.eclipse.jetty.http.UriCompliance.UNSAFE);
        context.getServletHandler().setDecodeAmbiguousURIs(true);
        return this;
    }

    JettyApp start() throws Exception {
        server.start();
        return this;
    }

    Ostiary ostiary() {
        return OstiaryListener.ostiary(context.getServletContext());
    }

    /** Logs somebody in through the gate; returns the line for the Cookie header. */
    String logIn(String name, String... roles) {
        return logInAt(name, Instant.now(), roles);
    }

    /** The same for somebody who proved it at another time. */
    String logInAt(String name, Instant proven, String... roles) {
        Identity identity =
                Identity.of("session", "https://op.example", name, proven).plusRoles(Set.of(roles));
        LoginGate.Result result = ostiary().engine().gate().complete(FakeRequest.get("/"), identity);
        String cookie = ((LoginGate.Result.Admitted) result).cookies().get(0).headerValue();
        return "Cookie: " + cookie.substring(0, cookie.indexOf(';'));
    }

    Answer get(String target, String... headers) throws Exception {
        return send("GET", target, headers);
    }

    Answer send(String method, String target, String... headers) throws Exception {
        StringBuilder request = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        return Answer.parse(connector.getResponse(request + "Connection: close\r\n\r\n"));
    }

    /** Sends the very bytes: a character is a byte. */
    String raw(String request) throws Exception {
        java.nio.ByteBuffer answer = connector.getResponse(
                java.nio.ByteBuffer.wrap(request.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)));
        return answer == null
                ? ""
                : java.nio.charset.StandardCharsets.UTF_8.decode(answer).toString();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    interface Body {
        void run(HttpServletRequest request, HttpServletResponse response)
                throws IOException, jakarta.servlet.ServletException;
    }

    record Answer(int status, String head, String body) {
        static Answer parse(String raw) {
            int split = raw.indexOf("\r\n\r\n");
            String head = raw.substring(0, split);
            return new Answer(Integer.parseInt(head.substring(9, 12)), head, raw.substring(split + 4));
        }

        String header(String name) {
            return head.lines()
                    .filter(line -> line.regionMatches(true, 0, name + ": ", 0, name.length() + 2))
                    .map(line -> line.substring(name.length() + 2))
                    .findFirst()
                    .orElse("");
        }
    }
}
