package io.ostiary.core.jose;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Signature algorithms that can be allowed (RFC 7518 section 3). There is no {@code none}, and no HMAC: a secret that two
 * parties share proves nothing about which of them signed, and mixing it with public keys is how verifiers were fooled.
 */
public enum JwsAlgorithm {
    /** RSASSA-PKCS1-v1_5 with SHA-256. */
    RS256("SHA-256", ""),
    /** RSASSA-PKCS1-v1_5 with SHA-384. */
    RS384("SHA-384", ""),
    /** RSASSA-PKCS1-v1_5 with SHA-512. */
    RS512("SHA-512", ""),
    /** RSASSA-PSS with SHA-256. */
    PS256("SHA-256", ""),
    /** RSASSA-PSS with SHA-384. */
    PS384("SHA-384", ""),
    /** RSASSA-PSS with SHA-512. */
    PS512("SHA-512", ""),
    /** ECDSA with P-256 and SHA-256. */
    ES256("SHA-256", "P-256"),
    /** ECDSA with P-384 and SHA-384. */
    ES384("SHA-384", "P-384"),
    /** ECDSA with P-521 and SHA-512. */
    ES512("SHA-512", "P-521");

    private final String hash;
    private final String curve;

    JwsAlgorithm(String hash, String curve) {
        this.hash = hash;
        this.curve = curve;
    }

    /**
     * Returns the hash that the algorithm uses, which is also that of {@code at_hash}.
     *
     * @return a name for {@link java.security.MessageDigest}
     */
    public String hash() {
        return hash;
    }

    /** Empty for RSA. */
    String curve() {
        return curve;
    }

    /** Exact case, as RFC 7515 section 4.1.1 says. */
    static @Nullable JwsAlgorithm named(@Nullable String name) {
        for (JwsAlgorithm algorithm : values()) {
            if (algorithm.name().equals(name)) {
                return algorithm;
            }
        }
        return null;
    }

    /** Returns the name in lower case, as settings write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
