package io.ostiary.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A finished answer as a value; an adapter only writes it. Every reply forbids caching, sniffing and referrers, because
 * each one is about who somebody is. Immutable.
 *
 * @param status HTTP status
 * @param headers header lines in order
 * @param cookies cookies to set
 * @param body small text, UTF-8; empty for none
 * @param effect what happened to the login, for adapters whose stack keeps a session of its own
 */
public record Reply(int status, List<Header> headers, List<SetCookie> cookies, String body, Effect effect) {
    private static final List<Header> COMMON = List.of(
            new Header("Cache-Control", "no-store"),
            new Header("X-Content-Type-Options", "nosniff"),
            new Header("Referrer-Policy", "no-referrer"));

    /** Copies. */
    public Reply {
        headers = List.copyOf(headers);
        cookies = List.copyOf(cookies);
    }

    /**
     * One header line.
     *
     * @param name header name
     * @param value header value without line breaks
     */
    public record Header(String name, String value) {
        /**
         * Checks that neither can break out of the line.
         *
         * @throws IllegalArgumentException if the name is no token (RFC 9110 section 5.1), or the value has a control
         *     character or is not ASCII
         */
        public Header {
            if (!isName(name)) {
                throw new IllegalArgumentException("not a header name");
            }
            if (!isValue(value)) {
                throw new IllegalArgumentException("not a value for header " + name);
            }
        }

        private static boolean isName(String text) {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                boolean letterOrDigit = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
                if (!letterOrDigit && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
                    return false;
                }
            }
            return !text.isEmpty();
        }

        static boolean isValue(String text) {
            for (int i = 0; i < text.length(); i++) {
                if (text.charAt(i) < 0x20 || text.charAt(i) > 0x7e) {
                    return false;
                }
            }
            return true;
        }

        /** Shows the name only. */
        @Override
        public String toString() {
            return "Header[" + name + "]";
        }
    }

    /** What happened to the login. */
    public enum Effect {
        /** Nothing. */
        NONE,
        /** Somebody logged in: a container's own session needs a new id. */
        LOGGED_IN,
        /** Somebody logged out: a container's own session must end. */
        LOGGED_OUT
    }

    /**
     * An answer without body.
     *
     * @param status HTTP status
     * @return a reply
     */
    public static Reply empty(int status) {
        return new Reply(status, COMMON, List.of(), "", Effect.NONE);
    }

    /**
     * A redirect that turns any method into GET where the method was not GET or HEAD already (RFC 9700 4.12).
     *
     * @param location an absolute URL or absolute path, percent-encoded
     * @return a reply with status 302
     */
    public static Reply redirect(String location) {
        return with(302, "", new Header("Location", location));
    }

    /**
     * A page.
     *
     * @param status HTTP status
     * @param policy value for {@code Content-Security-Policy}
     * @param html the whole page
     * @return a reply
     */
    public static Reply html(int status, String policy, String html) {
        return with(
                status,
                html,
                new Header("Content-Type", "text/html; charset=utf-8"),
                new Header("Content-Security-Policy", policy));
    }

    /**
     * A JSON document.
     *
     * @param status HTTP status
     * @param json the document
     * @return a reply
     */
    public static Reply json(int status, String json) {
        return text(status, "application/json", json);
    }

    /**
     * Any small text.
     *
     * @param status HTTP status
     * @param contentType value for {@code Content-Type}
     * @param body the text
     * @return a reply
     */
    public static Reply text(int status, String contentType, String body) {
        return with(status, body, new Header("Content-Type", contentType));
    }

    /**
     * Copies with one more header line.
     *
     * @param name header name
     * @param value header value
     * @return a copy
     */
    public Reply withHeader(String name, String value) {
        return withHeaders(name, List.of(value));
    }

    /** Copies once, however many lines of one name there are. */
    Reply withHeaders(String name, List<String> values) {
        List<Header> all = new ArrayList<>(headers.size() + values.size());
        all.addAll(headers);
        values.forEach(value -> all.add(new Header(name, value)));
        return new Reply(status, all, cookies, body, effect);
    }

    /**
     * Copies with more cookies.
     *
     * @param more cookies to set, after those already there
     * @return a copy
     */
    public Reply withCookies(List<SetCookie> more) {
        if (more.isEmpty()) {
            return this;
        }
        List<SetCookie> all = new ArrayList<>(cookies);
        all.addAll(more);
        return new Reply(status, headers, all, body, effect);
    }

    /**
     * Copies with an effect.
     *
     * @param newEffect what happened to the login
     * @return a copy
     */
    public Reply withEffect(Effect newEffect) {
        return new Reply(status, headers, cookies, body, newEffect);
    }

    /**
     * Returns the first value of a header.
     *
     * @param name header name, any case
     * @return empty text if there is none
     */
    public String headerOrEmpty(String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .findFirst()
                .orElse("");
    }

    private static Reply with(int status, String body, Header... more) {
        List<Header> all = new ArrayList<>(COMMON.size() + more.length);
        all.addAll(COMMON);
        Collections.addAll(all, more);
        return new Reply(status, all, List.of(), body, Effect.NONE);
    }

    /** Shows the status only: headers, cookies and body may hold what must not reach a log. */
    @Override
    public String toString() {
        return "Reply[" + status + "]";
    }
}
