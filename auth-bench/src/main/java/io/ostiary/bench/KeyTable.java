package io.ostiary.bench;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/** A store of API keys for libraries that have none: it knows only the digests, as anybody's should. */
final class KeyTable {
    static final String RIGHT = "ost_live_0123456789abcdef_0123456789abcdef0123456789abcdef";
    static final String WRONG = RIGHT.replace('a', 'b');
    private final Map<String, String> owners = Map.of(digest(RIGHT), "bench");

    /** Null if there is no such key. */
    String owner(String key) {
        return owners.get(digest(key));
    }

    private static String digest(String key) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(sha256.digest(key.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
