package io.ostiary.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application that does not know the kit, and a jar that is put beside it. */
final class DropInTest {
    private static final String SETTINGS = """
            development = true
            base-url = http://localhost
            rbac.roles = admin
            """;
    private static final String RULES = """
            order file
            * /auth/** permit
            * /public/** permit
            * /admin/** role admin
            * /** authenticated
            """;
    private final JettyApp app = JettyApp.bare();

    @TempDir
    Path war;

    @AfterEach
    void stop() {
        app.close();
    }

    @BeforeEach
    void application() throws IOException {
        Files.createDirectories(war.resolve("WEB-INF"));
        app.context().setBaseResourceAsPath(war);
        app.context().addServletContainerInitializer(new DropIn());
        app.servlet("/", (request, response) -> response.getWriter().print("for " + request.getRemoteUser()));
    }

    private void inside(String settings, String rules) throws IOException {
        Files.writeString(war.resolve("WEB-INF/auth.properties"), settings);
        Files.writeString(war.resolve("WEB-INF/auth.rules"), rules);
    }

    private void assertRefused(String message) {
        Throwable thrown = assertThrows(Exception.class, app::start);
        while (thrown.getCause() != null) {
            thrown = thrown.getCause();
        }
        assertEquals(message, thrown.getMessage());
    }

    @Test
    void theContainerFindsIt() {
        assertTrue(ServiceLoader.load(ServletContainerInitializer.class).stream()
                .anyMatch(provider -> provider.type() == DropIn.class));
    }

    @Test
    void protectsEverything() throws Exception {
        inside(SETTINGS, RULES);
        app.start();
        assertEquals(401, app.get("/").status());
        assertEquals(302, app.get("/", "Sec-Fetch-Mode: navigate").status());
        assertEquals("for null", app.get("/public/x").body());
        assertEquals(200, app.get("/auth/login").status());
        String vic = app.logIn("vic");
        assertEquals("for vic", app.get("/", vic).body());
        assertEquals(403, app.get("/admin/", vic).status());
        assertEquals("for ada", app.get("/admin/", app.logIn("ada", "admin")).body());
    }

    @Test
    void leavesAnApplicationWithoutSettingsAlone() throws Exception {
        app.start();
        assertEquals("for null", app.get("/").body());
        assertEquals("", app.get("/").header("X-Content-Type-Options"));
        assertNull(app.context().getServletContext().getFilterRegistration(DropIn.RULES));
        assertEquals("for null", app.get("/auth/login").body());
    }

    @Test
    void staysAwayWhereTheApplicationDeclaresAFilterOfTheKit() throws Exception {
        inside(SETTINGS, RULES);
        app.filter("login", LoginRequiredFilter.class, "/private/*", Map.of());
        app.context().addServlet(new ServletHolder("auth", AuthServlet.class), "/auth/*");
        app.context().addEventListener(new OstiaryListener());
        app.start();
        assertEquals("for null", app.get("/").body());
        assertEquals(401, app.get("/private/").status());
        assertNull(app.context().getServletContext().getFilterRegistration(DropIn.RULES));
    }

    @Test
    void completesAnApplicationThatDeclaresTheListenerOnly() throws Exception {
        inside(SETTINGS, RULES);
        app.context().addEventListener(new OstiaryListener());
        app.start();
        assertEquals(401, app.get("/").status());
        assertEquals(200, app.get("/auth/login").status());
    }

    @Test
    void staysAwayIfItIsTold() throws Exception {
        inside(SETTINGS + "drop-in.enabled = false\n", RULES);
        app.start();
        assertEquals("for null", app.get("/").body());
    }

    @Test
    void takesSettingsFromOutside() throws Exception {
        Path file = war.resolve("outside.properties");
        Files.writeString(file, SETTINGS + "drop-in.rules = " + war.resolve("other.rules") + "\n");
        Files.writeString(war.resolve("other.rules"), RULES);
        app.context().setInitParameter("ostiary.config", file.toString());
        app.start();
        assertEquals(401, app.get("/").status());
    }

    @Test
    void takesModeAndSchemes() throws Exception {
        inside(SETTINGS + "drop-in.mode = api\ndrop-in.schemes = session\n", RULES);
        app.start();
        assertEquals(401, app.get("/", "Sec-Fetch-Mode: navigate").status());
    }

    /** Also before what the application puts in front of everything by the same means. */
    @Test
    void isBeforeEveryFilterOfTheApplication() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        Filter greedy = (request, response, chain) -> {
            seen.add(((HttpServletRequest) request).getRequestURI());
            ((HttpServletResponse) response).setStatus(203);
        };
        FilterHolder first = new FilterHolder(greedy);
        first.setAsyncSupported(true);
        app.context().addFilter(first, "/*", EnumSet.allOf(DispatcherType.class));
        app.context()
                .addServletContainerInitializer((classes, context) -> context.addFilter("greedy", greedy)
                        .addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*"));
        inside(SETTINGS, RULES);
        app.start();
        assertEquals(401, app.get("/").status());
        assertEquals(200, app.get("/auth/login").status());
        assertEquals("nosniff", app.get("/auth/login").header("X-Content-Type-Options"));
        assertTrue(seen.isEmpty(), seen.toString());
        assertEquals("nosniff", app.get("/").header("X-Content-Type-Options"), "the edge is before the rules");
        assertEquals(203, app.get("/public/").status());
        assertFalse(seen.isEmpty());
    }

    @Test
    void theEdgeRunsOnceForEachDispatch() throws Exception {
        inside(SETTINGS + "cors.origins = https://front.example\n", RULES);
        app.servlet("/public/gone", (request, response) -> response.sendError(404));
        app.start();
        JettyApp.Answer answer = app.get("/public/gone", "Origin: https://front.example");
        assertEquals(404, answer.status());
        assertEquals(
                1,
                answer.head()
                        .lines()
                        .filter(line -> line.startsWith("X-Content-Type-Options"))
                        .count(),
                answer.head());
        assertEquals(
                1,
                app.get("/public/x", "Origin: https://front.example")
                        .head()
                        .lines()
                        .filter(line -> line.startsWith("Vary"))
                        .count());
    }

    @Test
    void guardsForwards() throws Exception {
        inside(SETTINGS, RULES);
        app.servlet(
                "/public/forward",
                (request, response) -> request.getRequestDispatcher("/admin/x").forward(request, response));
        app.start();
        assertEquals(401, app.get("/public/forward").status());
    }

    @Test
    void letsTheApplicationWorkAsynchronously() throws Exception {
        inside(SETTINGS, RULES);
        app.servlet("/public/later", (request, response) -> {
            var async = request.startAsync();
            async.start(() -> {
                response.setStatus(202);
                async.complete();
            });
        });
        app.start();
        assertEquals(202, app.get("/public/later").status());
    }

    @Test
    void refusesToStartWithoutRules() throws Exception {
        Files.writeString(war.resolve("WEB-INF/auth.properties"), SETTINGS);
        assertRefused("'/WEB-INF/auth.rules' does not exist; create it beside '/WEB-INF/auth.properties', or name"
                + " another rules file with 'drop-in.rules'");
    }

    @Test
    void refusesToStartWithoutTheNamedRules() throws Exception {
        inside(SETTINGS + "drop-in.rules = /WEB-INF/none.rules\n", RULES);
        assertRefused(
                "filter 'ostiary-rules' (drop-in): init-param 'rules' is '/WEB-INF/none.rules'; allowed: an existing"
                        + " file, as an absolute path or below /WEB-INF/");
    }

    @Test
    void refusesToStartWithoutTheNamedSettings() {
        app.context().setInitParameter("ostiary.config", "/nowhere/auth.properties");
        assertRefused(
                "web.xml: context-param 'ostiary.config' is '/nowhere/auth.properties'; allowed: an existing file,"
                        + " as an absolute path or below /WEB-INF/");
    }

    @Test
    void refusesRulesThatLockEverybodyOut() throws Exception {
        inside(SETTINGS, "order file\n* /** authenticated\n");
        assertRefused(
                "filter 'ostiary-rules' (drop-in): /WEB-INF/auth.rules:2 closes '/auth/login', which people need to"
                        + " sign in; add the rule '* /auth/** permit'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/auth/*", "/auth/login"})
    void refusesToStartWhereTheApplicationHasTheEndpoints(String pattern) throws Exception {
        inside(SETTINGS, RULES);
        app.servlet(pattern, (request, response) -> response.getWriter().print("mine"));
        assertRefused(
                "the application maps '" + pattern + "' itself; set 'endpoint-path' to a path that it does not use");
    }

    @Test
    void refusesDropInSettingsThatHaveNoEffect() throws Exception {
        inside(SETTINGS + "drop-in.mode = api\n", RULES);
        app.filter("login", LoginRequiredFilter.class, "/private/*", Map.of());
        app.context().addServlet(new ServletHolder("auth", AuthServlet.class), "/auth/*");
        app.context().addEventListener(new OstiaryListener());
        assertRefused(
                "/WEB-INF/auth.properties:4: 'drop-in.mode' has no effect, because the application sets up its filters"
                        + " itself; allowed: no 'drop-in' setting but 'drop-in.enabled = false'");
    }

    @Test
    void anApplicationThatSetsItselfUpMaySaySo() throws Exception {
        inside(SETTINGS + "drop-in.enabled = false\n", RULES);
        app.filter("login", LoginRequiredFilter.class, "/private/*", Map.of());
        app.context().addServlet(new ServletHolder("auth", AuthServlet.class), "/auth/*");
        app.context().addEventListener(new OstiaryListener());
        app.start();
        assertEquals(401, app.get("/private/").status());
    }

    @Test
    void refusesAMisspeltDropInSetting() throws Exception {
        inside(SETTINGS + "drop-in.rule = x\n", RULES);
        assertRefused(
                "/WEB-INF/auth.properties:4: 'drop-in.rule' is not a known setting; did you mean 'drop-in.rules'?");
    }
}
