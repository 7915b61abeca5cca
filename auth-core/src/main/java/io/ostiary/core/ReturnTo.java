package io.ostiary.core;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A place of this site to go back to after a login. Only an absolute path of the same origin can be one; whatever a
 * browser could read as another site (WHATWG URL) is refused, not repaired.
 *
 * <p>Accepted: {@code /}, {@code /app/home?x=1&y=2#part}, {@code /app/a b}, {@code /app/x?u=https://other.example/}.
 * Refused: {@code //evil.example}, {@code /\evil.example}, {@code /a//b}, {@code /a/../b}, {@code https:...}, anything
 * with a control character, and anything longer than 2048 characters before or after percent-encoding.
 *
 * @param location percent-encoded, ready for {@code Location}
 */
public record ReturnTo(String location) {
    private static final int MAX_LENGTH = 2048;
    private static final String PATH_CHARACTERS = "-._~!$&'()*+,;=:@/";
    private static final String HEX = "0123456789ABCDEF";

    /**
     * Checks that this cannot lead to another site; values from outside go through {@link #parse}, which is stricter.
     *
     * @throws IllegalArgumentException if it is no percent-encoded absolute path of at most 2048 characters
     */
    public ReturnTo {
        boolean absolutePath = location.startsWith("/") && !location.startsWith("//");
        boolean encoded = location.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != '\\');
        if (!absolutePath || !encoded || location.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("not a place of this site");
        }
    }

    /**
     * Checks a value that came from outside.
     *
     * @param value decoded once; null if absent
     * @return null if it is no safe place
     */
    public static @Nullable ReturnTo parse(@Nullable String value) {
        if (value == null || value.isEmpty() || value.length() > MAX_LENGTH || value.charAt(0) != '/') {
            return null;
        }
        if (!value.codePoints().allMatch(ReturnTo::harmless)) {
            return null;
        }
        int pathEnd = firstOf(value, '?', '#', 0);
        if (!plainPath(value.substring(0, pathEnd))) {
            return null;
        }
        String location = encode(value, pathEnd);
        return location.length() > MAX_LENGTH ? null : new ReturnTo(location);
    }

    /**
     * Returns the place that a request asked for.
     *
     * @param request a request for a page
     * @return null if it is no safe place or no GET
     */
    public static @Nullable ReturnTo of(AuthRequest request) {
        if (!request.method().equals("GET")) {
            return null;
        }
        String path = (request.contextPath() + request.path())
                .replace("%", "%25")
                .replace("?", "%3F")
                .replace("#", "%23")
                .replace(";", "%3B"); // else a container would cut the path there
        String query = request.queryString();
        return parse(query == null ? path : path + '?' + query);
    }

    /**
     * Returns the path alone.
     *
     * @return percent-encoded, without query and fragment
     */
    public String path() {
        return location.substring(0, firstOf(location, '?', '#', 0));
    }

    @Override
    public String toString() {
        return location;
    }

    /** Controls, surrogates without partner, invisible format characters and backslashes have no place in a link. */
    private static boolean harmless(int c) {
        int type = Character.getType(c);
        return c != '\\'
                && type != Character.CONTROL
                && type != Character.SURROGATE
                && type != Character.FORMAT
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR
                && type != Character.UNASSIGNED;
    }

    /** No empty and no dot segment, not even an encoded one: a later cleaning must not change where this leads. */
    private static boolean plainPath(String path) {
        if (path.contains("//")) {
            return false;
        }
        String lower = path.toLowerCase(java.util.Locale.ROOT);
        if (lower.contains("%2f") || lower.contains("%5c") || lower.contains("%25") && hidesEncoding(lower)) {
            return false;
        }
        for (String segment : lower.replace("%2e", ".").split("/", -1)) {
            int parameter = segment.indexOf(';');
            String name = parameter < 0 ? segment : segment.substring(0, parameter);
            if (name.equals(".") || name.equals("..") || parameter == 0) {
                return false;
            }
        }
        return !hasEncodedControl(lower);
    }

    private static boolean hidesEncoding(String lower) {
        return lower.contains("%252e") || lower.contains("%252f") || lower.contains("%255c") || lower.contains("%2525");
    }

    private static boolean hasEncodedControl(String lower) {
        for (int i = lower.indexOf('%'); i >= 0; i = lower.indexOf('%', i + 1)) {
            if (isEscape(lower, i) && Integer.parseInt(lower, i + 1, i + 3, 16) < 0x20 || lower.startsWith("%7f", i)) {
                return true;
            }
        }
        return false;
    }

    /** Encodes a decoded path: no character of it may be read as an escape, a path parameter, a query or a fragment. */
    static String encodedPath(String path) {
        String literal = path.replace("%", "%25").replace(";", "%3B");
        return encode(literal, literal.length());
    }

    private static String encode(String value, int pathEnd) {
        StringBuilder encoded = new StringBuilder(value.length() + 16);
        int fragment = value.indexOf('#', pathEnd);
        for (int i = 0; i < value.length(); ) {
            int c = value.codePointAt(i);
            boolean delimiter = i == pathEnd && c == '?' || i == fragment;
            boolean allowed = isLetterOrDigit(c)
                    || PATH_CHARACTERS.indexOf(c) >= 0
                    || c == '?' && i > pathEnd
                    || c == '%' && isEscape(value, i);
            if (delimiter || allowed) {
                encoded.appendCodePoint(c);
            } else {
                appendEscaped(encoded, c);
            }
            i += Character.charCount(c);
        }
        return encoded.toString();
    }

    private static void appendEscaped(StringBuilder encoded, int c) {
        for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
            encoded.append('%').append(HEX.charAt((b >> 4) & 0xf)).append(HEX.charAt(b & 0xf));
        }
    }

    private static boolean isEscape(String text, int at) {
        return at + 2 < text.length()
                && Character.digit(text.charAt(at + 1), 16) >= 0
                && Character.digit(text.charAt(at + 2), 16) >= 0
                && text.charAt(at + 1) < 0x7f
                && text.charAt(at + 2) < 0x7f;
    }

    private static boolean isLetterOrDigit(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    private static int firstOf(String text, char one, char other, int from) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) == one || text.charAt(i) == other) {
                return i;
            }
        }
        return text.length();
    }
}
