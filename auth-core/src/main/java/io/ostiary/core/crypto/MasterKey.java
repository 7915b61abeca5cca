package io.ostiary.core.crypto;

import io.ostiary.core.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The one configured secret, from which a key for each purpose is derived (HKDF with SHA-256, RFC 5869), so that no key
 * serves two purposes. Immutable and thread-safe.
 */
public final class MasterKey {
    /** Least length of the configured secret in bytes. */
    public static final int MIN_BYTES = 32;

    private static final int HASH_BYTES = 32;
    private static final byte[] SALT = "io.ostiary/1".getBytes(StandardCharsets.UTF_8);
    private final Secret pseudorandomKey;

    /**
     * Takes the configured secret.
     *
     * @param secret at least {@value #MIN_BYTES} bytes
     * @throws IllegalArgumentException if it is shorter
     */
    public MasterKey(Secret secret) {
        if (secret.size() < MIN_BYTES) {
            throw new IllegalArgumentException("a master secret has at least " + MIN_BYTES + " bytes");
        }
        this.pseudorandomKey = Secret.of(extract(SALT, secret.revealBytes()));
    }

    /**
     * Derives a key.
     *
     * @param purpose what it is for; another text gives an unrelated key
     * @return 32 bytes
     */
    public Secret derive(String purpose) {
        return Secret.of(expand(pseudorandomKey.revealBytes(), purpose.getBytes(StandardCharsets.UTF_8), HASH_BYTES));
    }

    @Override
    public String toString() {
        return "MasterKey[hidden]";
    }

    /** RFC 5869 section 2.2. */
    static byte[] extract(byte[] salt, byte[] keyMaterial) {
        return hmac(salt.length == 0 ? new byte[HASH_BYTES] : salt, keyMaterial);
    }

    /** RFC 5869 section 2.3. */
    static byte[] expand(byte[] pseudorandomKey, byte[] info, int length) {
        if (length > 255 * HASH_BYTES) {
            throw new IllegalArgumentException("HKDF gives at most " + 255 * HASH_BYTES + " bytes");
        }
        byte[] output = new byte[length];
        byte[] block = new byte[0];
        int done = 0;
        for (byte counter = 1; done < length; counter++) {
            byte[] input = new byte[block.length + info.length + 1];
            System.arraycopy(block, 0, input, 0, block.length);
            System.arraycopy(info, 0, input, block.length, info.length);
            input[input.length - 1] = counter;
            block = hmac(pseudorandomKey, input);
            int take = Math.min(block.length, length - done);
            System.arraycopy(block, 0, output, done, take);
            done += take;
        }
        return output;
    }

    private static byte[] hmac(byte[] key, byte[] input) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
