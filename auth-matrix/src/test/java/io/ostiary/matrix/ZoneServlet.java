package io.ostiary.matrix;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Protected code: it counts that it ran, because an answer without a body tells nothing. */
public final class ZoneServlet extends HttpServlet {
    static final String SECRET = "SECRET-OF-";
    private static final long serialVersionUID = 1L;

    /** Made by the container. */
    public ZoneServlet() {}

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String zone = getServletName();
        Ran.mark(zone);
        if (request.getParameter("session") != null) {
            request.getSession().setAttribute("made", true);
        }
        response.setContentType("text/plain");
        response.getWriter()
                .print(SECRET + zone + " for " + request.getRemoteUser() + " " + response.encodeURL("/app/x"));
    }
}
