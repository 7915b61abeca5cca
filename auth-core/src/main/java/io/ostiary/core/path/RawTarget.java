package io.ostiary.core.path;

import io.ostiary.core.UrlEncoded;
import io.ostiary.core.path.PathGuard.Tolerance;
import java.text.Normalizer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a request target as it was sent, to tell whether others could read it differently. */
final class RawTarget {
    private RawTarget() {}

    /** Whether there is nothing to decode, to split or to wonder about; makes no object. */
    static boolean plain(String raw) {
        if (raw.isEmpty() || raw.charAt(0) != '/') {
            return false;
        }
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '%' || c == ';' || c == '\\' || unsafe(c)) {
                return false;
            }
        }
        return true;
    }

    /** What is wrong with a target that is not plain; null if it is merely encoded. */
    static @Nullable String problem(String raw, Set<Tolerance> tolerated) {
        if (raw.isEmpty() || raw.charAt(0) != '/') {
            return "does not begin with a slash";
        }
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '\\' || unsafe(c)) {
                return "has a character that must be encoded";
            }
            if (c == ';' && !tolerated.contains(Tolerance.PATH_PARAMETERS)) {
                return "has a path parameter";
            }
            if (c == '%') {
                String wrong = encoded(raw, i, tolerated);
                if (wrong != null) {
                    return wrong;
                }
            }
        }
        String decoded = UrlEncoded.decodedPath(raw);
        if (decoded == null) {
            return "is not well encoded";
        }
        String wrong = decodedProblem(decoded);
        return wrong == null && disguisedDots(decoded) ? "has a segment of dots in disguise" : wrong;
    }

    /** Whether somebody who folds full-width forms and leaders (Unicode NFKC) before splitting sees {@code ..} there. */
    private static boolean disguisedDots(String path) {
        return path.chars().anyMatch(c -> c >= 0x80)
                && !segmentsAreNamed(
                        Normalizer.normalize(path, Normalizer.Form.NFKC).replace('\\', '/'), true);
    }

    /** RFC 3986 has no place for these in a path; browsers encode them. */
    private static boolean unsafe(char c) {
        return c == '<' || c == '>' || c == '"' || c == '`' || c == '{' || c == '}' || c == '^' || c == '#' || c == '?';
    }

    private static @Nullable String encoded(String raw, int at, Set<Tolerance> tolerated) {
        int high = at + 2 < raw.length() ? digit(raw.charAt(at + 1)) : -1;
        int low = at + 2 < raw.length() ? digit(raw.charAt(at + 2)) : -1;
        if (high < 0 || low < 0) {
            return "is not well encoded";
        }
        int octet = high << 4 | low;
        if (octet == '/' && !tolerated.contains(Tolerance.ENCODED_SLASH)) {
            return "has an encoded slash";
        }
        if (octet == '%' && !tolerated.contains(Tolerance.ENCODED_PERCENT)) {
            return "is encoded twice";
        }
        if (octet == ';' && !tolerated.contains(Tolerance.PATH_PARAMETERS)) {
            return "has an encoded path parameter";
        }
        boolean hidden = octet == '\\' || octet == '.' && alone(raw, at);
        return hidden ? "has an encoded backslash or dot segment" : null;
    }

    private static int digit(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    /** Whether the segment around an encoded dot has nothing but dots. */
    private static boolean alone(String raw, int at) {
        int start = raw.lastIndexOf('/', at) + 1;
        int end = raw.indexOf('/', at);
        String segment = raw.substring(start, end < 0 ? raw.length() : end);
        return segment.replace("%2e", ".").replace("%2E", ".").replace(".", "").isEmpty();
    }

    private static @Nullable String decodedProblem(String path) {
        for (int i = 0; i < path.length(); i++) {
            int c = path.codePointAt(i);
            if (Character.isSupplementaryCodePoint(c)) {
                i++;
            }
            int type = Character.getType(c);
            boolean space = type == Character.SPACE_SEPARATOR && c != ' ';
            if (type == Character.CONTROL
                    || type == Character.FORMAT
                    || type == Character.SURROGATE
                    || type == Character.UNASSIGNED
                    || type == Character.PRIVATE_USE
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR
                    || space
                    || c == 0xfffd) {
                return "has an invisible or undefined character";
            }
            boolean edge = c == ' '
                    && (i == 0 || path.charAt(i - 1) == '/' || i + 1 == path.length() || path.charAt(i + 1) == '/');
            if (edge) {
                return "has a blank at the end of a segment";
            }
        }
        return null;
    }

    /** False for {@code //}, unless tolerated, and for a segment of dots; a slash at the end is a plain thing. */
    static boolean segmentsAreNamed(String raw, boolean emptyTolerated) {
        int start = 1;
        while (start < raw.length()) {
            int end = raw.indexOf('/', start);
            if (end < 0) {
                end = raw.length();
            }
            if (dots(raw, start, end) || end == start && !emptyTolerated) {
                return false;
            }
            start = end + 1;
        }
        return true;
    }

    /** Whether a segment is one or two dots, also with a path parameter behind them. */
    private static boolean dots(String raw, int start, int end) {
        int at = start;
        while (at < end && raw.charAt(at) == '.') {
            at++;
        }
        int count = at - start;
        boolean alone = at == end || raw.charAt(at) == ';' || raw.regionMatches(true, at, "%3b", 0, 3);
        return (count == 1 || count == 2) && alone;
    }
}
