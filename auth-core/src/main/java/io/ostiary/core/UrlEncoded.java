package io.ostiary.core;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads and writes {@code application/x-www-form-urlencoded} text, always as UTF-8 whatever charset a client claims. */
public final class UrlEncoded {
    private UrlEncoded() {}

    /**
     * Returns the decoded values of one parameter.
     *
     * @param encoded a raw query or form body; null counts as empty
     * @param name decoded name, exact case
     * @return in order; empty if absent; a value that cannot be decoded counts as absent
     */
    public static List<String> values(@Nullable String encoded, String name) {
        if (encoded == null || encoded.isEmpty()) {
            return List.of();
        }
        List<String> found = new ArrayList<>(1);
        int start = 0;
        while (start <= encoded.length()) {
            int end = encoded.indexOf('&', start);
            if (end < 0) {
                end = encoded.length();
            }
            addIfNamed(encoded.substring(start, end), name, found);
            start = end + 1;
        }
        return List.copyOf(found);
    }

    /**
     * Encodes one name or value.
     *
     * @param text any text
     * @return the encoded text; a blank becomes {@code +}
     */
    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static void addIfNamed(String pair, String name, List<String> found) {
        int equals = pair.indexOf('=');
        String key = equals < 0 ? pair : pair.substring(0, equals);
        if (name.equals(decode(key))) {
            String value = decode(equals < 0 ? "" : pair.substring(equals + 1));
            if (value != null) {
                found.add(value);
            }
        }
    }

    private static @Nullable String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformedPercent) {
            return null;
        }
    }
}
