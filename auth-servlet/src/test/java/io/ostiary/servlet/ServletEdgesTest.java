package io.ostiary.servlet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoMoreInteractions;
import static org.mockito.Mockito.when;

import io.ostiary.core.AttributeKey;
import io.ostiary.core.AuthRequest;
import io.ostiary.core.Reply;
import io.ostiary.core.proxy.Proxies;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Where the kit touches the servlet API. */
final class ServletEdgesTest {
    private final JettyApp app = new JettyApp();

    @AfterEach
    void stop() {
        app.close();
    }

    @Nested
    final class View {
        private final HttpServletRequest request = mock(HttpServletRequest.class);
        private final ServletAuthRequest view = new ServletAuthRequest(request, Proxies.NONE);

        @Test
        void joinsServletPathAndPathInfo() {
            when(request.getServletPath()).thenReturn("/app");
            assertEquals("/app", view.path());
            when(request.getPathInfo()).thenReturn("/x");
            assertEquals("/app/x", view.path());
        }

        @Test
        void theRawPathIsWhatTheClientSent() {
            when(request.getRequestURI()).thenReturn("/shop/a%2Fb;x=1");
            assertEquals("/shop/a%2Fb;x=1", view.rawPath());
        }

        @Test
        void theRootHasASlash() {
            when(request.getServletPath()).thenReturn("");
            assertEquals("/", view.path());
        }

        @Test
        void showsEveryHeaderLine() {
            assertEquals(List.of(), view.headers("A"));
            when(request.getHeaders("A")).thenReturn(Collections.emptyEnumeration());
            assertEquals(List.of(), view.headers("A"));
            when(request.getHeaders("A")).thenReturn(Collections.enumeration(List.of("1")));
            assertEquals(List.of("1"), view.headers("A"));
            when(request.getHeaders("A")).thenReturn(Collections.enumeration(List.of("1", "2", "3")));
            assertEquals(List.of("1", "2", "3"), view.headers("A"));
        }

        @Test
        void showsEveryCookieOfTheName() {
            assertEquals(List.of(), view.cookies("a"));
            when(request.getCookies()).thenReturn(new Cookie[] {
                new Cookie("a", "1"), new Cookie("b", "x"), new Cookie("a", "2"), new Cookie("a", "3")
            });
            assertEquals(List.of("1", "2", "3"), view.cookies("a"));
        }

        @Test
        void keepsAttributesOnTheRequest() {
            AttributeKey<String> key = AttributeKey.of("k", String.class);
            assertNull(view.attribute(key));
            view.attribute(key, "v");
            verify(request).setAttribute(key.toString(), "v");
            view.attribute(key, null);
            verify(request).removeAttribute(key.toString());
        }

        @Test
        void tellsWhetherTheConnectionIsSecure() {
            when(request.isSecure()).thenReturn(true);
            assertFalse(view.secure(), "nothing was encrypted");
            when(request.getAttribute("jakarta.servlet.request.cipher_suite")).thenReturn("TLS_AES_128_GCM_SHA256");
            assertTrue(view.secure());
            when(request.isSecure()).thenReturn(false);
            assertFalse(view.secure());
        }
    }

    @Test
    void theBodyCanBeReadTwiceAndIsCapped() throws Exception {
        app.servlet("/echo", (request, response) -> {
                    AuthRequest view = new ServletAuthRequest(request, Proxies.NONE);
                    byte[] body = view.body(5);
                    assertArrayEquals(body, view.body(5));
                    response.getWriter()
                            .print(assertThrows(AuthRequest.BodyTooLargeException.class, () -> view.body(4))
                                    .getMessage());
                })
                .start();
        String answer = app.raw(
                "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n" + "Connection: close\r\n\r\nhello");
        assertTrue(answer.endsWith("request body is longer than 4 bytes"), answer);
    }

    @Test
    void aLoginGivesTheContainersSessionANewId() throws Exception {
        app.servlet("/in", (request, response) -> {
                    String before = request.getSession(true).getId();
                    ReplyWriter.follow(Reply.Effect.LOGGED_IN, request);
                    response.setHeader(
                            "X-Changed",
                            String.valueOf(
                                    !before.equals(request.getSession(false).getId())));
                })
                .start();
        assertEquals("true", app.get("/in").header("X-Changed"));
    }

    @Test
    void aLogoutEndsTheContainersSessionAndNothingElseTouchesIt() throws Exception {
        app.servlet("/x", (request, response) -> {
                    ReplyWriter.follow(Reply.Effect.LOGGED_OUT, request);
                    request.getSession(true);
                    ReplyWriter.follow(Reply.Effect.NONE, request);
                    boolean kept = request.getSession(false) != null;
                    ReplyWriter.follow(Reply.Effect.LOGGED_OUT, request);
                    response.setHeader("X-Seen", kept + " " + (request.getSession(false) == null));
                })
                .start();
        assertEquals("true true", app.get("/x").header("X-Seen"));
    }

    @Test
    void repeatedHeadersAreAllWritten() throws Exception {
        app.servlet(
                        "/x",
                        (request, response) -> ReplyWriter.write(
                                Reply.empty(401)
                                        .withHeader("WWW-Authenticate", "A realm=\"x\"")
                                        .withHeader("WWW-Authenticate", "B realm=\"x\""),
                                new ServletAuthRequest(request, Proxies.NONE),
                                request,
                                response))
                .start();
        String head = app.get("/x").head();
        assertTrue(head.contains("WWW-Authenticate: A realm=\"x\"\r\nWWW-Authenticate: B realm=\"x\""), head);
    }

    @Test
    void anIncludeIsRefusedInSilence() throws Exception {
        HttpServletRequest request = mock(HttpServletRequest.class);
        HttpServletResponse response = mock(HttpServletResponse.class);
        when(request.getDispatcherType()).thenReturn(DispatcherType.INCLUDE);
        when(request.getServletPath()).thenReturn("/a\nb");
        ReplyWriter.write(Reply.empty(401), new ServletAuthRequest(request, Proxies.NONE), request, response);
        verify(response).isCommitted();
        verifyNoMoreInteractions(response);
    }

    @Test
    void theTableShowsServletNamesAndFiltersThatProtectNothing() throws Exception {
        FilterHolder byName = new FilterHolder(LoginRequiredFilter.class);
        byName.setName("by-name");
        app.context().getServletHandler().addFilter(byName);
        org.eclipse.jetty.ee10.servlet.FilterMapping mapping = new org.eclipse.jetty.ee10.servlet.FilterMapping();
        mapping.setFilterName("by-name");
        mapping.setServletName("auth");
        mapping.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST));
        app.context().getServletHandler().addFilterMapping(mapping);
        FilterHolder nowhere = new FilterHolder(LoginRequiredFilter.class);
        nowhere.setName("nowhere");
        app.context().getServletHandler().addFilter(nowhere);
        app.context()
                .addFilter(
                        new FilterHolder((request, response, chain) -> chain.doFilter(request, response)),
                        "/other",
                        EnumSet.of(DispatcherType.REQUEST));
        app.context().setContextPath("/shop");
        app.start();
        String table = StartTable.of(
                app.context().getServletContext(),
                OstiaryListener.running(app.context().getServletContext()));
        assertTrue(table.startsWith("Ostiary protects /shop\n"), table);
        assertTrue(table.contains("servlet auth"), table);
        assertTrue(table.contains("NONE: this filter protects nothing"), table);
        assertEquals(4, table.lines().count(), table);
    }

    @Test
    void namedSchemesReplaceTheUsualOnes() throws Exception {
        app.filter("f", ApiKeyFilter.class, "/x/*", Map.of("schemes", "session"))
                .start();
        assertEquals("Session realm=\"ostiary\"", app.get("/x/y").header("WWW-Authenticate"));
    }

    @Test
    void contextParamsOfOthersAreLeftAlone() throws Exception {
        app.context().setInitParameter("org.example.something", "x");
        app.filter("f", LoginRequiredFilter.class, "/x/*", Map.of()).start();
        assertEquals(401, app.get("/x/y").status());
    }

    @Test
    void faultsOfTheEndpointsAreAnsweredByTheKit() throws Exception {
        app.start();
        JettyApp.Answer answer = app.get("/auth/nothing", "Accept: text/html");
        assertEquals(404, answer.status());
        assertFalse(answer.body().contains("Jetty"), answer.body());
        assertEquals("GET, HEAD", app.send("DELETE", "/auth/session").header("Allow"));
        assertEquals("GET, HEAD, POST", app.send("PUT", "/auth/logout").header("Allow"));
    }
}
