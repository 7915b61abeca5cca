package io.ostiary.core;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A live, read-only view of one HTTP request, neutral of the HTTP stack. An adapter implements it over the stack's own
 * request and copies nothing; it is used by the thread that handles the request and is not kept.
 */
public interface AuthRequest {
    /**
     * Returns the method as sent.
     *
     * @return for example {@code GET}; case matters (RFC 9110 section 9.1)
     */
    String method();

    /**
     * Returns the prefix under which the application is mounted.
     *
     * @return empty for the root, else {@code /name} without a trailing slash; decoded
     */
    String contextPath();

    /**
     * Returns the prefix as links and {@code Location} need it.
     *
     * @return {@link #contextPath()}, percent-encoded
     */
    default String encodedContextPath() {
        return ReturnTo.encodedPath(contextPath());
    }

    /**
     * Returns the canonical path inside the application: decoded once, without path parameters, without the context path.
     * For a servlet container this is {@code servletPath + pathInfo}, the string that the container itself matched.
     *
     * @return begins with a slash
     */
    String path();

    /**
     * Returns the path as the client sent it: nothing decoded, nothing removed, with the context path, without the
     * query. An adapter that can see these bytes returns them; a signature covers them.
     *
     * @return begins with a slash; by default the canonical path, encoded anew
     */
    default String rawPath() {
        return UrlEncoded.path(contextPath() + path());
    }

    /**
     * Returns the raw query.
     *
     * @return without the question mark; null if there is none
     */
    @Nullable
    String queryString();

    /**
     * Returns the values of a header, one for each header line.
     *
     * @param name header name, any case
     * @return in order of arrival; empty if the header is absent
     */
    List<String> headers(String name);

    /**
     * Returns the values of all cookies of a name.
     *
     * @param name cookie name, exact case
     * @return in order of arrival; empty if there is none. More than one means that someone may have planted a cookie.
     */
    List<String> cookies(String name);

    /**
     * Returns the address of the peer of this connection; never taken from a header by an adapter.
     *
     * @return an address literal
     */
    String remoteAddress();

    /**
     * Tells whether the connection itself is protected by TLS.
     *
     * @return true only for a TLS connection
     */
    boolean secure();

    /**
     * Reads an attribute that lives as long as this request, across its dispatches.
     *
     * @param key the attribute
     * @param <T> its type
     * @return null if not set
     */
    <T> @Nullable T attribute(AttributeKey<T> key);

    /**
     * Sets or removes an attribute.
     *
     * @param key the attribute
     * @param value null removes it
     * @param <T> its type
     */
    <T> void attribute(AttributeKey<T> key, @Nullable T value);

    /**
     * Reads the body; the bytes stay readable by a second call.
     *
     * @param maxBytes most bytes that are read into memory
     * @return the whole body, possibly empty
     * @throws BodyTooLargeException if the body is longer than {@code maxBytes}
     * @throws IOException if the client went away
     */
    byte[] body(int maxBytes) throws IOException;

    /**
     * Returns what the proxy or the container calls this request, so that their logs and the audit can be read together.
     *
     * @return letters, digits and {@code -._:#+/=@}; empty if it has no name
     */
    default String requestId() {
        return "";
    }

    /**
     * Returns the first value of a header.
     *
     * @param name header name, any case
     * @return null if the header is absent
     */
    default @Nullable String header(String name) {
        List<String> values = headers(name);
        return values.isEmpty() ? null : values.get(0);
    }

    /**
     * Tells whether this asks to open a WebSocket: an upgrade of RFC 6455 section 4.1, or the extended CONNECT of RFC 8441
     * section 4, for which there is no other use here.
     *
     * @return true if a container might answer with a connection that outlives the request
     */
    default boolean opensWebSocket() {
        if (method().equals("CONNECT")) {
            return true;
        }
        for (String value : headers("Upgrade")) { // each request comes through here: no stream
            if (value.toLowerCase(Locale.ROOT).contains("websocket")) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns the decoded values of a query parameter; parameters of a body are never mixed in.
     *
     * @param name decoded name, exact case
     * @return in order; empty if absent or not decodable
     */
    default List<String> queryParameters(String name) {
        return UrlEncoded.values(queryString(), name);
    }

    /**
     * Returns the decoded values of a field of a form that was sent as {@code application/x-www-form-urlencoded}. The
     * query is never mixed in, and the application can read the form as ever.
     *
     * @param name decoded name, exact case
     * @return in order; empty if absent, not decodable, or the body is another kind or longer than 1 MiB
     */
    default List<String> formParameters(String name) {
        String type = header("Content-Type");
        if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded")) {
            return List.of();
        }
        try {
            return UrlEncoded.values(new String(body(1 << 20), StandardCharsets.ISO_8859_1), name);
        } catch (IOException tooLongOrGone) {
            return List.of();
        }
    }

    /** The body was longer than the reader allowed. */
    final class BodyTooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        /**
         * Creates the exception.
         *
         * @param maxBytes the limit that was passed
         */
        public BodyTooLargeException(int maxBytes) {
            super("request body is longer than " + maxBytes + " bytes");
        }
    }
}
