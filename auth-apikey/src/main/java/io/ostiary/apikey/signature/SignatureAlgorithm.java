package io.ostiary.apikey.signature;

import org.jspecify.annotations.Nullable;

/** The signature algorithms that are supported; all are safe at their only key size. */
public enum SignatureAlgorithm {
    /** HMAC with SHA-256 over a shared secret (RFC 9421 section 3.3.3). */
    HMAC_SHA256("hmac-sha256", "HmacSHA256", "HmacSHA256"),
    /** EdDSA over curve edwards25519 (RFC 9421 section 3.3.6). */
    ED25519("ed25519", "Ed25519", "Ed25519"),
    /** ECDSA over curve P-256 with SHA-256 (RFC 9421 section 3.3.4); the signature is r and s, 32 bytes each. */
    ECDSA_P256_SHA256("ecdsa-p256-sha256", "EC", "SHA256withECDSAinP1363Format");

    private final String registered;
    private final String keyType;
    private final String jdkName;

    SignatureAlgorithm(String registered, String keyType, String jdkName) {
        this.registered = registered;
        this.keyType = keyType;
        this.jdkName = jdkName;
    }

    /**
     * Returns the name in the HTTP Signature Algorithms registry.
     *
     * @return for example {@code ed25519}
     */
    public String registeredName() {
        return registered;
    }

    /**
     * Finds an algorithm.
     *
     * @param registeredName name in the registry
     * @return null if it is not supported
     */
    public static @Nullable SignatureAlgorithm of(String registeredName) {
        for (SignatureAlgorithm algorithm : values()) {
            if (algorithm.registered.equals(registeredName)) {
                return algorithm;
            }
        }
        return null;
    }

    String keyType() {
        return keyType;
    }

    String jdkName() {
        return jdkName;
    }
}
