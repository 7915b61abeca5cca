package io.ostiary.core.csrf;

import io.ostiary.core.AuthRequest;
import io.ostiary.core.BaseUrl;
import io.ostiary.core.ReturnTo;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a browser sent a request on behalf of another site. Modern browsers say so in {@code Sec-Fetch-Site} and
 * {@code Origin}; both must agree. A request with neither, nor a {@code Referer}, is from no browser. Thread-safe.
 */
public final class SameOriginCheck {
    private final BaseUrl baseUrl;
    private final Set<String> trusted;

    /**
     * Compares with the application's own origin.
     *
     * @param baseUrl where the application lives
     */
    public SameOriginCheck(BaseUrl baseUrl) {
        this(baseUrl, Set.of());
    }

    /**
     * Compares with the application's own origin and some others.
     *
     * @param baseUrl where the application lives
     * @param trusted origins whose pages count as the application's own
     */
    public SameOriginCheck(BaseUrl baseUrl, Set<String> trusted) {
        this.baseUrl = baseUrl;
        this.trusted = Set.copyOf(trusted);
    }

    /**
     * Judges a request that would change something.
     *
     * @param request the request
     * @return false if any sign speaks of another origin
     */
    public boolean passes(AuthRequest request) {
        String own = baseUrl.origin(request);
        if (own == null || request.headers("Origin").size() > 1) {
            return false;
        }
        String site = request.header("Sec-Fetch-Site");
        String origin = request.header("Origin");
        if (origin != null && trusted.contains(origin)) {
            return true;
        }
        if (site != null) {
            boolean sameSite = site.equals("same-origin") || site.equals("none");
            // A page with Referrer-Policy no-referrer posts with "Origin: null" even to itself; the browser's own word
            // on the site stands.
            return sameSite && (origin == null || origin.equals("null") || origin.equals(own));
        }
        if (origin != null) {
            return origin.equals(own);
        }
        return refererMatches(request.header("Referer"), own);
    }

    /**
     * Tells whether a request has none of the headers by which browsers say where it is from.
     *
     * @param request the request
     * @return true for most programs, and for browsers of long ago
     */
    public static boolean tellsNothing(AuthRequest request) {
        return request.headers("Sec-Fetch-Site").isEmpty()
                && request.headers("Origin").isEmpty()
                && request.headers("Referer").isEmpty();
    }

    /** The page of this application that a request came from; null if it does not say, or says another site's. */
    @Nullable
    ReturnTo pageItCameFrom(AuthRequest request) {
        String own = baseUrl.origin(request);
        String referer = request.header("Referer");
        return own == null || referer == null || !referer.startsWith(own + "/")
                ? null
                : ReturnTo.parse(referer.substring(own.length()));
    }

    private static boolean refererMatches(@Nullable String referer, String own) {
        return referer == null || referer.equals(own) || referer.startsWith(own + "/");
    }
}
