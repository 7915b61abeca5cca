package io.ostiary.core.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TokensTest {
    @Test
    void aTokenHas256RandomBitsInBase64Url() {
        Tokens tokens = new Tokens();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            String token = tokens.next();
            assertTrue(token.matches("[A-Za-z0-9_-]{43}"), token);
            assertTrue(seen.add(token));
        }
    }

    @Test
    void drawsFromTheGeneratorItWasGiven() {
        SecureRandom sevens = new SecureRandom() {
            private static final long serialVersionUID = 1L;

            @Override
            public void nextBytes(byte[] bytes) {
                Arrays.fill(bytes, (byte) 7);
            }
        };
        assertArrayEquals(new byte[] {7, 7, 7}, new Tokens(sevens).bytes(3));
        assertEquals("BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc", new Tokens(sevens).next());
    }

    @Test
    void fips180DigestOfAbc() {
        String expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assertEquals(expected, HexFormat.of().formatHex(Tokens.sha256("abc")));
        assertEquals(expected, HexFormat.of().formatHex(Tokens.sha256("abc".getBytes(StandardCharsets.UTF_8))));
        assertEquals("ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0", Tokens.digest("abc"));
        assertNotEquals(Tokens.digest("abc"), Tokens.digest("abc "));
    }
}
