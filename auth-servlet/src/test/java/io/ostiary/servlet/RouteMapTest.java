package io.ostiary.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.core.Identity;
import io.ostiary.core.Verdict;
import io.ostiary.rbac.rules.Explanation;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RouteMapTest {
    private final JettyApp app = new JettyApp();

    @AfterEach
    void stop() {
        app.close();
    }

    private RouteMap map() throws Exception {
        app.start();
        return RouteMap.of(app.context().getServletContext());
    }

    private static Identity vic(String... roles) {
        return Identity.of("session", "https://op.example", "vic", Instant.EPOCH)
                .plusRoles(Set.of(roles));
    }

    @Test
    void namesWhatCoversAndWhatNothingCovers() throws Exception {
        app.filter("admins", RoleRequiredFilter.class, "/admin/*", Map.of("roles", "admin"))
                .filter("app", LoginRequiredFilter.class, "/app/secret/*", Map.of())
                .servlet("a", AnnotatedServlets.Plain.class, "/admin/x")
                .servlet("b", AnnotatedServlets.Plain.class, "/app/*")
                .servlet("c", AnnotatedServlets.Plain.class, "/open");
        RouteMap map = map();
        assertTrue(map.toString().contains("""
                '/admin/x' a <- admins: role admin
                '/auth/*' auth <- NOTHING covers it
                '/app/*' b <- app (only /app/secret/*): authenticated
                '/open' c <- NOTHING covers it"""), map.toString());
        assertEquals(
                List.of("/app/*", "/auth/*", "/open"),
                map.routes().stream()
                        .filter(RouteMap.Route::open)
                        .map(RouteMap.Route::pattern)
                        .filter(pattern -> !pattern.equals("/"))
                        .sorted()
                        .toList());
    }

    @Test
    void explainsFilterByFilter() throws Exception {
        app.filter("app", LoginRequiredFilter.class, "/app/*", Map.of())
                .filter("admins", RoleRequiredFilter.class, "/app/admin/*", Map.of("roles", "admin"))
                .filter("editors", RoleRequiredFilter.class, "/app/*", Map.of("roles", "editor"))
                .servlet("b", AnnotatedServlets.Plain.class, "/app/*");
        Explanation found = map().explain("GET", "/app/admin/x", vic("viewer"));
        assertEquals("""
                servlet 'b' by '/app/*'
                filter 'app' on /app/*:
                  the requirement is: authenticated
                  'vic' has the roles viewer
                  => GRANT
                filter 'admins' on /app/admin/*:
                  the requirement is: role admin
                  'vic' has the roles viewer
                  => FORBIDDEN
                filter 'editors' on /app/*:
                  the requirement is: role editor
                  'vic' has the roles viewer
                  => FORBIDDEN
                => FORBIDDEN""", found.toString());
        assertEquals("filter 'admins'", found.decidedBy());
    }

    @Test
    void explainsThatACredentialOfAnotherKindIsNotThere() throws Exception {
        app.filter("app", LoginRequiredFilter.class, "/app/*", Map.of());
        Explanation found = map().explain("GET", "/app/x", vic().withScheme("apikey"));
        assertEquals(Verdict.NEEDS_IDENTITY, found.verdict());
        assertTrue(
                found.steps().contains("  it looks at session only, so a credential of another kind is not there"),
                found.toString());
    }

    @Test
    void filtersOfOtherMakersAreNotKnown() throws Exception {
        app.filter("foreign", Foreign.class, "/*", Map.of())
                .filter("app", LoginRequiredFilter.class, "/app/*", Map.of())
                .servlet("c", AnnotatedServlets.Plain.class, "/open");
        RouteMap map = map();
        assertTrue(map.toString().contains("'/open' c <- NOTHING covers it"), map.toString());
        assertEquals(Verdict.GRANT, map.explain("GET", "/open", null).verdict());
    }

    /** Not of the kit. */
    public static final class Foreign implements jakarta.servlet.Filter {
        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws java.io.IOException, jakarta.servlet.ServletException {
            chain.doFilter(request, response);
        }
    }

    @Test
    void explainsThatNothingCoversAPath() throws Exception {
        app.servlet("c", AnnotatedServlets.Plain.class, "/open");
        Explanation found = map().explain("GET", "/open", null);
        assertEquals(
                "servlet 'c' by '/open'\nno filter of the kit covers it, so it is open\n=> GRANT", found.toString());
        assertNull(found.decidedBy());
    }

    @Test
    void explainsByTheLineOfTheRulesFile(@TempDir Path dir) throws Exception {
        Path file = dir.resolve("access.rules");
        Files.writeString(file, "order file\n* /x/** role admin\n");
        app.setting("rbac.roles", "admin").filter("rules", RulesFilter.class, "/x/*", Map.of("rules", file.toString()));
        Explanation found = map().explain("GET", "/x/y", null);
        assertEquals(file + ":2", found.decidedBy());
        assertEquals(Verdict.NEEDS_IDENTITY, found.verdict());
    }

    @Test
    void explainsAnnotations() throws Exception {
        app.setting("rbac.roles", "admin, auditor")
                .filter("annotations", AnnotationFilter.class, "/*", Map.of())
                .servlet("admin", AnnotatedServlets.Admin.class, "/admin/*");
        RouteMap map = map();
        assertEquals(
                "filter 'annotations'", map.explain("GET", "/admin/x", vic()).decidedBy());
        assertEquals(
                Verdict.GRANT, map.explain("GET", "/admin/x", vic("auditor")).verdict());
        assertTrue(
                map.toString().contains("'/admin/*' admin <- annotations: any role of admin, auditor"), map.toString());
    }

    @Test
    void knowsMappingsToServlets() throws Exception {
        org.eclipse.jetty.ee10.servlet.FilterHolder holder =
                new org.eclipse.jetty.ee10.servlet.FilterHolder(LoginRequiredFilter.class);
        holder.setName("login");
        for (String servlet : List.of("c", "*")) {
            org.eclipse.jetty.ee10.servlet.FilterMapping mapping = new org.eclipse.jetty.ee10.servlet.FilterMapping();
            mapping.setFilterName("login");
            mapping.setServletName(servlet);
            app.context().getServletHandler().addFilter(holder, mapping);
        }
        app.servlet("c", AnnotatedServlets.Plain.class, "/c").servlet("d", AnnotatedServlets.Plain.class, "/d");
        RouteMap map = map();
        assertTrue(map.toString().contains("'/c' c <- login: authenticated"), map.toString());
        assertTrue(map.toString().contains("'/d' d <- login: authenticated"), map.toString());
        assertEquals(Verdict.NEEDS_IDENTITY, map.explain("GET", "/c", null).verdict());
        assertEquals(Verdict.NEEDS_IDENTITY, map.explain("GET", "/d", null).verdict());
    }

    @ParameterizedTest
    @CsvSource({
        "/*, /a/b, true",
        "/a/*, /a, true",
        "/a/*, /a/b, true",
        "/a/*, /ab, false",
        "*.do, /x/y.do, true",
        "*.do, /x.do/y, false",
        "/a, /a, true",
        "/a, /a/, false",
        "'', /, true",
        "/, /, true",
        "/, /a, false"
    })
    void servlet12Section2MatchesPaths(String pattern, String path, boolean matches) {
        assertEquals(matches, UrlPatterns.matches(pattern, path));
    }

    @ParameterizedTest
    @CsvSource({
        "/*, /, true, true",
        "/*, '', true, true",
        "/*, *.do, true, true",
        "/a/*, /a/b/*, true, true",
        "/a/*, /ab/*, false, false",
        "/a/b/*, /a/*, false, true",
        "/a/*, /a/b, true, true",
        "/a/*, /b, false, false",
        "/a/*, *.do, false, true",
        "/a/*, /, false, true",
        "/a, '', false, false",
        "/a, /, false, true",
        "/a, /*, false, true",
        "/a, /b/*, false, false",
        "/, /a/*, false, false",
        "/, /, false, true",
        "/x.do, *.do, false, true",
        "/x, *.do, false, false",
        "*.do, *.do, true, true",
        "*.do, *.jsp, false, false",
        "*.do, /, false, true",
        "*.do, /a/*, false, true",
        "*.do, /x.do, true, true"
    })
    void tellsWhatCoversAndWhatTouches(String filter, String servlet, boolean covers, boolean touches) {
        assertEquals(covers, UrlPatterns.covers(filter, servlet));
        assertEquals(touches, UrlPatterns.touches(filter, servlet));
    }

    @Test
    void theContainerTakesTheBestMatch() throws Exception {
        app.servlet("default", AnnotatedServlets.Plain.class, "/")
                .servlet("extension", AnnotatedServlets.Plain.class, "*.do")
                .servlet("wide", AnnotatedServlets.Plain.class, "/a/*")
                .servlet("narrow", AnnotatedServlets.Plain.class, "/a/b/*")
                .servlet("exact", AnnotatedServlets.Plain.class, "/a/b/c");
        RouteMap map = map();
        assertEquals(
                "servlet 'exact' by '/a/b/c'",
                map.explain("GET", "/a/b/c", null).steps().get(0));
        assertEquals(
                "servlet 'narrow' by '/a/b/*'",
                map.explain("GET", "/a/b/x.do", null).steps().get(0));
        assertEquals(
                "servlet 'wide' by '/a/*'",
                map.explain("GET", "/a/x", null).steps().get(0));
        assertEquals(
                "servlet 'extension' by '*.do'",
                map.explain("GET", "/x.do", null).steps().get(0));
        assertEquals(
                "servlet 'default' by '/'",
                map.explain("GET", "/x", null).steps().get(0));
    }
}
