package io.ostiary.matrix;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a browser goes with a Location, as far as the origin is concerned, after the URL standard of the WHATWG: a library
 * that sends what no browser takes for another site is not to be blamed.
 */
final class BrowserRule {
    private static final Pattern SCHEME = Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]*):(.*)$", Pattern.DOTALL);

    private BrowserRule() {}

    /** Tells whether somebody on http://127.0.0.1:port stays there. */
    static boolean stays(int port, String location) {
        String text = location.replaceAll("^[\\x00-\\x20]+|[\\x00-\\x20]+$", "").replaceAll("[\\t\\n\\r]", "");
        Matcher scheme = SCHEME.matcher(text);
        if (!scheme.matches()) {
            return relativeStays(port, text);
        }
        return scheme.group(1).toLowerCase(Locale.ROOT).equals("http") && relativeStays(port, scheme.group(2));
    }

    /** A reference without a scheme, or with the one that the page has. */
    private static boolean relativeStays(int port, String text) {
        if (!text.matches("(?s)[/\\\\]{2}.*")) {
            return true;
        }
        String authority = text.replaceFirst("^[/\\\\]+", "").replaceFirst("(?s)[/\\\\?#].*", "");
        String host = authority.substring(authority.lastIndexOf('@') + 1);
        return host.equals("127.0.0.1:" + port);
    }
}
