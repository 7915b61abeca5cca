package io.ostiary.core.oauth;

import io.ostiary.core.AuthRequest;
import io.ostiary.core.ReturnTo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A login that somebody else asks for (OpenID Connect Core section 4).
 *
 * @param issuer with whom
 * @param next where to go afterwards; null if the target is missing or not of this application
 * @param loginHint who it may be, passed on to the provider; null if missing
 */
record Initiation(
        String issuer, @Nullable ReturnTo next, @Nullable String loginHint) {
    private static final int MAX_HINT = 256;

    /** Null if it does not say with whom. */
    static @Nullable Initiation read(AuthRequest request, String baseUrl) {
        String issuer = only(request, "iss");
        if (issuer == null || !request.method().equals("GET")) {
            return null;
        }
        String target = only(request, "target_link_uri");
        ReturnTo next = target != null && target.startsWith(baseUrl + "/")
                ? ReturnTo.parse(target.substring(origin(baseUrl).length()))
                : null;
        String hint = only(request, "login_hint");
        boolean passable = hint != null
                && !hint.isEmpty()
                && hint.length() <= MAX_HINT
                && hint.chars().noneMatch(Character::isISOControl);
        return new Initiation(issuer, next, passable ? hint : null);
    }

    /** Scheme, host and port: what is left of a target is a path of this origin. */
    private static String origin(String baseUrl) {
        int path = baseUrl.indexOf('/', baseUrl.indexOf("://") + 3);
        return path < 0 ? baseUrl : baseUrl.substring(0, path);
    }

    private static @Nullable String only(AuthRequest request, String name) {
        List<String> values = request.queryParameters(name);
        return values.size() == 1 ? values.get(0) : null;
    }
}
