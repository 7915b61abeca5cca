package io.ostiary.apikey.signature;

import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values of structured fields (RFC 9651) as signatures and digests use them. A bare value is a String, Token, Long,
 * Boolean or byte array.
 */
final class StructuredField {
    private StructuredField() {}

    /** A member of a dictionary. */
    sealed interface Member {
        String serialize();
    }

    record Token(String text) {}

    record Item(Object value, Map<String, Object> parameters) implements Member {
        Item {
            parameters = ordered(parameters);
        }

        @Override
        public String serialize() {
            return bare(value) + parametersText(parameters);
        }
    }

    record InnerList(List<Item> items, Map<String, Object> parameters) implements Member {
        InnerList {
            items = List.copyOf(items);
            parameters = ordered(parameters);
        }

        @Override
        public String serialize() {
            StringBuilder text = new StringBuilder("(");
            for (Item item : items) {
                text.append(text.length() > 1 ? " " : "").append(item.serialize());
            }
            return text.append(')').append(parametersText(parameters)).toString();
        }
    }

    /** Returns null if the text is not a dictionary. */
    static @Nullable Map<String, Member> dictionary(String text) {
        try {
            return new FieldReader(text).dictionary();
        } catch (FieldReader.Malformed malformed) {
            return null;
        }
    }

    static String bytes(byte[] value) {
        return ':' + Base64.getEncoder().encodeToString(value) + ':';
    }

    private static String parametersText(Map<String, Object> parameters) {
        StringBuilder text = new StringBuilder();
        parameters.forEach((key, value) -> {
            text.append(';').append(key);
            if (!Boolean.TRUE.equals(value)) {
                text.append('=').append(bare(value));
            }
        });
        return text.toString();
    }

    /** RFC 9651 section 4.1.3.1. */
    private static String bare(Object value) {
        if (value instanceof String text) {
            return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        }
        if (value instanceof byte[] octets) {
            return bytes(octets);
        }
        if (value instanceof Boolean flag) {
            return flag ? "?1" : "?0";
        }
        return value instanceof Token token ? token.text : value.toString();
    }

    private static Map<String, Object> ordered(Map<String, Object> parameters) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }
}
