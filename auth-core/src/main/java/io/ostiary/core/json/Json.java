package io.ostiary.core.json;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes JSON (RFC 8259). Reading refuses what two parsers could understand differently: a member name that
 * comes twice, text after the end, comments, unpaired surrogates, bytes that are not UTF-8; and what costs too much: depth
 * over {@value #MAX_DEPTH}, numbers over {@value #MAX_NUMBER_LENGTH} characters, text over the caller's limit. Thread-safe.
 */
public final class Json {
    /** Deepest nesting that is read. */
    public static final int MAX_DEPTH = 32;

    /** Longest number that is read, in characters. */
    public static final int MAX_NUMBER_LENGTH = 100;

    private Json() {}

    /**
     * Reads an object.
     *
     * @param text JSON text
     * @param maxLength most characters
     * @return the object
     * @throws JsonException if the text is too long, not strict JSON, or another kind of value
     */
    public static JsonObject object(String text, int maxLength) throws JsonException {
        if (read(text, maxLength) instanceof JsonObject object) {
            return object;
        }
        throw new JsonException("not a JSON object");
    }

    /**
     * Reads an object.
     *
     * @param utf8 JSON text
     * @param maxLength most bytes
     * @return the object
     * @throws JsonException if the text is too long, not UTF-8, not strict JSON, or another kind of value
     */
    public static JsonObject object(byte[] utf8, int maxLength) throws JsonException {
        if (utf8.length > maxLength) {
            throw new JsonException("JSON text is too long");
        }
        return object(decode(utf8), maxLength);
    }

    /**
     * Reads an array.
     *
     * @param utf8 JSON text
     * @param maxLength most bytes
     * @return the elements as {@link JsonObject#list} has them
     * @throws JsonException if the text is too long, not UTF-8, not strict JSON, or another kind of value
     */
    public static List<Object> array(byte[] utf8, int maxLength) throws JsonException {
        if (utf8.length > maxLength) {
            throw new JsonException("JSON text is too long");
        }
        if (read(decode(utf8), maxLength) instanceof List<?> list) {
            return List.copyOf(list);
        }
        throw new JsonException("not a JSON array");
    }

    /**
     * Writes JSON.
     *
     * @param value a map with text keys, collection, {@link JsonObject}, text, number, boolean or null
     * @return JSON text
     * @throws IllegalArgumentException if there is any other value in it, or a number that is not finite
     */
    public static String write(@Nullable Object value) {
        Writer writer = new Writer();
        writer.value(value);
        return writer.text();
    }

    /**
     * Writes JSON for a log: one line of printable ASCII, whatever the texts hold, so that nothing in them can begin a line,
     * turn the writing direction, or speak to a terminal.
     *
     * @param value as for {@link #write}
     * @return JSON text
     */
    public static String line(@Nullable Object value) {
        String json = write(value);
        if (isPlain(json)) {
            return json;
        }
        StringBuilder line = new StringBuilder(json.length());
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c < 0x7f) {
                line.append(c);
            } else {
                line.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            }
        }
        return line.toString();
    }

    private static boolean isPlain(String json) {
        for (int i = 0; i < json.length(); i++) {
            if (json.charAt(i) >= 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static Object read(String text, int maxLength) throws JsonException {
        if (text.length() > maxLength) {
            throw new JsonException("JSON text is too long");
        }
        try {
            return Reader.read(text);
        } catch (IOException | RuntimeException malformed) {
            // The library's message quotes the text, which may be a token response.
            throw new JsonException("not strict JSON");
        }
    }

    private static String decode(byte[] utf8) throws JsonException {
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8));
            return text.toString();
        } catch (CharacterCodingException e) {
            throw new JsonException("not UTF-8");
        }
    }
}
