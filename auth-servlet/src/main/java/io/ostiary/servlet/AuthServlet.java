package io.ostiary.servlet;

import io.ostiary.core.runtime.Ostiary;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Serves the kit's own pages: login, callback, logout, session. Map it to {@code /auth/*}, or to what the setting
 * {@code endpoint-path} says. Takes no init-params. Thread-safe.
 */
public final class AuthServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** Made by the container. */
    public AuthServlet() {}

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Ostiary ostiary = OstiaryListener.ostiary(getServletContext());
        ServletAuthRequest view =
                new ServletAuthRequest(request, ostiary.edges().proxies());
        ReplyWriter.write(ostiary.endpoints().handle(view), view, request, response);
    }
}
