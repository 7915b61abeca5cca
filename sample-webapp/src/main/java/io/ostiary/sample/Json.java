package io.ostiary.sample;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes JSON objects, and reads a number from one. */
final class Json {
    private static final ObjectWriter WRITER = new ObjectMapper().writer();

    private static final ObjectReader READER = new ObjectMapper().readerFor(JsonNode.class);

    private Json() {}

    /** Returns a whole number that a member of an object has; null if the text is anything else. */
    static @Nullable Long number(byte[] text, String member) throws IOException {
        try {
            JsonNode value = READER.readTree(text).path(member);
            return value.canConvertToExactIntegral() && value.canConvertToLong() ? value.longValue() : null;
        } catch (JsonProcessingException notJson) {
            return null;
        }
    }

    static void send(HttpServletResponse response, Map<String, ?> members) throws IOException {
        send(response, "application/json", members);
    }

    static void send(HttpServletResponse response, String contentType, Map<String, ?> members) throws IOException {
        SampleServlet.send(response, contentType, WRITER.writeValueAsBytes(members));
    }
}
