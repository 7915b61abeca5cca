package io.ostiary.core.token;

import io.ostiary.core.AuthEngine;
import io.ostiary.core.AuthOutcome;
import io.ostiary.core.AuthRequest;
import io.ostiary.core.FailureReason;
import io.ostiary.core.cache.TextMemo;
import io.ostiary.core.jose.Token68;
import io.ostiary.core.spi.Authenticator;
import java.util.List;

/**
 * Knows callers by an access token: in {@code Authorization: Bearer} (RFC 6750 section 2.1), never in a query or a body; or,
 * where tokens are delivered in cookies, in the access cookie. An identity from the cookie has the scheme of a session,
 * because a browser sends it along without being asked, so that the checks against other sites apply. Thread-safe.
 */
final class BearerAuthenticator implements Authenticator {
    /** Name of the scheme in settings. */
    static final String SCHEME = "bearer";

    private static final String PREFIX = "Bearer";
    private static final int LATELY_BITS = 10;
    private final AccessTokens tokens;
    private final TokenCookies cookies;
    private final String realm;
    private final TextMemo<AccessTokens.Known> lately = new TextMemo<>(LATELY_BITS);

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
        if (lines.isEmpty()) {
            return fromCookie(request);
        }
        if (lines.size() > 1) {
            boolean mine = lines.stream().anyMatch(BearerAuthenticator::isBearer);
            return mine ? AuthOutcome.failed(FailureReason.DUPLICATE_CREDENTIAL) : AuthOutcome.absent();
        }
        String line = lines.get(0);
        return isBearer(line) ? check(line) : AuthOutcome.absent();
    }

    /** A whole line that was good before is not taken apart again; whether its token still holds is asked each time. */
    private AuthOutcome check(String line) {
        AccessTokens.Known known = lately.get(line);
        if (known != null) {
            return tokens.check(known);
        }
        String token = line.substring(PREFIX.length()).strip();
        if (!Token68.is(token)) {
            return AuthOutcome.failed(FailureReason.MALFORMED_CREDENTIAL);
        }
        AccessTokens.Known found = tokens.find(token);
        if (found == null) {
            return AuthOutcome.failed(FailureReason.BAD_SIGNATURE);
        }
        AuthOutcome outcome = tokens.check(found);
        if (outcome instanceof AuthOutcome.Authenticated) {
            lately.put(line, found);
        }
        return outcome;
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
