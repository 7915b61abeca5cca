package io.ostiary.sample;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/** {@code /health}: for whatever watches the process. */
public final class HealthServlet extends SampleServlet {
    /** For the container. */
    public HealthServlet() {}

    @Override
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Json.send(response, Map.of("status", "UP"));
    }
}
