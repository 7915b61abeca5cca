package io.ostiary.matrix;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Protected code: it counts that it ran, because an answer without a body tells nothing. */
public final class ZoneServlet extends HttpServlet {
    static final String SECRET = "SECRET-OF-";
    private static final long serialVersionUID = 1L;
    private static final Map<String, LongAdder> RAN = new ConcurrentHashMap<>();

    /** Made by the container. */
    public ZoneServlet() {}

    /** How often the code of a zone ran in this JVM. */
    static long ran(String zone) {
        LongAdder count = RAN.get(zone);
        return count == null ? 0 : count.sum();
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String zone = getServletName();
        RAN.computeIfAbsent(zone, name -> new LongAdder()).increment();
        if (request.getParameter("session") != null) {
            request.getSession().setAttribute("made", true);
        }
        response.setContentType("text/plain");
        response.getWriter()
                .print(SECRET + zone + " for " + request.getRemoteUser() + " " + response.encodeURL("/app/x"));
    }
}
