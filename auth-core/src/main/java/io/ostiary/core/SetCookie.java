package io.ostiary.core;

import java.time.Duration;

/**
 * One {@code Set-Cookie} line (RFC 6265), always {@code HttpOnly}. Written out by hand because some containers drop
 * {@code SameSite}.
 *
 * @param name a token; with the prefix {@code __Host-}, in any case, the cookie must be secure and have the path
 *     {@code /}; with {@code __Secure-} it must be secure
 * @param value cookie octets only; may be a secret, so {@code toString} leaves it out
 * @param path begins with a slash
 * @param maxAge zero removes the cookie, negative lets it end with the browser; else at least one second
 * @param secure whether browsers send it over TLS only
 * @param sameSite {@code Lax}, {@code Strict} or, if secure, {@code None}
 */
public record SetCookie(String name, String value, String path, Duration maxAge, boolean secure, String sameSite) {
    private static final Duration BROWSER_SESSION = Duration.ofSeconds(-1);

    /**
     * Checks that nothing can break out of the header line.
     *
     * @throws IllegalArgumentException if a part has a character that a cookie must not have, or a rule of a prefix,
     *     of {@code None} or of the age is broken
     */
    public SetCookie {
        if (name.isEmpty() || !name.chars().allMatch(SetCookie::tokenCharacter)) {
            throw new IllegalArgumentException("not a cookie name");
        }
        if (!value.chars().allMatch(SetCookie::valueCharacter)) {
            throw new IllegalArgumentException("not a value for cookie " + name);
        }
        if (!path.startsWith("/") || path.indexOf(';') >= 0 || !path.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            throw new IllegalArgumentException("not a path for cookie " + name);
        }
        if (hasPrefix(name, "__Host-") && !(secure && path.equals("/"))) {
            throw new IllegalArgumentException("cookie " + name + " must be secure and have the path /");
        }
        if (!secure && (hasPrefix(name, "__Secure-") || sameSite.equals("None"))) {
            throw new IllegalArgumentException("cookie " + name + " must be secure");
        }
        if (maxAge.toSeconds() == 0 && !maxAge.isZero()) { // would be written as zero, which removes the cookie
            throw new IllegalArgumentException("cookie " + name + " must last at least one second");
        }
        if (!sameSite.equals("Lax") && !sameSite.equals("Strict") && !sameSite.equals("None")) {
            throw new IllegalArgumentException("SameSite must be Lax, Strict or None");
        }
    }

    /**
     * A cookie that ends with the browser session.
     *
     * @param name cookie name
     * @param value its value
     * @param secure whether browsers send it over TLS only
     * @return a cookie for the path {@code /} with {@code SameSite=Lax}
     */
    public static SetCookie session(String name, String value, boolean secure) {
        return new SetCookie(name, value, "/", BROWSER_SESSION, secure, "Lax");
    }

    /**
     * The same cookie, removed from the browser.
     *
     * @return a copy without value that expires at once
     */
    public SetCookie removed() {
        return new SetCookie(name, "", path, Duration.ZERO, secure, sameSite);
    }

    /**
     * Returns the header value.
     *
     * @return everything after {@code Set-Cookie:}
     */
    public String headerValue() {
        StringBuilder line = new StringBuilder(name)
                .append('=')
                .append(value)
                .append("; Path=")
                .append(path);
        if (!maxAge.isNegative()) {
            line.append("; Max-Age=").append(maxAge.toSeconds());
        }
        if (secure) {
            line.append("; Secure");
        }
        return line.append("; HttpOnly; SameSite=").append(sameSite).toString();
    }

    @Override
    public String toString() {
        return "SetCookie[" + name + "]";
    }

    /** Browsers ignore the case of a prefix (RFC 6265bis section 5.6). */
    private static boolean hasPrefix(String name, String prefix) {
        return name.regionMatches(true, 0, prefix, 0, prefix.length());
    }

    private static boolean tokenCharacter(int c) {
        return c > 0x20 && c < 0x7f && "()<>@,;:\\\"/[]?={}".indexOf(c) < 0;
    }

    private static boolean valueCharacter(int c) {
        return c > 0x20 && c < 0x7f && c != '"' && c != ',' && c != ';' && c != '\\';
    }
}
