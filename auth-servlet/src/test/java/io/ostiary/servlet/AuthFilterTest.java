package io.ostiary.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class AuthFilterTest {
    private static final String HTML = "Accept: text/html";
    private final JettyApp app = new JettyApp();

    @AfterEach
    void stop() throws Exception {
        app.close();
    }

    private JettyApp zones() {
        return app.filter("app", LoginRequiredFilter.class, "/app/*", Map.of())
                .filter("editor", RoleRequiredFilter.class, "/editor/*", Map.of("roles", "editor"))
                .filter("admin", RoleRequiredFilter.class, "/admin/*", Map.of("roles", "admin"))
                .servlet("/app/*", AuthFilterTest::secret)
                .servlet("/editor/*", AuthFilterTest::secret)
                .servlet("/admin/*", AuthFilterTest::secret);
    }

    private static void secret(HttpServletRequest request, HttpServletResponse response) throws java.io.IOException {
        response.getWriter().print("SECRET for " + request.getRemoteUser());
    }

    @Nested
    final class Decisions {
        @Test
        void sendsAnAnonymousPersonToTheLoginPageAndBack() throws Exception {
            JettyApp.Answer answer = zones().start().get("/app/home?x=1&y=2", HTML);
            assertEquals(302, answer.status());
            assertEquals("/auth/login?next=%2Fapp%2Fhome%3Fx%3D1%26y%3D2", location(answer));
            assertFalse(answer.body().contains("SECRET"));
        }

        @Test
        void answersAnAnonymousProgramWithProblemDetails() throws Exception {
            JettyApp.Answer answer = zones().start().get("/app/home", "Accept: application/json");
            assertEquals(401, answer.status());
            assertEquals("application/problem+json", answer.header("Content-Type"));
            assertEquals("Session realm=\"ostiary\"", answer.header("WWW-Authenticate"));
            assertEquals(
                    "{\"type\":\"urn:ostiary:problem:authentication-required\",\"title\":\"Unauthorized\",\"status\":401}",
                    answer.body());
        }

        @Test
        void letsALoggedInPersonThrough() throws Exception {
            zones().start();
            assertEquals(
                    "SECRET for ada", app.get("/app/home", app.logIn("ada")).body());
        }

        @Test
        void refusesThePersonWithoutTheRole() throws Exception {
            zones().start();
            JettyApp.Answer answer = app.get("/admin/x", HTML, app.logIn("vic", "viewer"));
            assertEquals(403, answer.status());
            assertTrue(answer.body().contains("You do not have permission to open this page."));
            assertFalse(answer.body().contains("SECRET"));
        }

        @Test
        void letsThePersonWithTheRoleThrough() throws Exception {
            zones().start();
            assertEquals(
                    "SECRET for ada",
                    app.get("/admin/x", app.logIn("ada", "admin")).body());
        }

        @Test
        void demandsEveryRoleWhenToldTo() throws Exception {
            app.filter("both", RoleRequiredFilter.class, "/both", Map.of("roles", "a, b", "match", "all"))
                    .servlet("/both", AuthFilterTest::secret)
                    .start();
            assertEquals(403, app.get("/both", app.logIn("x", "a")).status());
            assertEquals(200, app.get("/both", app.logIn("x", "a", "b")).status());
        }

        @Test
        void answersAHeadRequestWithoutBody() throws Exception {
            JettyApp.Answer answer = zones().start().send("HEAD", "/app/home");
            assertEquals(401, answer.status());
            assertEquals("", answer.body());
        }

        @Test
        void aFilterOverEverythingLeavesTheSignInPagesOpen() throws Exception {
            app.filter("all", LoginRequiredFilter.class, "/*", Map.of())
                    .servlet("/x", AuthFilterTest::secret)
                    .start();
            assertEquals(302, app.get("/x", HTML).status());
            assertEquals(200, app.get("/auth/login", HTML).status());
            assertEquals(200, app.get("/auth/session").status());
            assertEquals(401, app.get("/elsewhere").status());
        }

        @Test
        void tellsHtmxWhereToGo() throws Exception {
            JettyApp.Answer answer = zones().start()
                    .get("/app/part", "HX-Request: true", "HX-Current-URL: http://localhost/app/page?a=1");
            assertEquals(401, answer.status());
            assertEquals("/auth/login?next=%2Fapp%2Fpage%3Fa%3D1", answer.header("HX-Redirect"));
        }

        @Test
        void saysThatTheSessionIsOver() throws Exception {
            JettyApp.Answer answer = zones().start().get("/app/home", HTML, "Cookie: ostiary=" + "A".repeat(43));
            assertEquals("/auth/login?next=%2Fapp%2Fhome&reason=expired", location(answer));
        }

        @Test
        void refusesTwoSessionCookies() throws Exception {
            zones().start();
            String cookie = app.logIn("ada");
            assertEquals(
                    401,
                    app.get("/app/home", cookie + "; " + cookie.substring(8)).status());
        }
    }

    @Nested
    final class Dispatches {
        @Test
        void guardsAForward() throws Exception {
            assertGuarded((request, response) -> Objects.requireNonNull(request.getRequestDispatcher("/admin/x"))
                    .forward(request, response));
        }

        @Test
        void guardsAnInclude() throws Exception {
            assertGuarded((request, response) -> Objects.requireNonNull(request.getRequestDispatcher("/admin/x"))
                    .include(request, response));
        }

        @Test
        void guardsAnAsyncDispatch() throws Exception {
            assertGuarded((request, response) -> {
                AsyncContext async = request.startAsync();
                async.dispatch("/admin/x");
            });
        }

        @Test
        void guardsAnErrorPage() throws Exception {
            ErrorPageErrorHandler errors = new ErrorPageErrorHandler();
            errors.addErrorPage(404, "/admin/x");
            app.context().setErrorHandler(errors);
            assertGuarded((request, response) -> response.sendError(404));
        }

        @Test
        void letsAnAdminThroughAForwardAndShowsTheIdentityThere() throws Exception {
            zones().servlet(
                            "/open",
                            (request, response) -> Objects.requireNonNull(request.getRequestDispatcher("/admin/x"))
                                    .forward(request, response))
                    .start();
            assertEquals(
                    "SECRET for ada",
                    app.get("/open", app.logIn("ada", "admin")).body());
        }

        private void assertGuarded(JettyApp.Body open) throws Exception {
            zones().servlet("/open", open).start();
            for (String cookie : new String[] {"X-None: 1", app.logIn("vic", "viewer")}) {
                JettyApp.Answer answer = app.get("/open", cookie);
                assertFalse(answer.body().contains("SECRET"), answer.body());
                assertFalse(answer.status() >= 500, answer.head());
            }
        }
    }

    @Nested
    final class WhatTheApplicationSees {
        @Test
        void standardMethodsTellWhoIsLoggedIn() throws Exception {
            app.filter("app", LoginRequiredFilter.class, "/app/*", Map.of())
                    .servlet(
                            "/app/*",
                            (request, response) -> response.getWriter()
                                    .print(request.getUserPrincipal().getName() + " " + request.getRemoteUser() + " "
                                            + request.getAuthType() + " " + request.isUserInRole("a") + " "
                                            + request.isUserInRole("b") + " " + request.authenticate(response)))
                    .start();
            assertEquals(
                    "ada ada session true false true",
                    app.get("/app/x", app.logIn("ada", "a")).body());
        }

        @Test
        void aSecondFilterPassesTheRequestOnUnwrapped() throws Exception {
            app.filter("one", LoginRequiredFilter.class, "/app/*", Map.of())
                    .filter("two", RoleRequiredFilter.class, "/app/*", Map.of("roles", "a"))
                    .servlet("/app/*", (request, response) -> {
                        int wrappers = 0;
                        ServletRequest inner = request;
                        while (inner instanceof jakarta.servlet.ServletRequestWrapper wrapper) {
                            wrappers += inner instanceof AuthenticatedRequest ? 1 : 0;
                            inner = wrapper.getRequest();
                        }
                        response.getWriter().print(wrappers);
                    })
                    .start();
            assertEquals("1", app.get("/app/x", app.logIn("ada", "a")).body());
        }

        @Test
        void twoFiltersOfOneClassDecideEachForItself() throws Exception {
            app.filter("one", RoleRequiredFilter.class, "/app/*", Map.of("roles", "a"))
                    .filter("two", RoleRequiredFilter.class, "/app/b/*", Map.of("roles", "b"))
                    .servlet("/app/*", AuthFilterTest::secret)
                    .start();
            assertEquals(200, app.get("/app/x", app.logIn("x", "a")).status());
            assertEquals(403, app.get("/app/b/x", app.logIn("x", "a")).status());
            assertEquals(403, app.get("/app/b/x", app.logIn("x", "b")).status());
            assertEquals(200, app.get("/app/b/x", app.logIn("x", "a", "b")).status());
        }

        @Test
        void logoutEndsBothSessions() throws Exception {
            app.filter("app", LoginRequiredFilter.class, "/app/*", Map.of())
                    .servlet("/app/out", (request, response) -> {
                        request.getSession(true);
                        request.logout();
                        response.getWriter()
                                .print(request.getUserPrincipal() + " " + request.getRemoteUser() + " "
                                        + request.getAuthType() + " " + request.isUserInRole("a") + " "
                                        + (request.getSession(false) == null));
                    })
                    .servlet("/app/x", AuthFilterTest::secret)
                    .start();
            String cookie = app.logIn("ada", "a");
            JettyApp.Answer answer = app.get("/app/out", cookie);
            assertEquals("null null null false true", answer.body());
            assertTrue(answer.head().contains("Set-Cookie: ostiary=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"));
            assertEquals(401, app.get("/app/x", cookie).status());
        }

        @Test
        void loginByPasswordSaysThatThereIsNone() throws Exception {
            app.filter("app", LoginRequiredFilter.class, "/app/*", Map.of())
                    .servlet("/app/in", (request, response) -> {
                        String first = assertThrows(ServletException.class, () -> request.login("a", "b"))
                                .getMessage();
                        request.logout();
                        String second = assertThrows(ServletException.class, () -> request.login("a", "b"))
                                .getMessage();
                        response.setHeader("X-First", first);
                        response.setHeader("X-Second", second);
                        assertFalse(request.authenticate(response));
                    })
                    .start();
            JettyApp.Answer answer = app.get("/app/in", app.logIn("ada"));
            assertEquals(401, answer.status());
            assertEquals("somebody is logged in already", answer.header("X-First"));
            assertEquals(
                    "logging in by name and password is not set up; send the user to the login page",
                    answer.header("X-Second"));
        }

        @Test
        void theApplicationsOwnExceptionComesThroughAsTheSameObject() throws Exception {
            app.filter("app", LoginRequiredFilter.class, "/app/*", Map.of()).start();
            LoginRequiredFilter filter = (LoginRequiredFilter)
                    app.context().getServletHandler().getFilter("app").getFilter();
            app.servlet("/other", AuthFilterTest::secret);
            IllegalStateException own = new IllegalStateException("own");
            HttpServletRequest request = mock(HttpServletRequest.class);
            org.mockito.Mockito.when(request.getMethod()).thenReturn("GET");
            org.mockito.Mockito.when(request.getServletPath()).thenReturn("/app");
            String cookie = app.logIn("ada").substring("Cookie: ostiary=".length());
            org.mockito.Mockito.when(request.getCookies()).thenReturn(new jakarta.servlet.http.Cookie[] {
                new jakarta.servlet.http.Cookie("other", "x"), new jakarta.servlet.http.Cookie("ostiary", cookie)
            });
            FilterChain chain = (req, res) -> {
                throw own;
            };
            assertSame(
                    own,
                    assertThrows(
                            IllegalStateException.class,
                            () -> filter.doFilter(request, mock(HttpServletResponse.class), chain)));
        }
    }

    @Test
    void refusesAnythingThatIsNotHttp() throws Exception {
        app.filter("app", LoginRequiredFilter.class, "/app/*", Map.of()).start();
        LoginRequiredFilter filter = (LoginRequiredFilter)
                app.context().getServletHandler().getFilter("app").getFilter();
        FilterChain chain = mock(FilterChain.class);
        assertEquals(
                "io.ostiary.servlet.LoginRequiredFilter guards HTTP only",
                assertThrows(
                                ServletException.class,
                                () -> filter.doFilter(mock(ServletRequest.class), mock(ServletResponse.class), chain))
                        .getMessage());
        assertThrows(
                ServletException.class,
                () -> filter.doFilter(mock(HttpServletRequest.class), mock(ServletResponse.class), chain));
        org.mockito.Mockito.verifyNoInteractions(chain);
    }

    @Test
    void refusesToWorkWithoutInit() {
        LoginRequiredFilter filter = new LoginRequiredFilter();
        assertEquals(
                "io.ostiary.servlet.LoginRequiredFilter was not initialised",
                assertThrows(
                                ServletException.class,
                                () -> filter.doFilter(
                                        mock(HttpServletRequest.class),
                                        mock(HttpServletResponse.class),
                                        mock(FilterChain.class)))
                        .getMessage());
    }

    @Test
    void runsNothingAndWritesNothingWhenTheResponseIsCommitted() throws Exception {
        app.filter("app", LoginRequiredFilter.class, "/app/*", Map.of())
                .servlet("/open", (request, response) -> {
                    response.getWriter().print("partial");
                    response.flushBuffer();
                    Objects.requireNonNull(request.getRequestDispatcher("/app/x"))
                            .include(request, response);
                })
                .servlet("/app/*", AuthFilterTest::secret)
                .start();
        JettyApp.Answer answer = app.get("/open");
        assertTrue(answer.body().contains("partial"));
        assertFalse(answer.body().contains("SECRET"));
    }

    private static String location(JettyApp.Answer answer) {
        return answer.header("Location").replaceFirst("^http://localhost", "");
    }

    @Test
    void aProofThatIsTooOldOrTooWeakIsAskedForAgain() throws Exception {
        try (JettyApp app = new JettyApp()) {
            app.filter("fresh", LoginRequiredFilter.class, "/vault/*", Map.of("max-age", "5m"))
                    .filter("strong", LoginRequiredFilter.class, "/strong/*", Map.of("amr", "mfa, hwk"))
                    .servlet(
                            "/vault/*",
                            (request, response) -> response.getWriter().print("vault"))
                    .servlet(
                            "/strong/*",
                            (request, response) -> response.getWriter().print("strong"));
            app.start();
            String fresh = app.logIn("vic");
            assertEquals("vault", app.get("/vault/x", fresh).body());
            String old = app.logInAt("vic", Instant.now().minus(Duration.ofMinutes(6)));
            JettyApp.Answer page = app.get("/vault/x", old, "Accept: text/html");
            assertEquals(302, page.status());
            assertTrue(page.header("Location").endsWith("?next=%2Fvault%2Fx&reason=step-up"), page.head());
            assertEquals(401, app.get("/vault/x", old).status());
            assertEquals(401, app.get("/strong/x", fresh).status());
        }
    }
}
