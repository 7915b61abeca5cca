package io.ostiary.core;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that must not leak: they never print, compare in constant time and are not serialisable. Immutable and
 * thread-safe. The one way to read them is {@link #revealBytes()}, so that an audit is a text search.
 */
public final class Secret {
    private final byte[] bytes;

    private Secret(byte[] bytes) {
        if (bytes.length == 0) {
            throw new IllegalArgumentException("a secret must not be empty");
        }
        this.bytes = bytes;
    }

    /**
     * Wraps the UTF-8 bytes of a text.
     *
     * @param text not empty
     * @return a secret
     * @throws IllegalArgumentException if the text is empty
     */
    public static Secret of(String text) {
        return new Secret(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Wraps a copy of some bytes.
     *
     * @param bytes not empty
     * @return a secret
     * @throws IllegalArgumentException if there are no bytes
     */
    public static Secret of(byte[] bytes) {
        return new Secret(bytes.clone());
    }

    /**
     * Hands out the content. Whoever calls this answers for where the bytes go.
     *
     * @return a copy
     */
    public byte[] revealBytes() {
        return bytes.clone();
    }

    /**
     * Returns the length.
     *
     * @return number of bytes, at least 1
     */
    public int size() {
        return bytes.length;
    }

    /** Compares in a time that depends on the lengths only. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret secret && MessageDigest.isEqual(bytes, secret.bytes);
    }

    /** The same for all secrets: a hash of the content would be a partial reader. */
    @Override
    public int hashCode() {
        return Secret.class.hashCode();
    }

    @Override
    public String toString() {
        return "Secret[hidden]";
    }
}
