package io.ostiary.sample;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The error page of the application; shows nothing of the fault. */
public final class ErrorServlet extends SampleServlet {
    @SuppressWarnings("NullAway.Init") // set by init, before the first request
    private transient Templates templates;

    /** For the container. */
    public ErrorServlet() {}

    @Override
    public void init() throws ServletException {
        try {
            templates = Templates.load(getServletContext(), List.of("error"));
        } catch (IOException e) {
            throw new ServletException("the templates cannot be read", e);
        }
    }

    /** A failed POST has an error page, too. */
    @Override
    boolean reads(HttpServletRequest request) {
        return true;
    }

    @Override
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code ? code : 404;
        response.setStatus(status);
        if (ofApi(request)) {
            Map<String, Object> problem = Map.of("type", "about:blank", "title", title(status), "status", status);
            Json.send(response, "application/problem+json", problem);
            return;
        }
        Map<String, Object> model = Models.page(request, title(status));
        model.put("status", Integer.toString(status));
        model.put("explanation", explanation(status));
        sendPage(response, templates.render("error", model));
    }

    private static boolean ofApi(HttpServletRequest request) {
        return request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String uri
                && uri.startsWith(request.getContextPath() + "/api/");
    }

    private static String title(int status) {
        if (status >= 500) {
            return "Something failed on our side";
        }
        return status == 404 ? "There is no such page" : "That did not work";
    }

    private static String explanation(int status) {
        if (status >= 500) {
            return "It has been written to the log. Please try again in a moment.";
        }
        return status == 404
                ? "The address is misspelt, or the page has gone."
                : "The application cannot answer this request.";
    }
}
