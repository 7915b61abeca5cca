package io.ostiary.core.csrf;

import io.ostiary.core.AuthRequest;
import io.ostiary.core.BaseUrl;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a browser sent a request on behalf of another site. Modern browsers say so in {@code Sec-Fetch-Site} and
 * {@code Origin}; both must agree. A request with neither, nor a {@code Referer}, is from no browser. Thread-safe.
 */
public final class SameOriginCheck {
    private final BaseUrl baseUrl;

    /**
     * Compares with the application's own origin.
     *
     * @param baseUrl where the application lives
     */
    public SameOriginCheck(BaseUrl baseUrl) {
        this.baseUrl = baseUrl;
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

    private static boolean refererMatches(@Nullable String referer, String own) {
        return referer == null || referer.equals(own) || referer.startsWith(own + "/");
    }
}
