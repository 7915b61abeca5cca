package io.ostiary.servlet;

/**
 * What url-patterns mean (Servlet 6.0 section 12.2), to tell people what covers what. Decides no request: there the
 * container does the matching.
 */
final class UrlPatterns {
    private UrlPatterns() {}

    /** Whether a filter's pattern takes a path. */
    static boolean matches(String pattern, String path) {
        if (pattern.endsWith("/*")) {
            String base = base(pattern);
            return path.equals(base) || path.startsWith(base + "/");
        }
        if (extension(pattern)) {
            return path.substring(path.lastIndexOf('/') + 1).endsWith(pattern.substring(1));
        }
        return path.equals(pattern.isEmpty() ? "/" : pattern);
    }

    /** Whether a filter's pattern takes every path that a servlet's pattern takes. */
    static boolean covers(String filter, String servlet) {
        if (filter.equals("/*")) {
            return true;
        }
        if (exact(servlet)) {
            return matches(filter, servlet.isEmpty() ? "/" : servlet);
        }
        if (filter.endsWith("/*") && servlet.endsWith("/*")) {
            return (base(servlet) + "/").startsWith(base(filter) + "/");
        }
        return extension(filter) && filter.equals(servlet);
    }

    /** Whether there may be a path that both take. */
    static boolean touches(String filter, String servlet) {
        if (covers(filter, servlet)) {
            return true;
        }
        if (exact(servlet)) {
            return false;
        }
        if (servlet.equals("/") || extension(filter)) {
            return !extension(filter) || !extension(servlet);
        }
        if (extension(servlet)) {
            return filter.endsWith("/*") || matches(servlet, filter);
        }
        return matches(servlet, filter.endsWith("/*") ? base(filter) : filter);
    }

    /** How well a servlet's pattern fits a path: the container takes the highest; negative if not at all. */
    static int rank(String servlet, String path) {
        if (servlet.equals("/")) {
            return 0;
        }
        if (!matches(servlet, path)) {
            return -1;
        }
        if (exact(servlet)) {
            return Integer.MAX_VALUE;
        }
        return extension(servlet) ? 1 : 2 + base(servlet).length();
    }

    private static boolean exact(String pattern) {
        return !pattern.equals("/") && !pattern.endsWith("/*") && !extension(pattern);
    }

    private static boolean extension(String pattern) {
        return pattern.startsWith("*.");
    }

    private static String base(String pattern) {
        return pattern.substring(0, pattern.length() - 2);
    }
}
