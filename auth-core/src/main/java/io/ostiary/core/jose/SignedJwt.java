package io.ostiary.core.jose;

import io.ostiary.core.json.Json;
import io.ostiary.core.json.JsonException;
import io.ostiary.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A signed JWT that came from outside, taken apart and not yet believed. Only the compact form of a signature exists here:
 * no encryption, no {@code none}, no extension. Keys and addresses of keys in the header are not read. Immutable.
 */
public final class SignedJwt {
    /** Longest token that is looked at, in characters. */
    public static final int MAX_LENGTH = 64 * 1024;

    private static final int MAX_HEADER_BYTES = 8 * 1024;
    private static final int MAX_KID_LENGTH = 512;
    private final JsonObject header;
    private final JsonObject claims;
    private final String signed;
    private final byte[] signature;

    private SignedJwt(JsonObject header, JsonObject claims, String signed, byte[] signature) {
        this.header = header;
        this.claims = claims;
        this.signed = signed;
        this.signature = signature;
    }

    /** What came of checking a signature. */
    public sealed interface Verification {
        /**
         * The signature holds.
         *
         * @param claims now worth reading; still to be checked for issuer, audience and time
         * @param algorithm by which it was signed
         */
        record Verified(JsonObject claims, JwsAlgorithm algorithm) implements Verification {}

        /** No key of this id and kind is in the set; a newer set may have it. */
        record UnknownKey() implements Verification {}

        /** The signature does not hold, or is of a kind that is not allowed. */
        record Refused() implements Verification {}
    }

    /**
     * Takes a token apart.
     *
     * @param token any text
     * @return null if it is no signed JWT that could be believed whatever the key
     */
    public static @Nullable SignedJwt parse(String token) {
        int first = token.indexOf('.');
        int second = token.indexOf('.', first + 1);
        if (token.length() > MAX_LENGTH || first <= 0 || second < 0 || token.indexOf('.', second + 1) >= 0) {
            return null;
        }
        byte[] header = decode(token.substring(0, first));
        byte[] claims = decode(token.substring(first + 1, second));
        byte[] signature = decode(token.substring(second + 1));
        if (header == null || claims == null || signature == null || signature.length == 0) {
            return null;
        }
        try {
            JsonObject parsed = Json.object(header, MAX_HEADER_BYTES);
            return usable(parsed)
                    ? new SignedJwt(parsed, Json.object(claims, MAX_LENGTH), token.substring(0, second), signature)
                    : null;
        } catch (JsonException malformed) {
            return null;
        }
    }

    /**
     * Returns the claims before anything proves them; good only for refusing early.
     *
     * @return what the token says
     */
    public JsonObject unverifiedClaims() {
        return claims;
    }

    /**
     * Returns the {@code typ} of the header.
     *
     * @return null if it is absent
     */
    public @Nullable String type() {
        return header.text("typ");
    }

    /**
     * Checks the signature.
     *
     * @param keys the issuer's keys
     * @param allowed algorithms that were agreed on; the token cannot widen them
     * @return verified, unknown key, or refused
     */
    public Verification verify(KeySet keys, Set<JwsAlgorithm> allowed) {
        JwsAlgorithm algorithm = JwsAlgorithm.named(header.text("alg"));
        if (algorithm == null || !allowed.contains(algorithm)) {
            return new Verification.Refused();
        }
        byte[] input = signed.getBytes(StandardCharsets.US_ASCII);
        return switch (keys.verify(header.text("kid"), algorithm, input, signature)) {
            case HOLDS -> new Verification.Verified(claims, algorithm);
            case NO_KEY -> new Verification.UnknownKey();
            case FAILS -> new Verification.Refused();
        };
    }

    @Nullable
    String kid() {
        return header.text("kid");
    }

    @Nullable
    String algorithm() {
        return header.text("alg");
    }

    byte[] input() {
        return signed.getBytes(StandardCharsets.US_ASCII);
    }

    byte[] signature() {
        return signature.clone();
    }

    /** Hides the token. */
    @Override
    public String toString() {
        return "SignedJwt[hidden]";
    }

    /** RFC 7515 4.1.11: an extension must be understood or the token refused; none is understood here. */
    private static boolean usable(JsonObject header) {
        String kid = header.text("kid");
        boolean kidOk = !header.has("kid") || kid != null && kid.length() <= MAX_KID_LENGTH;
        boolean typeOk = !header.has("typ") || header.text("typ") != null;
        String alg = header.text("alg");
        return (JwsAlgorithm.named(alg) != null || TokenAlgorithm.names(alg))
                && kidOk
                && typeOk
                && !header.has("crit")
                && !header.has("b64")
                && !header.has("zip")
                && !header.has("enc");
    }

    /** One text for each sequence of bytes: padding and left-over bits would let a token be altered and still hold. */
    private static byte @Nullable [] decode(String segment) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(segment);
            String canonical = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            return canonical.equals(segment) ? bytes : null;
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }
}
