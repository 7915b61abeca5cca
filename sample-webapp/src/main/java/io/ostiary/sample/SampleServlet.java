package io.ostiary.sample;

import io.ostiary.core.Identity;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Answers GET and HEAD; notes who came. */
abstract class SampleServlet extends HttpServlet {
    private static final Set<String> READING = Set.of("GET", "HEAD");

    @Override
    protected final void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getUserPrincipal() instanceof Identity identity) {
            People.of(getServletContext()).saw(identity);
        }
        if (reads(request)) {
            answer(request, response);
        } else {
            response.setHeader("Allow", "GET, HEAD");
            response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
        }
    }

    /** Whether this servlet has an answer for the request's method. */
    boolean reads(HttpServletRequest request) {
        return READING.contains(request.getMethod());
    }

    abstract void answer(HttpServletRequest request, HttpServletResponse response) throws IOException;

    static void send(HttpServletResponse response, String contentType, byte[] body) throws IOException {
        response.setContentType(contentType);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    static void sendPage(HttpServletResponse response, String html) throws IOException {
        send(response, "text/html;charset=utf-8", html.getBytes(StandardCharsets.UTF_8));
    }
}
