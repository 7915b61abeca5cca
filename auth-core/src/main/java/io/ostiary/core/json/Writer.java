package io.ostiary.core.json;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts values into a text. One use, one thread. */
final class Writer {
    private static final JsonStringEncoder ESCAPES = JsonStringEncoder.getInstance();
    private static final int USUAL_LENGTH = 256;
    private final StringBuilder text = new StringBuilder(USUAL_LENGTH);

    String text() {
        return text.toString();
    }

    void value(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            object(map);
        } else if (value instanceof Iterable<?> elements) {
            array(elements);
        } else if (value instanceof JsonObject object) {
            object(object.asMap());
        } else if (value instanceof String string) {
            string(string);
        } else if (value == null || value == JsonNull.NULL) {
            text.append("null");
        } else if (value instanceof Boolean
                || value instanceof Long
                || value instanceof Integer
                || value instanceof Double number && Double.isFinite(number)) {
            text.append(value);
        } else {
            throw new IllegalArgumentException(
                    "JSON has no value like " + value.getClass().getName());
        }
    }

    private void object(Map<?, ?> members) {
        text.append('{');
        boolean more = false;
        for (Map.Entry<?, ?> member : members.entrySet()) {
            if (more) {
                text.append(',');
            }
            string((String) member.getKey());
            text.append(':');
            value(member.getValue());
            more = true;
        }
        text.append('}');
    }

    private void array(Iterable<?> elements) {
        text.append('[');
        boolean more = false;
        for (Object element : elements) {
            if (more) {
                text.append(',');
            }
            value(element);
            more = true;
        }
        text.append(']');
    }

    private void string(String string) {
        text.append('"');
        ESCAPES.quoteAsString(string, text);
        text.append('"');
    }
}
