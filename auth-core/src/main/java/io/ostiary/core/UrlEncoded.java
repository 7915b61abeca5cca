package io.ostiary.core;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and writes {@code application/x-www-form-urlencoded} text, always as UTF-8 whatever charset a client claims. */
public final class UrlEncoded {
    private static final String HEX = "0123456789ABCDEF";

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
     * Returns all parameters with their decoded values.
     *
     * @param encoded a raw query or form body; null counts as empty
     * @return decoded names in the order in which they first come, each with its values in order; what cannot be decoded
     *     is left out
     */
    public static Map<String, List<String>> all(@Nullable String encoded) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        for (String pair : encoded == null ? new String[0] : encoded.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = decode(equals < 0 ? "" : pair.substring(equals + 1));
            if (!pair.isEmpty() && name != null && value != null) {
                all.computeIfAbsent(name, unused -> new ArrayList<>(1)).add(value);
            }
        }
        return all;
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

    /**
     * Encodes a path for a URL (RFC 3986 section 3.3).
     *
     * @param path any text; its slashes stay
     * @return with every octet but unreserved characters, sub-delimiters, colon, at sign and slash as {@code %XX}
     */
    public static String path(String path) {
        StringBuilder encoded = new StringBuilder(path.length());
        for (byte octet : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xFF);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (plain || "-._~!$&'()*+,;=:@/".indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xF));
            }
        }
        return encoded.toString();
    }

    /**
     * Decodes a path once (RFC 3986 section 2.1), strictly: UTF-8 only, and a {@code +} is a plus sign.
     *
     * @param path percent-encoded
     * @return the path; null if it is not well formed
     */
    public static @Nullable String decodedPath(String path) {
        return path.indexOf('+') < 0 ? decode(path) : decode(path.replace("+", "%2B"));
    }

    private static void addIfNamed(String pair, String name, List<String> found) {
        int equals = pair.indexOf('=');
        String key = equals < 0 ? pair : pair.substring(0, equals);
        // What has nothing to decode and is another name is not decoded: a body of nothing but names costs little.
        boolean other = key.indexOf('%') < 0 && key.indexOf('+') < 0 && !name.equals(key);
        if (!other && name.equals(decode(key))) {
            String value = decode(equals < 0 ? "" : pair.substring(equals + 1));
            if (value != null) {
                found.add(value);
            }
        }
    }

    /** Strict where {@link java.net.URLDecoder} is not: that one reads {@code %+1} and puts U+FFFD for bad UTF-8. */
    private static @Nullable String decode(String text) {
        try {
            ByteBuffer in = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            ByteBuffer out = ByteBuffer.allocate(in.remaining());
            while (in.hasRemaining()) {
                byte b = in.get();
                if (b == '%') {
                    out.put(escaped(in));
                } else {
                    out.put(b == '+' ? (byte) ' ' : b);
                }
            }
            return StandardCharsets.UTF_8.newDecoder().decode(out.flip()).toString();
        } catch (CharacterCodingException malformed) {
            return null;
        }
    }

    private static byte escaped(ByteBuffer in) throws CharacterCodingException {
        int value = in.remaining() < 2 ? -1 : Character.digit(in.get(), 16) << 4 | Character.digit(in.get(), 16);
        if (value < 0) {
            throw new CharacterCodingException();
        }
        return (byte) value;
    }
}
