package io.ostiary.core.csrf;

import io.ostiary.core.Secret;
import io.ostiary.core.crypto.Tokens;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that belong to one session: an HMAC over what names it, hidden under a random mask in each answer so that a
 * compressed page does not give it away (BREACH). Nothing is stored. Thread-safe.
 */
final class CsrfTokens {
    private static final int BYTES = 32;
    private static final int MAX_CHARS = 86;
    private final Secret key;
    private final Tokens random;
    private final String parameter;
    private final String header;

    CsrfTokens(Secret key, Tokens random, String parameter, String header) {
        this.key = key;
        this.random = random;
        this.parameter = parameter;
        this.header = header;
    }

    String parameter() {
        return parameter;
    }

    CsrfToken lazily(Supplier<@Nullable String> session) {
        return new CsrfToken(parameter, header, () -> {
            String bound = session.get();
            return bound == null ? "" : next(bound);
        });
    }

    String next(String session) {
        byte[] mask = random.bytes(BYTES);
        byte[] proof = proof(session);
        byte[] token = new byte[2 * BYTES];
        for (int i = 0; i < BYTES; i++) {
            token[i] = mask[i];
            token[BYTES + i] = (byte) (mask[i] ^ proof[i]);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    boolean fits(String sent, String session) {
        byte[] token;
        try {
            token = sent.length() == MAX_CHARS ? Base64.getUrlDecoder().decode(sent) : new byte[0];
        } catch (IllegalArgumentException notOurs) {
            return false;
        }
        if (token.length != 2 * BYTES) {
            return false;
        }
        byte[] found = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            found[i] = (byte) (token[i] ^ token[BYTES + i]);
        }
        return MessageDigest.isEqual(found, proof(session));
    }

    private byte[] proof(String session) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.revealBytes(), "HmacSHA256"));
            return mac.doFinal(session.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
