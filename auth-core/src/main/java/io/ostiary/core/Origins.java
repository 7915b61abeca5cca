package io.ostiary.core;

import java.util.regex.Pattern;

/** Web origins (RFC 6454) as browsers write them, so that comparing the text is comparing the origin. */
public final class Origins {
    /** What may be written in settings. */
    public static final String ALLOWED =
            "origins such as https://app.example or http://127.0.0.1:3000, in small letters,"
                    + " without path and without the usual port";

    private static final Pattern ORIGIN =
            Pattern.compile("(https?)://(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\\[[0-9a-f:.]+])(?::([1-9][0-9]{0,4}))?");

    private Origins() {}

    /**
     * Tells whether a text is an origin in the one form that browsers send.
     *
     * @param text any text
     * @return false for {@code null}, {@code *}, a path, capital letters, or a port that goes without saying
     */
    public static boolean isOrigin(String text) {
        var parts = ORIGIN.matcher(text);
        if (!parts.matches()) {
            return false;
        }
        String port = parts.group(2);
        return port == null
                || Integer.parseInt(port) <= 65535
                        && !port.equals(parts.group(1).equals("https") ? "443" : "80");
    }
}
