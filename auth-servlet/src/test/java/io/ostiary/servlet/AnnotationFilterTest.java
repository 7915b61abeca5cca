package io.ostiary.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.ostiary.core.Policies;
import io.ostiary.core.Verdict;
import io.ostiary.core.config.Settings;
import io.ostiary.rbac.Rbac;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AnnotationFilterTest {
    private final JettyApp app = new JettyApp();

    @BeforeEach
    void settings() {
        app.setting("rbac.roles", "admin, auditor, viewer")
                .setting("rbac.permission.admin", "report.*")
                .setting("rbac.permission.viewer", "report.read");
    }

    @AfterEach
    void stop() {
        app.close();
    }

    private JettyApp annotated() {
        return app.filter("annotations", AnnotationFilter.class, "/*", Map.of())
                .servlet("plain", AnnotatedServlets.Plain.class, "/plain")
                .servlet("admin", AnnotatedServlets.Admin.class, "/admin/*")
                .servlet("child", AnnotatedServlets.AdminChild.class, "/child/*")
                .servlet("open", AnnotatedServlets.OpenChild.class, "/open/*")
                .servlet("closed", AnnotatedServlets.Closed.class, "/closed/*")
                .servlet("report", AnnotatedServlets.Report.class, "*.report")
                .servlet("both", AnnotatedServlets.Both.class, "/both");
    }

    @ParameterizedTest
    @CsvSource({
        "/admin/x, 401, 403, 200",
        "/child/x, 401, 403, 200",
        "/open/x, 200, 200, 200",
        "/closed/x, 403, 403, 403",
        "/any/x.report, 401, 403, 200",
        "/both, 401, 403, 200",
        "/plain, 403, 403, 403",
        "/nowhere, 403, 403, 403",
        "/auth/session, 200, 200, 200"
    })
    void theClassSaysWhoMayCall(String path, int nobody, int viewer, int admin) throws Exception {
        annotated().start();
        assertEquals(nobody, app.get(path).status());
        assertEquals(viewer, app.get(path, app.logIn("vic", "viewer")).status());
        assertEquals(admin, app.get(path, app.logIn("ada", "admin")).status());
    }

    @Test
    void othersCanBeLeftOpen() throws Exception {
        app.filter("annotations", AnnotationFilter.class, "/*", Map.of("others", "permit"))
                .servlet("plain", AnnotatedServlets.Plain.class, "/plain")
                .servlet("admin", AnnotatedServlets.Admin.class, "/admin/*")
                .start();
        assertEquals(200, app.get("/plain").status());
        assertEquals(401, app.get("/admin/x").status());
    }

    @Test
    void guardsAForward() throws Exception {
        assertGuarded((request, response) ->
                Objects.requireNonNull(request.getRequestDispatcher("/admin/x")).forward(request, response));
    }

    @Test
    void guardsAnInclude() throws Exception {
        assertGuarded((request, response) ->
                Objects.requireNonNull(request.getRequestDispatcher("/admin/x")).include(request, response));
    }

    @Test
    void guardsAnAsyncDispatch() throws Exception {
        assertGuarded((request, response) -> request.startAsync().dispatch("/admin/x"));
    }

    @Test
    void guardsAnErrorPage() throws Exception {
        ErrorPageErrorHandler errors = new ErrorPageErrorHandler();
        errors.addErrorPage(404, "/admin/x");
        app.context().setErrorHandler(errors);
        assertGuarded((request, response) -> response.sendError(404));
    }

    private void assertGuarded(JettyApp.Body open) throws Exception {
        app.filter("annotations", AnnotationFilter.class, "/*", Map.of("others", "permit"))
                .servlet("admin", AnnotatedServlets.Admin.class, "/admin/*")
                .servlet("/start", open)
                .start();
        for (String cookie : new String[] {"X-None: 1", app.logIn("vic", "viewer")}) {
            JettyApp.Answer answer = app.get("/start", cookie);
            assertFalse(answer.body().contains("SECRET"), answer.body());
            assertFalse(answer.status() >= 500, answer.head());
        }
        assertTrue(app.get("/start", app.logIn("ada", "admin")).body().contains("SECRET for ada"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UnknownRole|@RolesAllowed names the role 'boss', which no 'rbac.' setting names; declare it in"
                        + " 'rbac.roles'; known are admin, auditor, viewer",
                "NoRole|@RolesAllowed names nothing; to close it write @DenyAll",
                "NoPermission|@RequiresPermission names nothing; to close it write @DenyAll",
                "Wildcard|@RequiresPermission names 'report.*'; a permission is resource.action, each of 1 to 64 letters,"
                        + " digits, '_' and '-' and beginning with a letter, without '*'",
                "Contradiction|@PermitAll and @DenyAll stand alone, but it has another annotation as well",
                "OtherContradiction|@PermitAll and @DenyAll stand alone, but it has another annotation as well"
            })
    void refusesAMistake(String type, String message) throws Exception {
        String name = "io.ostiary.servlet.AnnotatedServlets$" + type;
        app.filter("annotations", AnnotationFilter.class, "/*", Map.of())
                .servlet("s", Class.forName(name).asSubclass(HttpServlet.class), "/s");
        assertRefused("servlet 's' (" + name + "): " + message);
    }

    @Test
    void saysThatNoRoleIsKnown() {
        app.context().getInitParams().clear();
        app.setting("development", "true")
                .filter("annotations", AnnotationFilter.class, "/*", Map.of())
                .servlet("s", AnnotatedServlets.UnknownRole.class, "/s");
        assertRefused(
                "servlet 's' (io.ostiary.servlet.AnnotatedServlets$UnknownRole): @RolesAllowed names the role 'boss',"
                        + " which no 'rbac.' setting names; declare it in 'rbac.roles'; known are none");
    }

    @ParameterizedTest
    @CsvSource({"/admin/*", "/*", "/admin/y"})
    void refusesAnAnnotationThatNothingEnforces(String pattern) {
        app.filter("annotations", AnnotationFilter.class, "/admin/x/*", Map.of())
                .filter("login", LoginRequiredFilter.class, "/*", Map.of())
                .servlet("s", AnnotatedServlets.Admin.class, pattern);
        assertRefused("servlet 's' (io.ostiary.servlet.AnnotatedServlets$Admin): its annotation is not enforced at '"
                + pattern + "'; map filter 'io.ostiary.servlet.AnnotationFilter' to '/*'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin", "*"})
    void aMappingToTheServletItselfEnforces(String name) throws Exception {
        org.eclipse.jetty.ee10.servlet.FilterHolder holder =
                new org.eclipse.jetty.ee10.servlet.FilterHolder(AnnotationFilter.class);
        holder.setName("annotations");
        org.eclipse.jetty.ee10.servlet.FilterMapping mapping = new org.eclipse.jetty.ee10.servlet.FilterMapping();
        mapping.setFilterName("annotations");
        mapping.setServletName(name);
        app.servlet("admin", AnnotatedServlets.Admin.class, "/admin/*");
        app.context().getServletHandler().addFilter(holder, mapping);
        app.start();
        assertEquals(401, app.get("/admin/x").status());
    }

    @Test
    void refusesToReadWhatJavaWouldDrop() throws Exception {
        ClassLoader parent = AnnotationFilterTest.class.getClassLoader();
        try (URLClassLoader blind = new URLClassLoader(new URL[0], parent) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                if (name.startsWith("jakarta.annotation.")) {
                    throw new ClassNotFoundException(name);
                }
                return super.loadClass(name, resolve);
            }
        }) {
            app.context().setClassLoader(blind);
            app.filter("annotations", AnnotationFilter.class, "/*", Map.of());
            assertRefused(
                    "filter 'annotations' (web.xml): it reads jakarta.annotation.security, which is not on the class"
                            + " path; add jakarta.annotation:jakarta.annotation-api, without which Java drops such annotations"
                            + " silently");
        }
    }

    @Test
    void whatWasNotThereAtTheStartIsClosed() {
        AnnotationPolicy policy =
                new AnnotationPolicy(Map.of("a", Policies.permitAll()), Set.of("a", "b"), Policies.authenticated());
        assertEquals("open to all", policy.of("a").toString());
        assertEquals("authenticated", policy.of("b").toString());
        assertEquals("closed to all", policy.of("c").toString());
        assertEquals("closed to all", policy.of(null).toString());
        assertEquals(Verdict.FORBIDDEN, policy.evaluate(null, io.ostiary.testkit.FakeRequest.get("/")));
        assertEquals("annotations of servlet classes, others authenticated", policy.toString());
    }

    @Test
    void classesThatTheApplicationCannotSeeHaveNoAnnotation() {
        ServletRegistration nameless = mock(ServletRegistration.class);
        ServletRegistration unknown = mock(ServletRegistration.class);
        when(unknown.getClassName()).thenReturn("no.such.Type");
        ServletContext context = mock(ServletContext.class);
        doReturn(Map.of("jsp", nameless, "x", unknown)).when(context).getServletRegistrations();
        AnnotationPolicy policy =
                ServletAnnotations.policy(context, Rbac.from(Settings.of(Map.of())), Policies.authenticated());
        assertEquals(new AnnotationPolicy(Map.of(), Set.of("jsp", "x"), policy.others()), policy);
    }

    private void assertRefused(String message) {
        Throwable cause = assertThrows(Exception.class, app::start);
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        assertEquals(message, cause.getMessage());
    }
}
