package io.ostiary.servlet;

/** Reads a {@code Cookie} header as it was sent, only to see how often a name comes; makes no object. */
final class CookieNames {
    private CookieNames() {}

    /** How many pairs of the line (RFC 6265 section 4.2.1) have that name. */
    static int count(String line, String name) {
        int times = 0;
        int start = 0;
        while (start < line.length()) {
            int end = line.indexOf(';', start);
            if (end < 0) {
                end = line.length();
            }
            if (named(line, start, end, name)) {
                times++;
            }
            start = end + 1;
        }
        return times;
    }

    private static boolean named(String line, int from, int end, String name) {
        int start = from;
        while (start < end && line.charAt(start) <= ' ') {
            start++;
        }
        if (end - start < name.length() || !line.startsWith(name, start)) {
            return false;
        }
        int after = start + name.length();
        while (after < end && line.charAt(after) <= ' ') {
            after++;
        }
        return after < end && line.charAt(after) == '=';
    }
}
