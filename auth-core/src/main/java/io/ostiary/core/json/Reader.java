package io.ostiary.core.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds values out of tokens; any exception means that the text is refused. One use, one thread. */
final class Reader {
    private static final int MAX_EXACT_DIGITS = 18;

    // Names of strangers must not pile up in a table that lives as long as the process.
    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Json.MAX_DEPTH)
                    .maxNumberLength(Json.MAX_NUMBER_LENGTH)
                    .build())
            .build();

    private final JsonParser parser;

    private Reader(JsonParser parser) {
        this.parser = parser;
    }

    static Object read(String text) throws IOException {
        try (JsonParser parser = FACTORY.createParser(text)) {
            return new Reader(parser).document();
        }
    }

    private Object document() throws IOException {
        Object value = value(parser.nextToken());
        if (parser.nextToken() != null) {
            throw new IOException("text after the end");
        }
        return value;
    }

    private Object value(@Nullable JsonToken token) throws IOException {
        if (token == null) {
            throw new IOException("no value");
        }
        return switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> text(parser.getText());
            case VALUE_NUMBER_INT -> whole(parser.getText());
            case VALUE_NUMBER_FLOAT -> Double.valueOf(parser.getText());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> JsonNull.NULL;
            default -> throw new IOException("not a value");
        };
    }

    private JsonObject object() throws IOException {
        Map<String, Object> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = text(parser.currentName());
            if (members.put(name, value(parser.nextToken())) != null) {
                throw new IOException("a member comes twice");
            }
        }
        return new JsonObject(members);
    }

    private List<Object> array() throws IOException {
        List<Object> elements = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            elements.add(value(token));
        }
        return List.copyOf(elements);
    }

    /** Text itself, never a BigInteger or BigDecimal: their cost grows with what a stranger wrote. */
    private static Number whole(String digits) {
        if (digits.length() <= MAX_EXACT_DIGITS) {
            return Long.valueOf(digits);
        }
        return Double.valueOf(digits);
    }

    private static String text(String text) throws IOException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw new IOException("half a character");
                }
                i++;
            }
        }
        return text;
    }
}
