package io.ostiary.core.oauth;

import io.ostiary.core.FailureReason;
import io.ostiary.core.jose.JwsAlgorithm;
import io.ostiary.core.jose.SignedJwt;
import io.ostiary.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks an ID token in the order of OpenID Connect Core 3.1.3.7; each message names the clause. Thread-safe.
 */
final class IdTokenCheck {
    /** How far clocks may differ. */
    static final Duration SKEW = Duration.ofSeconds(60);

    private static final int MAX_SUBJECT = 255;
    private final ProviderSettings settings;
    private final Signatures signatures;
    private final InstantSource clock;

    IdTokenCheck(ProviderSettings settings, Signatures signatures, InstantSource clock) {
        this.settings = settings;
        this.signatures = signatures;
        this.clock = clock;
    }

    /**
     * What the token must fit.
     *
     * @param nonce sent with the login request
     * @param refreshed whether it came with a refresh, where the nonce may be missing (Core 12.2)
     * @param startedAt when the request was made; the token cannot be older
     * @param anew whether the person was to prove anew who they are, after {@code startedAt}
     * @param accessToken came with it
     */
    record Expected(String nonce, boolean refreshed, Instant startedAt, boolean anew, String accessToken) {
        @Override
        public String toString() {
            return "Expected[hidden]";
        }
    }

    JsonObject check(String idToken, Expected expected) throws ProviderException {
        SignedJwt token = signed(idToken);
        JsonObject unverified = token.unverifiedClaims();
        issuer(unverified);
        audience(unverified);
        SignedJwt.Verification.Verified verified = signatures.verify(token, "3.1.3.7 (6)-(8): signature");
        JsonObject claims = verified.claims();
        times(claims, expected.startedAt());
        nonce(claims, expected);
        if (!expected.refreshed()) {
            proof(claims, expected);
        }
        subject(claims);
        accessTokenHash(claims, verified.algorithm(), expected.accessToken());
        return claims;
    }

    /** (1): encryption was never agreed on, so that an encrypted token is refused like any other text. */
    private static SignedJwt signed(String idToken) throws ProviderException {
        SignedJwt token = SignedJwt.parse(idToken);
        if (token == null) {
            throw refused("3.1.3.7 (1): not a signed JWT");
        }
        String type = token.type();
        if (type != null && !type.equalsIgnoreCase("JWT")) {
            throw refused("RFC 8725 3.11: another kind of token");
        }
        return token;
    }

    /** (2). */
    private void issuer(JsonObject claims) throws ProviderException {
        if (!IssuerRule.matches(settings.issuer(), claims)) {
            throw refused("3.1.3.7 (2): iss");
        }
    }

    /** (3) to (5): for us, and for nobody else; then azp can name nobody else either. */
    private void audience(JsonObject claims) throws ProviderException {
        String client = settings.client().id();
        if (!Audience.isOnly(client, claims)) {
            throw refused("3.1.3.7 (3): aud");
        }
        if (claims.has("azp") && !client.equals(claims.text("azp"))) {
            throw refused("3.1.3.7 (5): azp");
        }
    }

    /** (9) and (10). */
    private void times(JsonObject claims, Instant startedAt) throws ProviderException {
        double now = seconds(clock.instant());
        double skew = SKEW.toSeconds();
        Double expires = claims.number("exp");
        Double issued = claims.number("iat");
        Double notBefore = claims.number("nbf");
        if (expires == null || expires <= now - skew) {
            throw refused("3.1.3.7 (9): exp");
        }
        if (issued == null || issued > now + skew || issued > expires) {
            throw refused("3.1.3.7 (10): iat");
        }
        if (issued < seconds(startedAt) - skew) {
            throw refused("3.1.3.7 (10): iat is before this login");
        }
        if (claims.has("nbf") && (notBefore == null || notBefore > now + skew)) {
            throw refused("RFC 7519 4.1.5: nbf");
        }
    }

    /** (11). */
    private static void nonce(JsonObject claims, Expected expected) throws ProviderException {
        if (expected.refreshed() && !claims.has("nonce")) {
            return;
        }
        String nonce = claims.text("nonce");
        if (nonce == null || !same(nonce, expected.nonce())) {
            throw refused("3.1.3.7 (11): nonce");
        }
    }

    /** (12) and (13): what was asked for was also done. */
    private void proof(JsonObject claims, Expected expected) throws ProviderException {
        List<String> wanted = settings.request().acrValues();
        String acr = claims.text("acr");
        if (!wanted.isEmpty() && (acr == null || !wanted.contains(acr))) {
            throw ProviderException.of(FailureReason.LOGIN_TOO_WEAK, "ID token refused, 3.1.3.7 (12): acr");
        }
        Instant oldest = oldestProof(expected);
        if (oldest != null) {
            Double time = claims.number("auth_time");
            if (time == null || time < seconds(oldest.minus(SKEW))) {
                throw ProviderException.of(FailureReason.LOGIN_TOO_WEAK, "ID token refused, 3.1.3.7 (13): auth_time");
            }
        }
    }

    private @Nullable Instant oldestProof(Expected expected) {
        if (expected.anew()) {
            return expected.startedAt();
        }
        Duration maxAge = settings.request().maxAge();
        return maxAge == null ? null : clock.instant().minus(maxAge);
    }

    /** Section 2. */
    private static void subject(JsonObject claims) throws ProviderException {
        String subject = claims.text("sub");
        boolean possible = subject != null
                && !subject.isBlank()
                && subject.length() <= MAX_SUBJECT
                && subject.chars().noneMatch(Character::isISOControl);
        if (!possible) {
            throw refused("2: sub");
        }
    }

    /** 3.1.3.8: optional in this flow, but not wrong. */
    private static void accessTokenHash(JsonObject claims, JwsAlgorithm algorithm, String accessToken)
            throws ProviderException {
        if (!claims.has("at_hash")) {
            return;
        }
        String hash = claims.text("at_hash");
        if (hash == null || !same(hash, halfHash(algorithm, accessToken))) {
            throw refused("3.1.3.8: at_hash");
        }
    }

    private static String halfHash(JwsAlgorithm algorithm, String text) {
        try {
            byte[] hash = MessageDigest.getInstance(algorithm.hash()).digest(text.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, hash.length / 2));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-2", e);
        }
    }

    private static double seconds(Instant instant) {
        return instant.toEpochMilli() / 1000.0;
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static ProviderException refused(String clause) {
        return ProviderException.of(FailureReason.ID_TOKEN_INVALID, "ID token refused, " + clause);
    }
}
