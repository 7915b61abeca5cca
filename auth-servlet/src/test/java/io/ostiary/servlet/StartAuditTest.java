package io.ostiary.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ostiary.core.config.Settings;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.SessionTrackingMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people forget, told at the start. */
final class StartAuditTest {
    private static final String GOOD = "mNQ8vT2rLx0KcYw5ZsJdHf7BgUeP1aOi4V6tR9yX3kA=";
    private final JettyApp app = new JettyApp();

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
        app.setting("start.audit", "refuse").setting("start.open", "/"); // where Jetty puts its own
        app.filter("guard", LoginRequiredFilter.class, "/app/*", Map.of());
        app.servlet("/app/*", (request, response) -> response.getWriter().print("app"));
    }

    private void webXml(String text) throws IOException {
        Files.writeString(
                war.resolve("WEB-INF/web.xml"),
                "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\">" + text + "</web-app>");
    }

    private static String filter(String name, String type, String more) {
        return "<filter><filter-name>" + name + "</filter-name><filter-class>" + type + "</filter-class>" + more
                + "</filter>";
    }

    private static String mapping(String name, String where, String... dispatchers) {
        StringBuilder text = new StringBuilder("<filter-mapping><filter-name>" + name + "</filter-name>" + where);
        for (String dispatcher : dispatchers) {
            text.append("<dispatcher>").append(dispatcher).append("</dispatcher>");
        }
        return text + "</filter-mapping>";
    }

    private static String guard(String more) {
        return filter("guard", LoginRequiredFilter.class.getName(), more);
    }

    private static final String ASYNC = "<async-supported> true </async-supported>";
    private static final String ALL_OF_APP =
            mapping("guard", "<url-pattern>/app/*</url-pattern>", "REQUEST", "FORWARD", "INCLUDE", "ERROR", "ASYNC");

    private void assertFound(String... findings) {
        Throwable thrown = assertThrows(Exception.class, app::start);
        while (thrown.getCause() != null) {
            thrown = thrown.getCause();
        }
        assertEquals("audit of the start of /:\n  " + String.join("\n  ", findings), thrown.getMessage());
    }

    private void assertStarts() throws Exception {
        app.start();
        assertEquals(401, app.get("/app/x").status());
    }

    @Test
    void nothingIsSaidWhereNothingIsForgotten() throws Exception {
        webXml(guard(ASYNC) + ALL_OF_APP);
        assertStarts();
    }

    @Test
    void servletsThatNoGuardCovers() {
        ServletHolder plain = new ServletHolder("plain", Plain.class);
        app.context().addServlet(plain, "/reports/*");
        app.context().addServlet(plain, "");
        assertFound(
                "servlet 'plain': no guard covers all of (root), /reports/*; if that is meant, name it in 'start.open'");
    }

    @Test
    void csr12aServletAmongTheKitsOwnPages() {
        app.filter("all", LoginRequiredFilter.class, "/*", Map.of());
        app.context().addServlet(new ServletHolder("profile", Plain.class), "/auth/profile");
        assertFound("servlet 'profile' on /auth/profile is among the kit's own pages, where requests of other sites are"
                + " not refused; map it elsewhere");
    }

    /** A servlet with a name. */
    public static final class Plain extends jakarta.servlet.http.HttpServlet {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void servletsThatAreMeantToBeOpen() throws Exception {
        app.servlet("/reports/*", (request, response) -> response.getWriter().print("reports"));
        app.servlet("", (request, response) -> response.getWriter().print("root"));
        app.setting("start.open", "/, /reports/*, (root)");
        assertStarts();
    }

    @Test
    void warnsByDefault() throws Exception {
        app.context().getInitParams().remove("ostiary.start.audit");
        app.servlet("/reports/*", (request, response) -> response.getWriter().print("reports"));
        app.context().setContextPath("/shop");
        app.start();
        assertEquals(200, app.get("/shop/reports/x").status());
    }

    @Test
    void canBeTurnedOff() throws Exception {
        app.setting("start.audit", "off");
        app.servlet("/reports/*", (request, response) -> response.getWriter().print("reports"));
        assertStarts();
    }

    @Test
    void looksAtAnApplicationWithoutAnyGuardToo() {
        JettyApp open = new JettyApp();
        try (open) {
            open.setting("start.audit", "refuse");
            for (String key : List.of("headers.mode", "guard.path", "csrf.mode", "limits.mode")) {
                open.setting(key, "off");
            }
            open.servlet("/x", (request, response) -> response.getWriter().print("x"));
            assertThrows(Exception.class, open::start);
        }
    }

    @Test
    void filtersThatAreRegisteredInJavaCount() throws Exception {
        ServletContainerInitializer late = (classes, context) -> {
            var filter = context.addFilter("late", LoginRequiredFilter.class);
            filter.setAsyncSupported(true);
            filter.addMappingForUrlPatterns(EnumSet.allOf(jakarta.servlet.DispatcherType.class), true, "/late/*");
        };
        app.context().addServletContainerInitializer(late);
        app.servlet("/late/*", (request, response) -> response.getWriter().print("late"));
        assertStarts();
        assertEquals(401, app.get("/late/x").status());
    }

    @Test
    void filtersThatAreAddedAfterTheListenerCount() throws Exception {
        app.context().addEventListener(new jakarta.servlet.ServletContextListener() {
            @Override
            public void contextInitialized(jakarta.servlet.ServletContextEvent event) {
                var filter = event.getServletContext().addFilter("late", LoginRequiredFilter.class);
                filter.setAsyncSupported(true);
                filter.addMappingForUrlPatterns(EnumSet.allOf(jakarta.servlet.DispatcherType.class), true, "/late/*");
                event.getServletContext()
                        .addFilter("other", (request, response, chain) -> chain.doFilter(request, response));
            }
        });
        app.servlet("/late/*", (request, response) -> response.getWriter().print("late"));
        assertStarts();
        assertEquals(401, app.get("/late/x").status());
    }

    @Test
    void missingDispatchersAndAsync() throws Exception {
        webXml(guard("")
                + mapping("guard", "<url-pattern>/app/*</url-pattern><url-pattern>/more</url-pattern>")
                + mapping("guard", "<servlet-name>x</servlet-name>", "REQUEST", "FORWARD", "ERROR", "ASYNC"));
        assertFound(
                "filter 'guard' on /app/* /more does not see FORWARD, INCLUDE, ASYNC, ERROR; add a <dispatcher> for each",
                "filter 'guard' does not support async, so nothing behind it can; add"
                        + " <async-supported>true</async-supported>",
                "filter 'guard' on servlet x does not see INCLUDE; add a <dispatcher> for each");
    }

    @Test
    void filtersOfTheApplicationThatComeFirst() throws Exception {
        webXml(filter("cms", "com.example.Cms", "")
                + filter("gzip", "com.example.Gzip", "")
                + filter("elsewhere", "com.example.Else", "")
                + filter("behind", "com.example.Behind", "")
                + guard(ASYNC)
                + mapping("cms", "<url-pattern>/*</url-pattern>")
                + mapping("elsewhere", "<url-pattern>/elsewhere/*</url-pattern>")
                + mapping("ghost", "<url-pattern>/ghost</url-pattern>")
                + ALL_OF_APP
                + mapping("behind", "<url-pattern>/*</url-pattern>")
                + mapping("gzip", "<servlet-name>x</servlet-name>"));
        assertFound("filter 'cms' is mapped before 'guard': whatever it answers itself is not guarded; map it after");
    }

    /** Whatever stands by pattern comes before what stands by name (Servlet 6.0 section 6.2.4). */
    @Test
    void aGuardByServletNameComesAfterPatterns() throws Exception {
        webXml(filter("cms", "com.example.Cms", "")
                + guard(ASYNC)
                + mapping("guard", "<servlet-name>x</servlet-name>", "REQUEST", "FORWARD", "INCLUDE", "ERROR", "ASYNC")
                + mapping("cms", "<url-pattern>/app/cms</url-pattern>"));
        assertFound("filter 'cms' is mapped before 'guard': whatever it answers itself is not guarded; map it after");
    }

    @Test
    void aDescriptorThatCannotBeRead() throws Exception {
        Files.writeString(war.resolve("WEB-INF/web.xml"), "<web-app>");
        assertFound("web.xml cannot be read: order, dispatchers and async of filters are not known");
    }

    @Test
    void anOldDescriptorWithADocumentType() throws Exception {
        Files.writeString(
                war.resolve("WEB-INF/web.xml"),
                "<!DOCTYPE web-app PUBLIC \"-//Sun Microsystems, Inc.//DTD Web Application 2.3//EN\""
                        + " \"http://java.sun.com/dtd/web-app_2_3.dtd\" [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>"
                        + "<web-app><display-name>&x;</display-name><filter/></web-app>");
        assertStarts();
    }

    @Test
    void sessionIdsInUrls() {
        app.context().addEventListener(new jakarta.servlet.ServletContextListener() {
            @Override
            public void contextInitialized(jakarta.servlet.ServletContextEvent event) {
                event.getServletContext()
                        .setSessionTrackingModes(EnumSet.of(SessionTrackingMode.COOKIE, SessionTrackingMode.URL));
            }
        });
        assertFound("the container takes session ids from URLs: something set the tracking modes after Ostiary did");
    }

    @ParameterizedTest
    @CsvSource({
        "ChangeMe-ChangeMe-ChangeMe-ChangeMe-1234",
        "this is an example secret of 32 bytes and more",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "0123456789abcdef0123456789abcdef"
    })
    void secretsOutOfExamples(String secret) {
        assertEquals(
                List.of("'secret' looks like one out of an example; make one: openssl rand -base64 32"),
                StartAuditSettings.from(Settings.of(Map.of("secret", secret))).doubtful());
    }

    @Test
    void secretsOfProviders() {
        Settings settings = Settings.of(Map.of(
                "secret", GOOD,
                "oauth.provider.a.client-secret", "changeit",
                "oauth.provider.b.client-secret", "hV9_2kXq7TfLz3PdWm",
                "oauth.provider.c.client-id", "c"));
        assertEquals(
                List.of(
                        "'oauth.provider.a.client-secret' looks like one out of an example; make one: openssl rand -base64"
                                + " 32"),
                StartAuditSettings.from(settings).doubtful());
    }

    @Test
    void switchesForTryingThingsOut() {
        Settings settings =
                Settings.of(Map.of("secret", GOOD, "csrf.mode", "off", "guard.path", "off", "headers.mode", "on"));
        assertEquals(
                List.of(
                        "'csrf.mode' is off: only for trying things out",
                        "'guard.path' is off: only for trying things out"),
                StartAuditSettings.from(settings).doubtful());
    }

    @Test
    void inDevelopmentAnySecretWillDo() {
        Settings settings = Settings.of(Map.of("development", "true", "secret", "changeme", "csrf.mode", "off"));
        assertEquals(List.of(), StartAuditSettings.from(settings).doubtful());
    }

    @Test
    void noDescriptorIsNothingToSay() {
        Descriptor none = Descriptor.of(app.context().getServletContext());
        assertNotNull(none);
        assertEquals(List.of(), none.mappings());
        assertNull(none.filters().get("guard"));
    }
}
