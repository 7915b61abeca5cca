package io.ostiary.sample;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/** Writes JSON objects. */
final class Json {
    private static final ObjectWriter WRITER = new ObjectMapper().writer();

    private Json() {}

    static void send(HttpServletResponse response, Map<String, ?> members) throws IOException {
        send(response, "application/json", members);
    }

    static void send(HttpServletResponse response, String contentType, Map<String, ?> members) throws IOException {
        SampleServlet.send(response, contentType, WRITER.writeValueAsBytes(members));
    }
}
