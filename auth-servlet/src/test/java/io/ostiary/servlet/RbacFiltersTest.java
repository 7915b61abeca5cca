package io.ostiary.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Filters over permissions, exact roles and rules, in a real container. */
final class RbacFiltersTest {
    private final JettyApp app = new JettyApp();

    @TempDir
    private Path dir;

    @BeforeEach
    void settings() {
        app.setting("rbac.roles", "admin, editor, viewer")
                .setting("rbac.hierarchy", "admin > editor > viewer")
                .setting("rbac.permission.viewer", "report.read")
                .setting("rbac.permission.editor", "report.write")
                .setting("rbac.keep-given", "true");
    }

    @AfterEach
    void stop() {
        app.close();
    }

    private static void secret(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print("SECRET for " + request.getRemoteUser());
    }

    private JettyApp permission(Map<String, String> params) throws Exception {
        return app.filter("f", PermissionRequiredFilter.class, "/x/*", params)
                .servlet("/x/*", RbacFiltersTest::secret)
                .start();
    }

    private JettyApp rules(String text) throws Exception {
        Path file = dir.resolve("access.rules");
        Files.writeString(file, text);
        return app.filter("rules", RulesFilter.class, "/*", Map.of("rules", file.toString()));
    }

    @Test
    void anyPermissionIsEnough() throws Exception {
        permission(Map.of("permissions", "report.write, report.burn"));
        assertEquals(401, app.get("/x/y").status());
        assertEquals(403, app.get("/x/y", app.logIn("vic", "viewer")).status());
        assertEquals(
                "SECRET for ada", app.get("/x/y", app.logIn("ada", "admin")).body());
    }

    @Test
    void allPermissionsAreDemandedWhenToldTo() throws Exception {
        permission(Map.of("permissions", "report.read, report.write", "match", "all"));
        assertEquals(403, app.get("/x/y", app.logIn("vic", "viewer")).status());
        assertEquals(200, app.get("/x/y", app.logIn("eve", "editor")).status());
    }

    @Test
    void eachMethodHasItsPermission() throws Exception {
        app.setting("csrf.mode", "off");
        permission(Map.of("methods", "GET=report.read POST=report.write"));
        String vic = app.logIn("vic", "viewer");
        String eve = app.logIn("eve", "editor");
        assertEquals(200, app.get("/x/y", vic).status());
        assertEquals(200, app.send("HEAD", "/x/y", vic).status());
        assertEquals(403, app.send("POST", "/x/y", vic, "Content-Length: 0").status());
        assertEquals(200, app.send("POST", "/x/y", eve, "Content-Length: 0").status());
        assertEquals(403, app.send("DELETE", "/x/y", eve).status());
        assertEquals(403, app.send("get", "/x/y", eve).status());
        assertEquals(401, app.send("POST", "/x/y", "Content-Length: 0").status());
    }

    @ParameterizedTest
    @CsvSource({"editor, any, 200", "admin, any, 403", "viewer, any, 403", "editor, all, 403"})
    void anExactRoleIsNotHadThroughTheHierarchy(String role, String match, int status) throws Exception {
        app.filter(
                        "f",
                        RoleRequiredFilter.class,
                        "/x/*",
                        Map.of(
                                "roles",
                                "editor" + (match.equals("all") ? ", viewer" : ""),
                                "match",
                                match,
                                "hierarchy",
                                "false"))
                .servlet("/x/*", RbacFiltersTest::secret)
                .start();
        assertEquals(status, app.get("/x/y", app.logIn("x", role)).status());
    }

    @Test
    void allExactRolesCanBeHad() throws Exception {
        app.filter(
                        "f",
                        RoleRequiredFilter.class,
                        "/x/*",
                        Map.of("roles", "editor, viewer", "match", "all", "hierarchy", "false"))
                .servlet("/x/*", RbacFiltersTest::secret)
                .start();
        assertEquals(200, app.get("/x/y", app.logIn("x", "editor", "viewer")).status());
    }

    @Test
    void rulesDecideAndDenyTheRest() throws Exception {
        rules("""
                order most-specific
                *    /auth/**     permit
                *    /public/**   permit
                GET  /reports/*   permission report.read
                *    /admin/**    role admin
                """).servlet("/*", RbacFiltersTest::secret).start();
        String vic = app.logIn("vic", "viewer");
        assertEquals(200, app.get("/auth/login", "Accept: text/html").status());
        assertEquals("SECRET for null", app.get("/public/x").body());
        assertEquals(401, app.get("/reports/1").status());
        assertEquals(302, app.get("/reports/1", "Accept: text/html").status());
        assertEquals(200, app.get("/reports/1", vic).status());
        assertEquals(
                403, app.send("POST", "/reports/1", vic, "Content-Length: 0").status());
        assertEquals(403, app.get("/reports/1/2", vic).status());
        assertEquals(403, app.get("/admin/x", vic).status());
        assertEquals(200, app.get("/admin/x", app.logIn("ada", "admin")).status());
        assertEquals(403, app.get("/elsewhere").status());
        assertEquals(403, app.get("/elsewhere", app.logIn("ada", "admin")).status());
    }

    /** An application that reads paths its own way finds its page for administrators below all of them. */
    @ParameterizedTest
    @CsvSource({
        "/ADMIN/x, 400",
        "/%EF%BD%81dmin/x, 400",
        "/admin./x, 400",
        "/adm%C4%B1n, 400",
        "/Old/x, 400",
        "/Home, 200",
        "/PUBLIC/x, 200"
    })
    void pth16whatLooksLikeAPathOfTheRulesIsNotJudgedByAMilderOne(String target, int status) throws Exception {
        rules("""
            order most-specific
            * /auth/**   permit
            * /public/** permit
            * /admin/**  role admin
            * /old/**    deny
            * /**        authenticated
            """).servlet("/*", RbacFiltersTest::secret).start();
        JettyApp.Answer answer = app.get(target, app.logIn("vic", "viewer"));
        assertEquals(status, answer.status(), answer.head());
        assertEquals(status == 200, answer.body().contains("SECRET"), answer.body());
    }

    /** The guard is mapped to a servlet, and the servlet to the path. */
    @Test
    void pth16soIsAPathOfAServletThatAGuardNames() throws Exception {
        var admins = new org.eclipse.jetty.ee10.servlet.FilterHolder(RoleRequiredFilter.class);
        admins.setName("admins");
        admins.setInitParameter("roles", "admin");
        var mapping = new org.eclipse.jetty.ee10.servlet.FilterMapping();
        mapping.setFilterName("admins");
        mapping.setServletName("office");
        app.context().getServletHandler().addFilter(admins, mapping);
        app.servlet("office", Office.class, "/office/*")
                .servlet("/", RbacFiltersTest::secret)
                .start();
        assertEquals(401, app.get("/office/x").status());
        assertEquals(400, app.get("/OFFICE/x").status());
        assertEquals(200, app.get("/x").status());
    }

    /** Mapped by name. */
    public static final class Office extends jakarta.servlet.http.HttpServlet {
        private static final long serialVersionUID = 1L;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/public/%2561", "/public/a%3Bb", "/public/a%5Cb", "/public/%0Ax", "/public//x"})
    void anAmbiguousPathIsABadRequest(String target) throws Exception {
        app.setting("guard.path", "off");
        rules("order file\n* /** permit\n")
                .servlet("/*", RbacFiltersTest::secret)
                .lenient()
                .start();
        JettyApp.Answer answer = app.get(target);
        assertEquals(400, answer.status(), answer.head());
        assertTrue(answer.body().contains("urn:ostiary:problem:ambiguous-path"), answer.body());
        assertFalse(answer.body().contains("SECRET"));
    }

    @Test
    void theBadRequestIsAProblemDocument() throws Exception {
        app.setting("guard.path", "off");
        rules("order file\n* /** permit\n")
                .servlet("/*", RbacFiltersTest::secret)
                .lenient()
                .start();
        JettyApp.Answer answer = app.get("/public/a%5Cb");
        assertTrue(
                answer.body()
                        .matches("\\{\"type\":\"urn:ostiary:problem:ambiguous-path\",\"title\":\"Bad Request\","
                                + "\"status\":400,\"instance\":\"urn:ostiary:incident:[0-9a-z]+\"}"),
                answer.body());
    }

    @Test
    void aForwardIsJudgedByItsTarget() throws Exception {
        assertGuarded((request, response) ->
                Objects.requireNonNull(request.getRequestDispatcher("/admin/x")).forward(request, response));
    }

    @Test
    void anIncludeIsJudgedByItsTarget() throws Exception {
        assertGuarded((request, response) ->
                Objects.requireNonNull(request.getRequestDispatcher("/admin/x")).include(request, response));
    }

    @Test
    void anIncludeOfAPrefixIsJudgedByItsTarget() throws Exception {
        assertGuarded((request, response) ->
                Objects.requireNonNull(request.getRequestDispatcher("/admin")).include(request, response));
    }

    @Test
    void anAsyncDispatchIsJudgedByItsTarget() throws Exception {
        assertGuarded((request, response) -> request.startAsync().dispatch("/admin/x"));
    }

    @Test
    void anErrorPageIsJudgedByItsOwnPath() throws Exception {
        ErrorPageErrorHandler errors = new ErrorPageErrorHandler();
        errors.addErrorPage(404, "/admin/x");
        app.context().setErrorHandler(errors);
        assertGuarded((request, response) -> response.sendError(404));
    }

    private void assertGuarded(JettyApp.Body open) throws Exception {
        rules("order most-specific\n* /open permit\n* /auth/** permit\n* /admin/** role admin\n")
                .servlet("/open", open)
                .servlet("/admin/*", RbacFiltersTest::secret)
                .start();
        for (String cookie : new String[] {"X-None: 1", app.logIn("vic", "viewer")}) {
            JettyApp.Answer answer = app.get("/open", cookie);
            assertFalse(answer.body().contains("SECRET"), answer.body());
            assertFalse(answer.status() >= 500, answer.head());
        }
        assertTrue(app.get("/open", app.logIn("ada", "admin")).body().contains("SECRET for ada"));
    }
}
