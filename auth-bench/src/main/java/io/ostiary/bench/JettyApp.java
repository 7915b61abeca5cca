package io.ostiary.bench;

import io.ostiary.apikey.ApiKeyRecord.Grant;
import io.ostiary.apikey.ApiKeys;
import io.ostiary.apikey.FileApiKeyStore;
import io.ostiary.core.Identity;
import io.ostiary.core.LoginGate;
import io.ostiary.core.SetCookie;
import io.ostiary.core.crypto.Tokens;
import io.ostiary.servlet.ApiKeyFilter;
import io.ostiary.servlet.AuthServlet;
import io.ostiary.servlet.BenchAccess;
import io.ostiary.servlet.LoginRequiredFilter;
import io.ostiary.servlet.OstiaryListener;
import io.ostiary.servlet.RoleRequiredFilter;
import io.ostiary.testkit.FakeRequest;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** An application in a Jetty of its own on the loopback address. */
final class JettyApp {
    private final Kit kit;
    private final Credentials credentials;
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final String cookie;

    /** What stands before the pages. */
    enum Kit {
        NONE("none"),
        POLICY("policy alone"),
        COMPLETE("the kit as it comes");

        private final String title;

        Kit(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    /** By what a caller is known. */
    enum Kind {
        ROLE("session and role"),
        JWT("bearer JWT seen before, ES256"),
        KEY("API key");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }

        String path() {
            return "/" + name().toLowerCase(java.util.Locale.ROOT) + "/page";
        }
    }

    /** The same for all applications, so that all get the same requests. */
    static final class Credentials {
        private final Jwts jwts = new Jwts("es256");
        private final String bearer = new String(jwts.ours(1).get(0), StandardCharsets.ISO_8859_1);
        private final Path file = Files.createTempDirectory("bench").resolve("keys.properties");
        private final String key;

        Credentials() throws Exception {
            ApiKeys keys = new ApiKeys(
                    FileApiKeyStore.openOrCreate(file, InstantSource.system()), new Tokens(), InstantSource.system());
            Grant grant = Grant.of(Set.of("user"), Set.of());
            key = keys.create(new ApiKeys.Draft("live", "bench", "bench", grant, null))
                    .key()
                    .revealText();
        }
    }

    JettyApp(Kit kit, Credentials credentials) throws Exception {
        this.kit = kit;
        this.credentials = credentials;
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler(ServletContextHandler.SESSIONS);
        server.setHandler(context);
        context.addServlet(new ServletHolder(new Page()), "/*");
        if (kit != Kit.NONE) {
            guard(context);
        }
        server.start();
        cookie = kit == Kit.NONE ? "ostiary-session=" + "x".repeat(43) : logIn(context);
    }

    Kit kit() {
        return kit;
    }

    int port() {
        return connector.getLocalPort();
    }

    void stop() throws Exception {
        server.stop();
    }

    String header(Kind kind) {
        return switch (kind) {
            case ROLE -> "Cookie: " + cookie;
            case JWT -> "Authorization: " + credentials.bearer;
            case KEY -> "X-API-KEY: " + credentials.key;
        };
    }

    private void guard(ServletContextHandler context) {
        context.setInitParameter("ostiary.development", "true");
        context.setInitParameter("ostiary.secret", Jwts.SECRET);
        context.setInitParameter("ostiary.apikey.file", credentials.file.toString());
        credentials.jwts.settings().forEach((name, value) -> context.setInitParameter("ostiary." + name, value));
        context.setInitParameter("ostiary.token.issuer", Jwts.BASE);
        if (kit == Kit.POLICY) {
            for (String off : List.of("headers.mode", "guard.path", "csrf.mode", "limits.mode")) {
                context.setInitParameter("ostiary." + off, "off");
            }
            context.setInitParameter("ostiary.headers.protected-cache", "keep");
        }
        context.addEventListener(new OstiaryListener());
        context.addServlet(new ServletHolder("auth", AuthServlet.class), "/auth/*");
        filter(context, Kind.ROLE, RoleRequiredFilter.class, Map.of("roles", "admin"));
        filter(context, Kind.JWT, LoginRequiredFilter.class, Map.of("mode", "api"));
        filter(context, Kind.KEY, ApiKeyFilter.class, Map.of());
    }

    private static void filter(
            ServletContextHandler context, Kind kind, Class<? extends Filter> filter, Map<String, String> params) {
        FilterHolder holder = new FilterHolder(filter);
        holder.setInitParameters(params);
        holder.setAsyncSupported(true);
        context.addFilter(holder, kind.path(), EnumSet.allOf(DispatcherType.class));
    }

    private static String logIn(ServletContextHandler context) {
        Identity ada = Identity.of("session", "https://op.example", "ada", Instant.now())
                .plusRoles(Set.of("admin"));
        LoginGate gate =
                BenchAccess.ostiary(context.getServletContext()).engine().gate();
        SetCookie set = ((LoginGate.Result.Admitted) gate.complete(FakeRequest.get("/"), ada))
                .cookies()
                .get(0);
        return set.name() + "=" + set.value();
    }

    private static final class Page extends HttpServlet {
        private static final long serialVersionUID = 1L;
        private static final byte[] TEXT = "hello, and welcome".getBytes(StandardCharsets.US_ASCII);

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("text/plain");
            response.setContentLength(TEXT.length);
            response.getOutputStream().write(TEXT);
        }
    }
}
