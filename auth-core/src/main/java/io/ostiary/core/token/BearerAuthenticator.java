package io.ostiary.core.token;

import io.ostiary.core.AuthEngine;
import io.ostiary.core.AuthOutcome;
import io.ostiary.core.AuthRequest;
import io.ostiary.core.FailureReason;
import io.ostiary.core.spi.Authenticator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Knows callers by an access token: in {@code Authorization: Bearer} (RFC 6750 section 2.1), never in a query or a body; or,
 * where tokens are delivered in cookies, in the access cookie. An identity from the cookie has the scheme of a session,
 * because a browser sends it along without being asked, so that the checks against other sites apply. Thread-safe.
 */
final class BearerAuthenticator implements Authenticator {
    /** Name of the scheme in settings. */
    static final String SCHEME = "bearer";

    private static final String PREFIX = "Bearer";
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]++=*+");
    private final AccessTokens tokens;
    private final TokenCookies cookies;
    private final String realm;

    BearerAuthenticator(AccessTokens tokens, TokenCookies cookies, String realm) {
        this.tokens = tokens;
        this.cookies = cookies;
        this.realm = realm;
    }

    @Override
    public String scheme() {
        return SCHEME;
    }

    @Override
    public String challenge() {
        return "Bearer realm=\"" + realm + "\"";
    }

    @Override
    public AuthOutcome authenticate(AuthRequest request) {
        List<String> lines = request.headers("Authorization");
        List<String> mine = lines.stream().filter(BearerAuthenticator::isBearer).toList();
        if (mine.isEmpty()) {
            return lines.isEmpty() ? fromCookie(request) : AuthOutcome.absent();
        }
        if (lines.size() > 1) {
            return AuthOutcome.failed(FailureReason.DUPLICATE_CREDENTIAL);
        }
        String token = mine.get(0).substring(PREFIX.length()).strip();
        return TOKEN.matcher(token).matches()
                ? tokens.check(token)
                : AuthOutcome.failed(FailureReason.MALFORMED_CREDENTIAL);
    }

    private static boolean isBearer(String line) {
        boolean named = line.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
        return named && (line.length() == PREFIX.length() || line.charAt(PREFIX.length()) == ' ');
    }

    /** A cookie that ended leaves the session to decide, as a session that ended leaves a visitor. */
    private AuthOutcome fromCookie(AuthRequest request) {
        List<String> values = cookies.access(request);
        if (values.size() > 1) {
            return AuthOutcome.failed(FailureReason.DUPLICATE_CREDENTIAL);
        }
        AuthOutcome outcome = values.isEmpty() ? AuthOutcome.absent() : tokens.check(values.get(0));
        return outcome instanceof AuthOutcome.Authenticated found
                ? new AuthOutcome.Authenticated(found.identity().withScheme(AuthEngine.SESSION))
                : AuthOutcome.absent();
    }
}
