package io.ostiary.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ostiary.core.Reply;
import io.ostiary.testkit.FakeRequest;
import io.ostiary.testkit.RecordedAnswer;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** RFC 6455 section 4.2: a filter before the guards that answers upgrades, as containers have one. */
final class UpgradeGuardTest {
    private static final String[] UPGRADE = {"Connection: Upgrade", "Upgrade: WebSocket"};
    private final JettyApp app = new JettyApp();

    /** Answers instead of the application and whatever else stands behind it. */
    public static final class Opens implements Filter {
        /** Made by the container. */
        public Opens() {}

        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            if (((HttpServletRequest) request).getHeader("Upgrade") == null) {
                chain.doFilter(request, response);
            } else {
                response.getWriter().print("open");
            }
        }
    }

    @BeforeEach
    void endpoints() {
        app.setting("base-url", "http://localhost");
        app.filter("opens", Opens.class, "/*", Map.of());
    }

    @AfterEach
    void stop() {
        app.close();
    }

    private void start() throws Exception {
        app.filter("admins", RoleRequiredFilter.class, "/admin/*", Map.of("roles", "admin"));
        app.start();
    }

    private JettyApp.Answer open(String path, String cookie) throws Exception {
        return app.get(path, UPGRADE[0], UPGRADE[1], "Origin: http://localhost", cookie);
    }

    @Test
    void nobodyOpensAGuardedEndpoint() throws Exception {
        start();
        assertEquals(401, open("/admin/ws", "Accept: application/json").status());
    }

    @Test
    void whoLacksTheRoleOpensNone() throws Exception {
        start();
        assertEquals(403, open("/admin/ws", app.logIn("bob", "user")).status());
    }

    @Test
    void whoHasTheRoleOpensIt() throws Exception {
        start();
        assertEquals("open", open("/admin/ws", app.logIn("eve", "admin")).body());
    }

    @Test
    void anEndpointThatNoGuardCoversIsOpen() throws Exception {
        start();
        assertEquals("open", open("/public/ws", "Accept: */*").body());
    }

    @Test
    void holdsWithEveryOtherStepOff() throws Exception {
        app.setting("guard.path", "off").setting("headers.mode", "off").setting("csrf.mode", "off");
        start();
        assertEquals(401, open("/admin/ws", "Accept: application/json").status());
    }

    @Test
    void anExtendedConnectIsAnUpgradeToo() throws Exception {
        try (JettyApp app = new JettyApp()) {
            app.filter("admins", RoleRequiredFilter.class, "/admin/*", Map.of("roles", "admin"))
                    .filter("annotated", AnnotationFilter.class, "/x/*", Map.of())
                    .start();
            ServletContext context = app.context().getServletContext();
            Running running = OstiaryListener.running(context);
            UpgradeGuard guard = new UpgradeGuard(context, running);
            assertEquals(401, status(guard, FakeRequest.of("CONNECT", "/admin/ws")));
            assertEquals(0, status(guard, FakeRequest.of("CONNECT", "/public/ws")));
            assertEquals(0, status(guard, FakeRequest.get("/admin/ws")));
            assertEquals(403, status(guard, FakeRequest.get("/x/ws").header("Upgrade", "WebSocket")));
            UpgradeGuard early =
                    new UpgradeGuard(context, new Running(running.ostiary(), running.rbac(), running.audit()));
            assertEquals(
                    "filter 'admins' has not started",
                    assertThrows(
                                    IllegalStateException.class,
                                    () -> status(early, FakeRequest.of("CONNECT", "/admin/ws")))
                            .getMessage());
        }
    }

    private static int status(UpgradeGuard guard, FakeRequest request) {
        Reply reply = guard.before(request, new RecordedAnswer());
        return reply == null ? 0 : reply.status();
    }
}
