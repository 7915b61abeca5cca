package io.ostiary.core.path;

import org.jspecify.annotations.Nullable;

/**
 * Says which paths have one meaning only. Whoever forwards, decodes or maps a path again may read the others
 * differently, so no rule is asked about them.
 */
public final class CanonicalPath {
    private CanonicalPath() {}

    /**
     * Looks at a decoded path.
     *
     * @param path as the HTTP stack matched it
     * @return null for a canonical path, else what is wrong with it
     */
    public static @Nullable String problem(String path) {
        if (!path.startsWith("/")) {
            return "does not begin with '/'";
        }
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == ';' || c == '%' || c == '\\') {
                return "has the character '" + c + "'";
            }
            if (Character.isISOControl(c) || Character.isSurrogate(c) && !paired(path, i)) {
                return "has a control character or half a character";
            }
            if (c == '/' && dots(path, i + 1)) {
                return "has an empty segment or one of dots";
            }
        }
        return null;
    }

    /** True if what follows a slash is empty but not the end, or {@code .} or {@code ..}. */
    private static boolean dots(String path, int start) {
        int end = path.indexOf('/', start);
        if (end < 0) {
            end = path.length();
            return isDots(path, start, end);
        }
        return end == start || isDots(path, start, end);
    }

    private static boolean isDots(String path, int start, int end) {
        return end - start == 1 && path.charAt(start) == '.' || end - start == 2 && path.startsWith("..", start);
    }

    /** The path begins with a slash, so a surrogate always has a character before it. */
    private static boolean paired(String path, int i) {
        return Character.isHighSurrogate(path.charAt(i))
                ? i + 1 < path.length() && Character.isLowSurrogate(path.charAt(i + 1))
                : Character.isHighSurrogate(path.charAt(i - 1));
    }
}
