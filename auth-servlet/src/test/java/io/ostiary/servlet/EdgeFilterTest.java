package io.ostiary.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;

import io.ostiary.core.csrf.Csrf;
import io.ostiary.core.csrf.CsrfToken;
import io.ostiary.core.headers.SecurityHeaders;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens before anybody asks who is asking, in a real container. */
final class EdgeFilterTest {
    private static final String OURS = "Origin: http://localhost";
    private static final String EVIL = "Origin: https://evil.example";
    private final JettyApp app = new JettyApp();

    @AfterEach
    void stop() {
        app.close();
    }

    @BeforeEach
    void address() {
        app.setting("base-url", "http://localhost");
    }

    private JettyApp zones() throws Exception {
        app.filter("login", LoginRequiredFilter.class, "/app/*", Map.of());
        app.servlet("/app/*", (request, response) -> response.getWriter().print("app"));
        app.servlet("/public/*", (request, response) -> response.getWriter().print("public"));
        app.servlet("/broken", (request, response) -> {
            throw new IllegalStateException("broken");
        });
        app.servlet("/gone", (request, response) -> response.sendError(404));
        return app;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/public/x",
                "/app/x",
                "/nothing",
                "/broken",
                "/gone",
                "/auth/login",
                "/auth/nothing",
                "/public;x"
            })
    void everyAnswerHasTheHeaders(String target) throws Exception {
        zones().start();
        JettyApp.Answer answer = app.get(target);
        assertEquals("nosniff", answer.header("X-Content-Type-Options"), answer.head());
        assertFalse(answer.header("Content-Security-Policy").isEmpty(), answer.head());
        assertFalse(answer.header("Referrer-Policy").isEmpty(), answer.head());
    }

    @Test
    void theApplicationMayReplaceOne() throws Exception {
        app.servlet("/own", (request, response) -> response.setHeader("Referrer-Policy", "no-referrer"));
        app.start();
        assertEquals("no-referrer", app.get("/own").header("Referrer-Policy"));
    }

    @Test
    void pagesReadTheNonce() throws Exception {
        app.setting("headers.content-security-policy", "script-src {nonce}");
        app.servlet(
                "/page",
                (request, response) ->
                        response.getWriter().print(request.getAttribute(SecurityHeaders.NONCE.toString())));
        app.start();
        JettyApp.Answer answer = app.get("/page");
        assertEquals("script-src 'nonce-" + answer.body() + "'", answer.header("Content-Security-Policy"));
    }

    @Test
    void whatIsForSomebodyIsKeptOutOfCaches() throws Exception {
        zones().servlet("/app/cached", (request, response) -> response.setHeader("Cache-Control", "max-age=60"));
        app.start();
        String cookie = app.logIn("vic");
        assertEquals("no-store", app.get("/app/x", cookie).header("Cache-Control"));
        assertEquals("max-age=60", app.get("/app/cached", cookie).header("Cache-Control"));
        assertEquals("", app.get("/public/x", cookie).header("Cache-Control"));
    }

    @Test
    void cachingCanBeLeftToTheApplication() throws Exception {
        zones().setting("headers.protected-cache", "keep").start();
        assertEquals("", app.get("/app/x", app.logIn("vic")).header("Cache-Control"));
    }

    @Test
    void anAmbiguousTargetIsAnsweredBeforeAnythingRuns() throws Exception {
        zones().start();
        assertEquals(400, app.get("/public/x;y").status());
        assertEquals(400, app.get("/public/%2561").status());
        assertEquals(400, app.get("/APP/x").status());
        assertEquals(405, app.send("TRACE", "/public/x").status());
    }

    @Test
    void theGuardCanTolerate() throws Exception {
        zones().setting("guard.allow", "path-parameters").start();
        assertEquals("public", app.get("/public/x;y").body());
        assertEquals(401, app.get("/app;x/y").status());
    }

    @Test
    void anotherSiteCannotPostWithSomebodysCookie() throws Exception {
        zones().start();
        String cookie = app.logIn("vic");
        assertEquals(403, app.send("POST", "/app/x", cookie, EVIL).status());
        assertEquals(403, app.send("POST", "/app/x", cookie).status());
        assertEquals(200, app.send("POST", "/app/x", cookie, OURS).status());
        assertEquals(403, app.send("POST", "/public/x", cookie, EVIL).status());
        assertEquals(200, app.send("POST", "/public/x", EVIL).status());
    }

    @Test
    void aFormKeepsItsFieldsWhenItsTokenIsRead() throws Exception {
        app.setting("csrf.mode", "token").setting("csrf.parameter", "t");
        app.servlet("/form", (request, response) -> {
            if (request.getMethod().equals("POST")) {
                response.getWriter().print(request.getParameter("amount"));
            } else {
                CsrfToken token = (CsrfToken) request.getAttribute(Csrf.TOKEN.toString());
                response.getWriter().print(token.getToken());
            }
        });
        app.start();
        String cookie = app.logIn("vic");
        String token = app.get("/form", cookie).body();
        assertEquals("12", form(cookie, "amount=12&t=" + token).body());
        assertEquals(403, form(cookie, "amount=12").status());
        assertEquals(403, form(app.logIn("ada"), "amount=12&t=" + token).status());
        assertEquals(403, app.send("POST", "/form?t=" + token, cookie, OURS).status());
    }

    private JettyApp.Answer form(String cookie, String body) throws Exception {
        return JettyApp.Answer.parse(app.raw("POST /form HTTP/1.1\r\nHost: localhost\r\n" + cookie + "\r\n" + OURS
                + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " + body.length()
                + "\r\nConnection: close\r\n\r\n" + body));
    }

    @Test
    void friendsMayCallIfCorsSaysSo() throws Exception {
        zones().setting("cors.origins", "https://front.example").setting("cors.credentials", "true");
        app.start();
        String cookie = app.logIn("vic");
        JettyApp.Answer answer = app.send("POST", "/app/x", cookie, "Origin: https://front.example");
        assertEquals(200, answer.status());
        assertEquals("https://front.example", answer.header("Access-Control-Allow-Origin"));
        JettyApp.Answer preflight =
                app.send("OPTIONS", "/app/x", "Origin: https://front.example", "Access-Control-Request-Method: POST");
        assertEquals(204, preflight.status());
        assertEquals(
                403,
                app.send("OPTIONS", "/app/x", EVIL, "Access-Control-Request-Method: POST")
                        .status());
    }

    @Test
    void aFilterOfItsOwnTakesThePlaceOfTheDefault() throws Exception {
        zones().filter("csrf", CsrfFilter.class, "/app/*", Map.of("without-headers", "allow"))
                .filter("headers", SecurityHeadersFilter.class, "/*", Map.of("referrer-policy", "no-referrer"))
                .filter("path", CanonicalPathFilter.class, "/*", Map.of("path", "off"))
                .filter("cors", CorsFilter.class, "/*", Map.of("origins", "*"));
        app.start();
        String cookie = app.logIn("vic");
        JettyApp.Answer answer = app.send("POST", "/app/x", cookie);
        assertEquals(200, answer.status());
        assertEquals("no-referrer", answer.header("Referrer-Policy"));
        assertEquals(200, app.get("/public;x/y").status());
        assertEquals("*", app.get("/public/y", EVIL).header("Access-Control-Allow-Origin"));
        assertEquals(200, app.send("POST", "/public/x", cookie, EVIL).status());
    }

    @Test
    void settingsInTwoPlacesStopTheStart() {
        app.setting("csrf.mode", "token").filter("csrf", CsrfFilter.class, "/*", Map.of("mode", "origin"));
        assertEquals(
                "filter 'csrf' (web.xml): 'csrf.' is set in the application's settings too; allowed: in one of the two"
                        + " places",
                startFails());
    }

    @Test
    void aMisspeltParameterStopsTheStart() {
        app.filter("csrf", CsrfFilter.class, "/*", Map.of("mod", "origin"));
        assertEquals(
                "filter 'csrf' (web.xml): init-param 'mod' is not a known setting; did you mean 'mode'?", startFails());
    }

    private String startFails() {
        Throwable cause = assertThrows(Exception.class, app::start);
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    @Test
    void proxiesAreBelievedOnlyWhenTrusted() throws Exception {
        app.servlet("/who", (request, response) -> {
            ServletAuthRequest view = new ServletAuthRequest(
                    request,
                    OstiaryListener.ostiary(request.getServletContext()).edges().proxies());
            response.getWriter().print(view.remoteAddress() + " " + view.secure());
        });
        app.setting("proxy.trusted", "0.0.0.0").setting("proxy.header", "x-forwarded");
        app.start();
        String peer = app.get("/who", "X-Forwarded-For: 203.0.113.9", "X-Forwarded-Proto: https")
                .body();
        assertTrue(List.of("203.0.113.9 true", "127.0.0.1 false").contains(peer), peer);
    }

    @Test
    void hst01linksOfTheApplicationComeFromTheSettings() throws Exception {
        app.context().setContextPath("/shop");
        app.setting("base-url", "https://localhost/shop")
                .servlet("/link", (request, response) -> response.getWriter().print(OstiaryListener.baseUrl(request)))
                .start();
        String link = app.get("/shop/link", "X-Forwarded-Host: evil.example", "Forwarded: host=evil.example;proto=http")
                .body();
        assertEquals("https://localhost/shop", link);
    }

    @Test
    void whatComesWithoutTlsIsSentOnWithAllHeaders() throws Exception {
        zones().setting("base-url", "https://app.example").setting("https.redirect", "on");
        app.setting("secret", "0123456789abcdef0123456789abcdef").setting("development", "false");
        app.start();
        JettyApp.Answer answer = app.get("/public/x?y=1", "Accept: text/html", "X-Forwarded-Proto: https");
        assertEquals(308, answer.status());
        assertEquals("https://app.example/public/x?y=1", answer.header("Location"));
        assertEquals("nosniff", answer.header("X-Content-Type-Options"));
        assertEquals("", answer.header("Strict-Transport-Security"));
        assertEquals(403, app.send("POST", "/public/x", "Accept: text/html").status());
        assertEquals(400, app.get("/public;x/y", "Accept: text/html").status());
    }

    /** H20: Jetty says that such a request is secure. */
    @Test
    void hst04aTargetThatClaimsTlsIsNotUnderTls() throws Exception {
        zones().setting("base-url", "https://localhost").setting("https.redirect", "on");
        app.start();
        JettyApp.Answer answer = app.get("https://localhost/public/x", "Accept: text/html");
        assertEquals(308, answer.status());
        assertEquals("https://localhost/public/x", answer.header("Location"));
        assertEquals("", answer.header("Strict-Transport-Security"));
        assertEquals(403, app.get("https://localhost/public/x").status());
    }

    @Test
    void whatWasNotInitialisedOrIsNotHttpIsNotLetThrough() {
        Filter filter = new CsrfFilter();
        FilterChain chain = (request, response) -> {
            throw new AssertionError("let through");
        };
        ServletRequest request = mock(ServletRequest.class);
        ServletResponse response = mock(ServletResponse.class);
        assertEquals(
                "io.ostiary.servlet.CsrfFilter was not initialised",
                assertThrows(ServletException.class, () -> filter.doFilter(request, response, chain))
                        .getMessage());
    }

    @Test
    void whatIsNoHttpIsNotLetThroughEither() throws Exception {
        app.filter("csrf", CsrfFilter.class, "/*", Map.of()).start();
        Filter filter = app.context().getServletHandler().getFilter("csrf").getFilter();
        FilterChain chain = (request, response) -> {
            throw new AssertionError("let through");
        };
        ServletResponse plain = mock(ServletResponse.class);
        for (ServletRequest request : List.of(mock(ServletRequest.class), mock(HttpServletRequest.class))) {
            assertEquals(
                    "io.ostiary.servlet.CsrfFilter is for HTTP only",
                    assertThrows(ServletException.class, () -> filter.doFilter(request, plain, chain))
                            .getMessage());
        }
    }

    @Test
    void withEverythingOffNothingIsPutInFront() throws Exception {
        app.setting("headers.mode", "off")
                .setting("guard.path", "off")
                .setting("csrf.mode", "off")
                .setting("limits.mode", "off")
                .servlet("/x", (request, response) -> response.getWriter().print("x"));
        app.start();
        JettyApp.Answer answer = app.get("/x;y");
        assertEquals("x", answer.body());
        assertEquals("", answer.header("X-Content-Type-Options"));
    }

    @Test
    void inTokenModeABodyOfAnotherKindHasNoToken() throws Exception {
        app.setting("csrf.mode", "token");
        app.servlet("/form", (request, response) -> response.getWriter().print("done"));
        app.start();
        String cookie = app.logIn("vic");
        assertEquals(403, app.send("POST", "/form", cookie, OURS).status());
        assertEquals(
                403,
                app.send("POST", "/form", cookie, OURS, "Content-Type: application/json")
                        .status());
        assertEquals(
                403,
                app.send("POST", "/form", cookie, OURS, "Content-Type: application/x-www-form-urlencoded")
                        .status());
    }
}
