package io.ostiary.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.servlet.Filter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Mistakes in filters over permissions, exact roles and rules, with the whole message. */
final class RbacStartUpTest {
    private static final String PLACE = "filter 'f' (web.xml): ";
    private final JettyApp app = new JettyApp();

    @TempDir
    private Path dir;

    @BeforeEach
    void settings() {
        app.setting("rbac.roles", "admin, viewer").setting("rbac.permissions", "report.read");
    }

    @AfterEach
    void stop() {
        app.close();
    }

    static Stream<Arguments> badInitParams() {
        return Stream.of(
                Arguments.of(
                        PermissionRequiredFilter.class,
                        Map.of(),
                        "init-param 'permissions' is required: one or more permissions, comma separated, or 'methods'"
                                + " instead"),
                Arguments.of(
                        PermissionRequiredFilter.class,
                        Map.of("permissions", " "),
                        "init-param 'permissions' is blank; give it a value or remove it"),
                Arguments.of(
                        PermissionRequiredFilter.class,
                        Map.of("permissions", "report"),
                        "init-param 'permissions' names 'report'; a permission is resource.action, each of 1 to 64"
                                + " letters, digits, '_' and '-' and beginning with a letter, without '*'"),
                Arguments.of(
                        PermissionRequiredFilter.class,
                        Map.of("permissions", "report.*"),
                        "init-param 'permissions' names 'report.*'; a permission is resource.action, each of 1 to 64"
                                + " letters, digits, '_' and '-' and beginning with a letter, without '*'"),
                Arguments.of(
                        PermissionRequiredFilter.class,
                        Map.of("permissions", "report.raed"),
                        "init-param 'permissions' names 'report.raed', which 'rbac.permissions' does not declare;"
                                + " declared are report.read"),
                Arguments.of(
                        PermissionRequiredFilter.class,
                        Map.of("permissions", "report.read,report.read"),
                        "init-param 'permissions' is 'report.read,report.read'; allowed: one or more permissions, comma"
                                + " separated, or 'methods' instead, without 'report.read' twice"),
                Arguments.of(
                        PermissionRequiredFilter.class,
                        Map.of("permissions", "report.read", "match", "one"),
                        "init-param 'match' is 'one'; allowed: one of any, all"),
                Arguments.of(
                        PermissionRequiredFilter.class,
                        Map.of("permissions", "report.read", "methods", "GET=report.read"),
                        "init-param 'methods' stands beside 'permissions' or 'match'; allowed: it alone, or those two"),
                Arguments.of(
                        PermissionRequiredFilter.class,
                        Map.of("match", "all", "methods", "GET=report.read"),
                        "init-param 'methods' stands beside 'permissions' or 'match'; allowed: it alone, or those two"),
                Arguments.of(
                        PermissionRequiredFilter.class,
                        Map.of("methods", "GET"),
                        "init-param 'methods' has 'GET'; allowed: METHOD=resource.action, methods in capital letters, or"
                                + " '*' for all others"),
                Arguments.of(
                        PermissionRequiredFilter.class,
                        Map.of("permissions", "report.read", "hierarchy", "true"),
                        "init-param 'hierarchy' is not a known setting"),
                Arguments.of(
                        RoleRequiredFilter.class,
                        Map.of("roles", "admin, editor"),
                        "init-param 'roles' names the role 'editor', which 'rbac.roles' does not declare"),
                Arguments.of(
                        RoleRequiredFilter.class,
                        Map.of("roles", "admin", "hierarchy", "no"),
                        "init-param 'hierarchy' is 'no'; allowed: true or false"),
                Arguments.of(
                        RoleRequiredFilter.class,
                        Map.of("roles", "admin", "hierarchy", "false"),
                        "init-param 'hierarchy' is false, but an exact role policy needs 'rbac.keep-given = true'"),
                Arguments.of(
                        RulesFilter.class,
                        Map.of(),
                        "init-param 'rules' is required: the rules file, as an absolute path or below /WEB-INF/"),
                Arguments.of(
                        RulesFilter.class,
                        Map.of("rules", "access.rules"),
                        "init-param 'rules' is 'access.rules'; allowed: an existing file, as an absolute path or below"
                                + " /WEB-INF/"),
                Arguments.of(
                        RulesFilter.class,
                        Map.of("rules", "/WEB-INF/none.rules"),
                        "init-param 'rules' is '/WEB-INF/none.rules'; allowed: an existing file, as an absolute path or"
                                + " below /WEB-INF/"),
                Arguments.of(
                        AnnotationFilter.class,
                        Map.of("others", "allow"),
                        "init-param 'others' is 'allow'; allowed: one of deny, permit"));
    }

    @ParameterizedTest
    @MethodSource("badInitParams")
    void refusesAFilter(Class<? extends Filter> type, Map<String, String> params, String message) {
        app.filter("f", type, "/x/*", params);
        assertRefused(PLACE + message);
    }

    @Test
    void refusesAMalformedExactRole() {
        app.context().getInitParams().clear();
        app.setting("development", "true").setting("rbac.keep-given", "true");
        app.filter("f", RoleRequiredFilter.class, "/x/*", Map.of("roles", "a b", "hierarchy", "false"));
        assertRefused(PLACE + "init-param 'roles' has a malformed name: an exact role policy needs at least one role; a"
                + " role name has 1 to 64 letters, digits, '_', '.' and '-' and begins with a letter");
    }

    @Test
    void refusesARulesFileWithItsLine() throws Exception {
        String file = rules("/*", "order file\n* /** role boss\n");
        assertRefused(file + ":2: names the role 'boss', which no 'rbac.' setting names; declare it in 'rbac.roles';"
                + " known are admin, viewer");
    }

    @Test
    void refusesRulesThatNobodyCouldSignInThrough() throws Exception {
        String file = rules("/*", "order file\n* /** authenticated\n");
        assertRefused(PLACE + file + ":2 closes '/auth/login', which people need to sign in; add the rule"
                + " '* /auth/** permit'");
    }

    @Test
    void refusesRulesThatForgetTheSignInPages() throws Exception {
        rules("/*", "order file\n* /auth/login permit\n* /app/** authenticated\n");
        assertRefused(PLACE + "no rule covers '/auth/login/x', which people need to sign in; add the rule"
                + " '* /auth/** permit'");
    }

    @Test
    void tablesTheRules() throws Exception {
        String file = rules("/x/*", "order file\n* /x/a permit\n* /x/b authenticated\n");
        app.start();
        assertEquals(
                "  f       /x/*          rules of " + file + " (2, order file, else denied)  auto  session",
                StartTable.of(
                                app.context().getServletContext(),
                                OstiaryListener.running(app.context().getServletContext()))
                        .lines()
                        .toList()
                        .get(2));
    }

    private String rules(String pattern, String text) throws Exception {
        Path file = dir.resolve("access.rules");
        Files.writeString(file, text);
        app.filter("f", RulesFilter.class, pattern, Map.of("rules", file.toString()));
        return file.toString();
    }

    private void assertRefused(String message) {
        Throwable cause = assertThrows(Exception.class, app::start);
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        assertEquals(message, cause.getMessage());
    }
}
