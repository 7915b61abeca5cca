package io.ostiary.sample;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A page that fails: {@code ?how=503} answers so, {@code ?how=thrown} throws in the middle of its answer. */
public final class BrokenServlet extends HttpServlet {
    /** Nobody may read this. */
    static final String INNER = "jdbc:inner-life";

    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String how = request.getParameter("how");
        response.setContentType("text/html");
        response.getWriter().print("half of a page with " + INNER);
        if ("thrown".equals(how)) {
            throw new IllegalStateException("cannot reach " + INNER);
        }
        response.sendError(Integer.parseInt(how), INNER);
    }
}
