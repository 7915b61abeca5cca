package io.ostiary.core.oauth;

import io.ostiary.core.AuthOutcome;
import io.ostiary.core.AuthRequest;
import io.ostiary.core.FailureReason;
import io.ostiary.core.jose.SignedJwt;
import io.ostiary.core.jose.Token68;
import io.ostiary.core.spi.Authenticator;
import io.ostiary.core.spi.SubjectEpochs;
import io.ostiary.core.spi.SubjectKey;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Knows callers by an access token of somebody else in {@code Authorization: Bearer} (RFC 6750 section 2.1). Which issuer's it
 * is, its {@code iss} says before anything proves it; that only chooses whose keys are asked. What belongs to none of them is
 * left to the application's own tokens. Thread-safe.
 */
final class ForeignBearer implements Authenticator {
    static final String SCHEME = "bearer";
    private static final String PREFIX = "Bearer ";
    private static final Pattern BLANKS = Pattern.compile("^ +");
    private final @Nullable Authenticator own;
    private final Map<String, ForeignTokens> issuers;
    private final @Nullable ForeignTokens introspecting;
    private final Ends ends;
    private final String realm;

    /** When tokens end before their time. */
    record Ends(InstantSource clock, SubjectEpochs epochs) {}

    ForeignBearer(@Nullable Authenticator own, List<ForeignTokens> issuers, Ends ends, String realm) {
        this.own = own;
        this.issuers = issuers.stream().collect(Collectors.toMap(ForeignTokens::issuer, Function.identity()));
        this.introspecting =
                issuers.stream().filter(ForeignTokens::introspects).findFirst().orElse(null);
        this.ends = ends;
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
        boolean bearer = lines.stream().anyMatch(ForeignBearer::isBearer);
        if (!bearer) {
            return own == null ? AuthOutcome.absent() : own.authenticate(request);
        }
        if (lines.size() > 1) {
            return AuthOutcome.failed(FailureReason.DUPLICATE_CREDENTIAL);
        }
        String token =
                BLANKS.matcher(lines.get(0).substring(PREFIX.length() - 1)).replaceFirst("");
        if (token.length() > SignedJwt.MAX_LENGTH || !Token68.is(token)) {
            return AuthOutcome.failed(FailureReason.MALFORMED_CREDENTIAL);
        }
        try {
            return check(request, token);
        } catch (ProviderException e) {
            // Whether it holds cannot be told, so that nobody may pass, and nobody is told that it is wrong either.
            throw new UncheckedIOException(e);
        }
    }

    private AuthOutcome check(AuthRequest request, String token) throws ProviderException {
        SignedJwt jwt = SignedJwt.parse(token);
        if (jwt == null) {
            return introspecting == null ? elsewhere(request) : outcome(introspecting.opaque(token));
        }
        String issuer = jwt.unverifiedClaims().text("iss");
        ForeignTokens tokens = issuer == null ? null : issuers.get(issuer);
        return tokens == null ? elsewhere(request) : outcome(tokens.signed(token, jwt));
    }

    private AuthOutcome elsewhere(AuthRequest request) {
        return own == null ? AuthOutcome.failed(FailureReason.BAD_SIGNATURE) : own.authenticate(request);
    }

    /** "Log out everywhere" ends what was issued before it, whoever issued it. */
    private AuthOutcome outcome(ForeignTokens.@Nullable Known token) {
        if (token == null) {
            return AuthOutcome.failed(FailureReason.BAD_SIGNATURE);
        }
        Instant now = ends.clock().instant();
        if (!now.isBefore(token.until())) {
            return AuthOutcome.failed(FailureReason.EXPIRED_CREDENTIAL);
        }
        boolean withdrawn = !token.issued().isAfter(ends.epochs().notBefore(SubjectKey.of(token.identity())));
        return withdrawn
                ? AuthOutcome.failed(FailureReason.REVOKED_CREDENTIAL)
                : new AuthOutcome.Authenticated(token.identity());
    }

    private static boolean isBearer(String line) {
        int length = PREFIX.length() - 1;
        boolean named = line.regionMatches(true, 0, PREFIX, 0, length);
        return named && (line.length() == length || line.charAt(length) == ' ');
    }
}
