package io.ostiary.core.jose;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Algorithms by which the application may sign tokens of its own (RFC 7518 section 3.1, RFC 8037 section 3.1). */
public enum TokenAlgorithm {
    /** ECDSA with P-256 and SHA-256. */
    ES256("ES256"),
    /** EdDSA with Ed25519. */
    EDDSA("EdDSA"),
    /** RSASSA-PKCS1-v1_5 with SHA-256. */
    RS256("RS256"),
    /** HMAC with SHA-256: whoever can check a token can also make one. */
    HS256("HS256");

    private final String header;

    TokenAlgorithm(String header) {
        this.header = header;
    }

    /** The exact text of {@code alg}. */
    String header() {
        return header;
    }

    static boolean names(@Nullable String header) {
        for (TokenAlgorithm algorithm : values()) {
            if (algorithm.header.equals(header)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the name in lower case, as settings write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
