package io.ostiary.core;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The public address of the application, for redirect URIs and origin checks. It comes from configuration, never from a
 * header that a client can set; only in development, and only on loopback, may the request say it. Immutable.
 */
public final class BaseUrl {
    private static final Pattern LOOPBACK_HOST = Pattern.compile("(127\\.0\\.0\\.1|localhost|\\[::1])(:[0-9]{1,5})?");
    private static final Pattern LOOPBACK_PEER = Pattern.compile("127(\\.[0-9]{1,3}){3}|\\[?(::1|0:0:0:0:0:0:0:1)]?");
    private final @Nullable String configured;

    private BaseUrl(@Nullable String configured) {
        this.configured = configured;
    }

    /**
     * The configured address.
     *
     * @param url scheme, host, port if not the default, and context path; without a slash at the end
     * @return a base URL that is the same for every request
     */
    public static BaseUrl of(String url) {
        return new BaseUrl(url);
    }

    /**
     * The address by which the browser on this very machine reached the application.
     *
     * @return a base URL that exists for loopback requests only
     */
    public static BaseUrl ofLoopbackRequests() {
        return new BaseUrl(null);
    }

    /**
     * Returns the address.
     *
     * @param request the request to answer
     * @return without a slash at the end; null if nothing is configured and the request is not from and for loopback
     */
    public @Nullable String of(AuthRequest request) {
        if (configured != null) {
            return configured;
        }
        String host = request.header("Host");
        boolean local = host != null
                && LOOPBACK_HOST.matcher(host).matches()
                && LOOPBACK_PEER.matcher(request.remoteAddress()).matches();
        return local ? (request.secure() ? "https://" : "http://") + host + request.encodedContextPath() : null;
    }

    /**
     * Returns the origin (RFC 6454).
     *
     * @param request the request to answer
     * @return scheme, host and port; null where {@link #of(AuthRequest)} is null
     */
    public @Nullable String origin(AuthRequest request) {
        String url = of(request);
        if (url == null) {
            return null;
        }
        int path = url.indexOf('/', url.indexOf("://") + 3);
        return path < 0 ? url : url.substring(0, path);
    }
}
