package io.ostiary.apikey.signature;

import io.ostiary.apikey.signature.StructuredField.Item;
import io.ostiary.apikey.signature.StructuredField.Member;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;

/** The digest of a message's content (RFC 9530 section 2). */
public final class ContentDigest {
    /** Field name in lower case. */
    public static final String FIELD = "content-digest";

    /** Only these prove anything (RFC 9530 section 5); others, such as md5, are passed over. */
    private static final Map<String, String> STRONG = Map.of("sha-256", "SHA-256", "sha-512", "SHA-512");

    private ContentDigest() {}

    /**
     * Makes the value of {@code Content-Digest}.
     *
     * @param content the whole body
     * @return SHA-256 as a structured field
     */
    public static String of(byte[] content) {
        return "sha-256=" + StructuredField.bytes(digest("SHA-256", content));
    }

    /**
     * Checks a body.
     *
     * @param field all lines of {@code Content-Digest}, joined by a comma
     * @param content the whole body
     * @return true if there is at least one strong digest and every strong one is right
     */
    public static boolean matches(String field, byte[] content) {
        Map<String, Member> digests = StructuredField.dictionary(field);
        int right = 0;
        for (Map.Entry<String, Member> entry : (digests == null ? Map.<String, Member>of() : digests).entrySet()) {
            String algorithm = STRONG.get(entry.getKey());
            if (algorithm != null) {
                if (!(entry.getValue() instanceof Item item
                        && item.value() instanceof byte[] claimed
                        && MessageDigest.isEqual(claimed, digest(algorithm, content)))) {
                    return false;
                }
                right++;
            }
        }
        return right > 0;
    }

    private static byte[] digest(String algorithm, byte[] content) {
        try {
            return MessageDigest.getInstance(algorithm).digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }
}
