package io.ostiary.matrix;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Open code that dispatches wherever it is told to, as careless applications do. */
public final class OpenServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** Made by the container. */
    public OpenServlet() {}

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        String query = request.getQueryString();
        boolean afterAll = request.getDispatcherType() == DispatcherType.ERROR;
        if (afterAll || query == null || !query.startsWith("how=")) { // others may not even be decodable
            response.getWriter().print("open");
            return;
        }
        String how = request.getParameter("how");
        String to = request.getParameter("to");
        switch (how) {
            case "forward" -> request.getRequestDispatcher(to).forward(request, response);
            case "include" -> {
                response.getWriter().print("before");
                request.getRequestDispatcher(to).include(request, response);
            }
            case "named" -> named(to).forward(request, response);
            case "named-include" -> named(to).include(request, response);
            case "async" -> {
                AsyncContext async = request.startAsync();
                async.dispatch(to);
            }
            case "late-include" -> {
                late(response);
                request.getRequestDispatcher(to).include(request, response);
            }
            case "late-forward" -> {
                late(response);
                request.getRequestDispatcher(to).forward(request, response);
            }
            case "late-async" -> {
                late(response);
                request.startAsync().dispatch(to);
            }
            case "throw" -> throw new IllegalStateException("the application fails over " + to);
            case "hold" -> request.startAsync().setTimeout(Long.parseLong(to));
            case "error" -> response.sendError(Integer.parseInt(to));
            default -> response.sendError(404);
        }
    }

    /** Its status and headers are with the client already. */
    private static void late(HttpServletResponse response) throws IOException {
        response.getWriter().print("early");
        response.flushBuffer();
    }

    private RequestDispatcher named(String servlet) {
        return getServletContext().getNamedDispatcher(servlet);
    }
}
