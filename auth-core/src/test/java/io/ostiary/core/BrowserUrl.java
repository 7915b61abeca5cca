package io.ostiary.core;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a browser goes from {@code https://app.example/login}: the parts of the WHATWG URL parser that decide about the
 * origin, written from the standard and not from the code under test. What it is unsure about counts as another site.
 */
final class BrowserUrl {
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(.*)", Pattern.DOTALL);
    private static final Set<String> SAME_HOST = Set.of("app.example", "app.example:443", "app.example:");

    private BrowserUrl() {}

    static boolean staysOnSite(String location) {
        String input = stripControlsAndBlanks(location).replaceAll("[\\t\\n\\r]", "");
        Matcher matcher = SCHEME.matcher(input);
        if (!matcher.matches()) {
            return relative(input);
        }
        String scheme = matcher.group(1).toLowerCase(Locale.ROOT);
        String rest = matcher.group(2);
        // "special relative or authority state": with the scheme of the base, "https:x" is relative.
        if (scheme.equals("https")) {
            return rest.startsWith("//") ? authority(rest) : relative(rest);
        }
        return false;
    }

    /** "relative state" and "relative slash state": for special schemes a backslash is a slash. */
    private static boolean relative(String input) {
        return !(input.length() > 1 && slash(input.charAt(0)) && slash(input.charAt(1))) || authority(input);
    }

    /** "special authority ignore slashes state" and "authority state". */
    private static boolean authority(String input) {
        int start = 0;
        while (start < input.length() && slash(input.charAt(start))) {
            start++;
        }
        int end = start;
        while (end < input.length() && !slash(input.charAt(end)) && "?#".indexOf(input.charAt(end)) < 0) {
            end++;
        }
        String authority = input.substring(start, end);
        String host = authority.substring(authority.lastIndexOf('@') + 1);
        return SAME_HOST.contains(host.toLowerCase(Locale.ROOT));
    }

    private static boolean slash(char c) {
        return c == '/' || c == '\\';
    }

    private static String stripControlsAndBlanks(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && text.charAt(start) <= ' ') {
            start++;
        }
        while (end > start && text.charAt(end - 1) <= ' ') {
            end--;
        }
        return text.substring(start, end);
    }
}
