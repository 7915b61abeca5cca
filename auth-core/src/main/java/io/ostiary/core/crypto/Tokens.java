package io.ostiary.core.crypto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** Makes unguessable tokens and the digests under which they are stored. Thread-safe. */
public final class Tokens {
    private static final int BYTES = 32;
    private final SecureRandom random;

    /** Draws from the system's generator. */
    public Tokens() {
        this(new SecureRandom());
    }

    /**
     * Draws from a given generator.
     *
     * @param random source of randomness
     */
    public Tokens(SecureRandom random) {
        this.random = random;
    }

    /**
     * Makes a token.
     *
     * @return 256 random bits as 43 characters of base64url
     */
    public String next() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(BYTES));
    }

    /**
     * Makes random bytes.
     *
     * @param count how many
     * @return new bytes
     */
    public byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /**
     * Digests a token with SHA-256. A fast hash is right here: the input has 256 random bits.
     *
     * @param token any text
     * @return 32 bytes
     */
    public static byte[] sha256(String token) {
        return sha256(token.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Digests bytes with SHA-256.
     *
     * @param bytes any bytes
     * @return 32 bytes
     */
    public static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * Digests a token to text.
     *
     * @param token any text
     * @return 43 characters of base64url
     */
    public static String digest(String token) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(token));
    }
}
