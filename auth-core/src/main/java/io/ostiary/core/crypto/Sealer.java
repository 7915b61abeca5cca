package io.ostiary.core.crypto;

import io.ostiary.core.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Seals small data that a browser keeps for us: AES-256-GCM with a random 96-bit nonce. A sealed text opens only with
 * the same key and the same context, so it cannot be moved to another cookie. Thread-safe.
 */
public final class Sealer {
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final String CIPHER = "AES/GCM/NoPadding";
    private final SecretKey key;
    private final Tokens tokens;

    /**
     * Takes a key of its own.
     *
     * @param key 32 bytes, used for nothing else
     * @param tokens source of nonces
     * @throws IllegalArgumentException if the key has another length
     */
    public Sealer(Secret key, Tokens tokens) {
        if (key.size() != KEY_BYTES) {
            throw new IllegalArgumentException("a sealing key has " + KEY_BYTES + " bytes");
        }
        this.key = new SecretKeySpec(key.revealBytes(), "AES");
        this.tokens = tokens;
    }

    /**
     * Seals.
     *
     * @param plain any bytes
     * @param context where the result belongs, for example the cookie's name; checked on opening
     * @return base64url, about 4/3 of the length plus 38 characters
     */
    public String seal(byte[] plain, String context) {
        try {
            byte[] nonce = tokens.bytes(NONCE_BYTES);
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, nonce, 0, context);
            byte[] sealed = new byte[NONCE_BYTES + cipher.getOutputSize(plain.length)];
            System.arraycopy(nonce, 0, sealed, 0, NONCE_BYTES);
            cipher.doFinal(plain, 0, plain.length, sealed, NONCE_BYTES);
            return encoded(sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM failed", e);
        }
    }

    /**
     * Opens.
     *
     * @param sealed what {@link #seal} returned, or anything else
     * @param context the context it was sealed for
     * @return null if it was not sealed by this key for this context
     */
    public byte @Nullable [] open(String sealed, String context) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(sealed);
            // The decoder also takes padding and stray low bits: one sealed text must not have several spellings.
            if (bytes.length < NONCE_BYTES + TAG_BITS / 8 || !encoded(bytes).equals(sealed)) {
                return null;
            }
            return cipher(Cipher.DECRYPT_MODE, bytes, 0, context)
                    .doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
        } catch (IllegalArgumentException | GeneralSecurityException notOurs) {
            return null;
        }
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private Cipher cipher(int mode, byte[] nonce, int offset, String context) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce, offset, NONCE_BYTES));
        cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
