package io.ostiary.sample;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Answers GET and HEAD, with the headers that every answer of the sample carries. */
abstract class SampleServlet extends HttpServlet {
    private static final Set<String> READING = Set.of("GET", "HEAD");
    private static final String POLICY = "default-src 'none'; style-src 'self'; img-src 'self';"
            + " base-uri 'none'; frame-ancestors 'none'";

    @Override
    protected final void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        // Not no-referrer: browsers would then send "Origin: null" with the logout form.
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Cache-Control", "no-store");
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
