package io.ostiary.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.servlet.Filter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A mistake in what a person writes stops the deployment with a message that a stranger understands. */
final class StartUpTest {
    private final JettyApp app = new JettyApp();

    @AfterEach
    void stop() throws Exception {
        app.close();
    }

    static Stream<Arguments> badInitParams() {
        return Stream.of(
                Arguments.of(
                        RoleRequiredFilter.class,
                        Map.of(),
                        "filter 'f' (web.xml): init-param 'roles' is required: one or more role names, comma separated"),
                Arguments.of(
                        RoleRequiredFilter.class,
                        Map.of("role", "admin"),
                        "filter 'f' (web.xml): init-param 'roles' is required: one or more role names, comma separated;"
                                + " is filter 'f' (web.xml): init-param 'role' meant to be it?"),
                Arguments.of(
                        RoleRequiredFilter.class,
                        Map.of("roles", " "),
                        "filter 'f' (web.xml): init-param 'roles' is blank; give it a value or remove it"),
                Arguments.of(
                        RoleRequiredFilter.class,
                        Map.of("roles", "admin,,editor"),
                        "filter 'f' (web.xml): init-param 'roles' is 'admin,,editor'; allowed: one or more role names,"
                                + " comma separated, without an empty element"),
                Arguments.of(
                        RoleRequiredFilter.class,
                        Map.of("roles", "admin, admin"),
                        "filter 'f' (web.xml): init-param 'roles' is 'admin, admin'; allowed: one or more role names,"
                                + " comma separated, without 'admin' twice"),
                Arguments.of(
                        RoleRequiredFilter.class,
                        Map.of("roles", "admin", "match", "some"),
                        "filter 'f' (web.xml): init-param 'match' is 'some'; allowed: one of any, all"),
                Arguments.of(
                        LoginRequiredFilter.class,
                        Map.of("max-age", "5"),
                        "filter 'f' (web.xml): init-param 'max-age' is '5'; allowed: a duration with its unit from 10s to"
                                + " 90d, for example 30s, 15m, 12h, 7d or PT30M"),
                Arguments.of(
                        LoginRequiredFilter.class,
                        Map.of("amr", "m f a"),
                        "filter 'f' (web.xml): init-param 'amr' has 'm f a'; allowed: methods of RFC 8176 such as mfa, otp,"
                                + " hwk, comma separated; one of them is enough"),
                Arguments.of(
                        LoginRequiredFilter.class,
                        Map.of("mode", "json"),
                        "filter 'f' (web.xml): init-param 'mode' is 'json'; allowed: one of browser, api, auto"),
                Arguments.of(
                        LoginRequiredFilter.class,
                        Map.of("roles", "admin"),
                        "filter 'f' (web.xml): init-param 'roles' is not a known setting"),
                Arguments.of(
                        LoginRequiredFilter.class,
                        Map.of("scheme", "session"),
                        "filter 'f' (web.xml): init-param 'scheme' is not a known setting; did you mean 'schemes'?"),
                Arguments.of(
                        LoginRequiredFilter.class,
                        Map.of("schemes", "session, password"),
                        "filter 'f' (web.xml): init-param 'schemes' is 'session, password'; allowed: one or more of"
                                + " session, comma separated"),
                Arguments.of(
                        ApiKeyFilter.class,
                        Map.of(),
                        "filter 'f' (web.xml): it looks at apikey, but nothing of that kind is set up;"
                                + " set up are: session; for API keys set 'apikey.file'"),
                Arguments.of(
                        ApiKeyFilter.class,
                        Map.of("scopes", "orders read, x"),
                        "filter 'f' (web.xml): init-param 'scopes' is 'orders read,x'; allowed: one or more scopes, comma"
                                + " separated, each 1 to 64 letters, digits and ._:/*-"),
                Arguments.of(
                        ApiKeyFilter.class,
                        Map.of("scopes", "a", "match", "all", "schemes", "session"),
                        "filter 'f' (web.xml): init-param 'match' is not a known setting"));
    }

    @ParameterizedTest
    @MethodSource("badInitParams")
    void refusesAFilter(Class<? extends Filter> type, Map<String, String> params, String message) {
        app.filter("f", type, "/x/*", params);
        assertRefused(message);
    }

    static Stream<Arguments> badContextParams() {
        return Stream.of(
                Arguments.of(
                        Map.of("development", "yes"),
                        "web.xml: context-param 'ostiary.development' is 'yes'; allowed: true or false"),
                Arguments.of(
                        Map.of("development", "false"),
                        "web.xml: context-param 'ostiary.base-url' is required: the public address of the application,"
                                + " for example https://app.example"),
                Arguments.of(
                        Map.of("development", "false", "base-url", "http://app.example"),
                        "web.xml: context-param 'ostiary.base-url' is 'http://app.example'; allowed: an https address;"
                                + " plain http only on 127.0.0.1 or localhost with 'development' set to true"),
                Arguments.of(
                        Map.of("base-url", "https://app.example"),
                        "web.xml: context-param 'ostiary.development' is true while 'base-url' is 'https://app.example';"
                                + " allowed: false, or a base-url on 127.0.0.1 or localhost"),
                Arguments.of(
                        Map.of("development", "false", "base-url", "https://app.example"),
                        "web.xml: context-param 'ostiary.secret' is required: at least 32 bytes of random text, for example the output of:"
                                + " openssl rand -base64 32"),
                Arguments.of(
                        Map.of("secret", "canary-too-short"),
                        "web.xml: context-param 'ostiary.secret' (hidden) has 16 bytes; allowed: at least 32 bytes of"
                                + " random text, for example the output of: openssl rand -base64 32"),
                Arguments.of(
                        Map.of("base-url", "https://user:canary@app.example"),
                        "web.xml: context-param 'ostiary.base-url' (hidden) is not allowed; allowed: an absolute URL"
                                + " such as https://app.example/path, without user name, '?' or '#'"),
                Arguments.of(
                        Map.of("after-login", "http://front.example"),
                        "web.xml: context-param 'ostiary.after-login' is 'http://front.example'; allowed: a path inside"
                                + " the application that begins with one slash, without '..', '//' or a control"
                                + " character, or an https address of a front end"),
                Arguments.of(
                        Map.of("endpoint-path", "auth"),
                        "web.xml: context-param 'ostiary.endpoint-path' is 'auth'; allowed: a path such as /auth,"
                                + " of letters, digits, dashes and underscores"),
                Arguments.of(
                        Map.of("endpoint-path", "/login"),
                        "servlet 'auth' (web.xml): url-pattern is [/auth/*]; allowed: '/login/*', or set"
                                + " 'endpoint-path' to where it is mapped"),
                Arguments.of(
                        Map.of("session.idle-timeout", "30"),
                        "web.xml: context-param 'ostiary.session.idle-timeout' is '30'; allowed: a duration with its"
                                + " unit from 1m to 30d, for example 30s, 15m, 12h, 7d or PT30M"),
                Arguments.of(
                        Map.of("session.idle-timeout", "2d"),
                        "web.xml: context-param 'ostiary.session.idle-timeout' is longer than"
                                + " 'session.absolute-timeout'; allowed: at most that"),
                Arguments.of(
                        Map.of("session.idle-timout", "30m"),
                        "web.xml: context-param 'ostiary.session.idle-timout' is not a known setting; did you mean"
                                + " 'session.idle-timeout'?"),
                Arguments.of(
                        Map.of("session.cookie-name", "__Host-x"),
                        "web.xml: context-param 'ostiary.session.cookie-name' is '__Host-x'; allowed: 1 to 40 letters,"
                                + " digits, dashes or underscores, not beginning with __, because this application is"
                                + " served over plain http"),
                Arguments.of(
                        Map.of("realm", "a\"b"),
                        "web.xml: context-param 'ostiary.realm' is 'a\"b'; allowed: 1 to 64 letters, digits, blanks,"
                                + " dots, dashes or underscores"),
                Arguments.of(
                        Map.of("config", "/WEB-INF/other.properties"),
                        "web.xml: context-param 'ostiary.config' is '/WEB-INF/other.properties'; allowed: an existing"
                                + " file, as an absolute path or below /WEB-INF/"),
                Arguments.of(
                        Map.of("config", "relative.properties"),
                        "web.xml: context-param 'ostiary.config' is 'relative.properties'; allowed: an existing file,"
                                + " as an absolute path or below /WEB-INF/"),
                Arguments.of(
                        Map.of("config", "/nul\0"),
                        "web.xml: context-param 'ostiary.config' is '/nul\0'; allowed: an existing file, as an absolute"
                                + " path or below /WEB-INF/"));
    }

    @ParameterizedTest
    @MethodSource("badContextParams")
    void refusesASetting(Map<String, String> params, String message) {
        params.forEach(app::setting);
        assertRefused(message);
    }

    @Test
    void refusesFileMistakesWithTheirLine(@TempDir Path dir) throws Exception {
        Path file = dir.resolve("auth.properties");
        Files.writeString(file, "# ours\ndevelopment = true\nsesion.idle-timeout = 30m\n");
        app.context().getInitParams().clear();
        app.setting("config", file.toString());
        assertRefused(file + ":3: 'sesion.idle-timeout' is not a known setting; did you mean 'session.idle-timeout'?");
    }

    @Test
    void refusesAKeyThatStandsInTwoPlaces(@TempDir Path dir) throws Exception {
        Path file = dir.resolve("auth.properties");
        Files.writeString(file, "development = true\n");
        app.setting("config", file.toString());
        assertRefused("web.xml: context-param 'ostiary.development' is set twice; it is also set at " + file
                + ":1: 'development'");
    }

    @Test
    void refusesAFileThatIsNotUtf8(@TempDir Path dir) throws Exception {
        Path file = dir.resolve("auth.properties");
        Files.write(file, new byte[] {'a', '=', (byte) 0xff});
        app.setting("config", file.toString());
        assertRefused(file + ": not UTF-8 text");
    }

    @Test
    void readsAFileInsideTheApplication(@TempDir Path dir) throws Exception {
        Files.createDirectories(dir.resolve("WEB-INF"));
        Files.writeString(dir.resolve("WEB-INF/auth.properties"), "development = true\nrealm = inside\n");
        app.context().getInitParams().clear();
        app.context().setBaseResourceAsPath(dir);
        app.filter("f", LoginRequiredFilter.class, "/x/*", Map.of()).start();
        assertEquals("Session realm=\"inside\"", app.get("/x/y").header("WWW-Authenticate"));
    }

    @Test
    void refusesToStartWithoutAnySettings() {
        app.context().getInitParams().clear();
        assertRefused("/WEB-INF/auth.properties does not exist; create it, name another file with context-param"
                + " 'ostiary.config', or set context-params that begin with 'ostiary.'");
    }

    @Test
    void refusesToStartWithoutTheEndpoints() {
        app.context().getServletHandler().setServlets(new ServletHolder[0]);
        app.context().getServletHandler().setServletMappings(new org.eclipse.jetty.ee10.servlet.ServletMapping[0]);
        assertRefused("web.xml: servlet 'io.ostiary.servlet.AuthServlet' is required: map it to '/auth/*'");
    }

    @Test
    void refusesAFilterWithoutTheListener() throws Exception {
        try (JettyApp bare = JettyApp.bare()) {
            bare.filter("f", LoginRequiredFilter.class, "/x/*", Map.of());
            assertEquals(
                    "web.xml: listener 'io.ostiary.servlet.OstiaryListener' is required: add <listener>"
                            + "<listener-class>io.ostiary.servlet.OstiaryListener</listener-class></listener>",
                    deepest(assertThrows(Exception.class, bare::start)));
        }
    }

    @Test
    void tablesWhatProtectsWhat() throws Exception {
        app.filter("app", LoginRequiredFilter.class, "/app/*", Map.of())
                .filter(
                        "admin",
                        RoleRequiredFilter.class,
                        "/admin/*",
                        Map.of("roles", "root, admin", "mode", "browser"));
        app.start();
        assertEquals(
                """
                Ostiary protects /
                  filter  url-patterns  policy                   mode     schemes
                  app     /app/*        authenticated            auto     session
                  admin   /admin/*      any role of admin, root  browser  session""",
                StartTable.of(
                        app.context().getServletContext(),
                        OstiaryListener.running(app.context().getServletContext())));
    }

    @Test
    void forgetsTheEngineWhenTheApplicationStops() throws Exception {
        app.start();
        assertNotNull(app.ostiary());
        app.close();
        assertThrows(io.ostiary.core.config.ConfigurationException.class, app::ostiary);
    }

    private void assertRefused(String message) {
        assertEquals(message, deepest(assertThrows(Exception.class, app::start)));
    }

    private static String deepest(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }
}
