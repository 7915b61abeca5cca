package io.ostiary.core.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.core.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SealerTest {
    private static final String CONTEXT = "__Host-ostiary-login";
    private static final byte[] PLAIN = "canary-4f1d".getBytes(StandardCharsets.UTF_8);
    private final Sealer sealer = new Sealer(key(1), new Tokens());

    private static Secret key(int fill) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) fill);
        return Secret.of(bytes);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 15, 16, 17, 4096})
    void opensWhatItSealed(int length) {
        byte[] plain = new byte[length];
        String sealed = sealer.seal(plain, CONTEXT);
        assertArrayEquals(plain, sealer.open(sealed, CONTEXT));
        assertTrue(sealed.matches("[A-Za-z0-9_-]+"), "fits a cookie: " + sealed);
        assertTrue(sealed.length() <= (length + 2) * 4 / 3 + 38);
    }

    @Test
    void theSameTextIsSealedDifferentlyEachTime() {
        String sealed = sealer.seal(PLAIN, CONTEXT);
        assertNotEquals(sealed, sealer.seal(PLAIN, CONTEXT));
        assertFalse(new String(bytes(sealed), StandardCharsets.ISO_8859_1).contains("canary"));
    }

    @Test
    void anyChangedByteKeepsItClosed() {
        String sealed = sealer.seal(PLAIN, CONTEXT);
        byte[] bytes = bytes(sealed);
        assertEquals(12 + PLAIN.length + 16, bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            for (int bit = 0; bit < 8; bit++) {
                bytes[i] ^= (byte) (1 << bit);
                assertNull(sealer.open(text(bytes), CONTEXT), "byte " + i + " bit " + bit);
                bytes[i] ^= (byte) (1 << bit);
            }
        }
        assertArrayEquals(PLAIN, sealer.open(text(bytes), CONTEXT));
    }

    @Test
    void anyChangedCharacterKeepsItClosed() {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/=. ";
        for (int length = 0; length < 3; length++) {
            String sealed = sealer.seal(new byte[length], CONTEXT);
            for (int i = 0; i < sealed.length(); i++) {
                for (int c = 0; c < alphabet.length(); c++) {
                    String other = sealed.substring(0, i) + alphabet.charAt(c) + sealed.substring(i + 1);
                    if (!other.equals(sealed)) {
                        assertNull(sealer.open(other, CONTEXT), other);
                    }
                }
            }
        }
    }

    @Test
    void anythingCutOrAddedKeepsItClosed() {
        String sealed = sealer.seal(PLAIN, CONTEXT);
        for (int i = 0; i < sealed.length(); i++) {
            assertNull(sealer.open(sealed.substring(0, i), CONTEXT));
            assertNull(sealer.open(sealed.substring(i + 1), CONTEXT));
        }
        for (String more : new String[] {"=", "==", "A", "AA", "AAAA", " ", "\n", "\u20ac"}) {
            assertNull(sealer.open(sealed + more, CONTEXT), more);
            assertNull(sealer.open(more + sealed, CONTEXT), more);
        }
    }

    @Test
    void anotherContextOrAnotherKeyKeepsItClosed() {
        String sealed = sealer.seal(PLAIN, CONTEXT);
        assertNull(sealer.open(sealed, CONTEXT + "x"));
        assertNull(sealer.open(sealed, ""));
        assertNull(new Sealer(key(2), new Tokens()).open(sealed, CONTEXT));
        assertArrayEquals(PLAIN, new Sealer(key(1), new Tokens()).open(sealed, CONTEXT));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16, 24, 31, 33, 64})
    void takesNoKeyOfAnotherLength(int length) {
        Secret key = Secret.of(new byte[length]);
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> new Sealer(key, new Tokens()));
        assertEquals("a sealing key has 32 bytes", refusal.getMessage());
    }

    private static byte[] bytes(String sealed) {
        return Base64.getUrlDecoder().decode(sealed);
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
