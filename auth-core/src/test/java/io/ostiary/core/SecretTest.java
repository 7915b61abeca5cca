package io.ostiary.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class SecretTest {
    private static final String CANARY = "canary-4f1d";

    @Test
    void neverPrints() {
        Secret secret = Secret.of(CANARY);
        assertEquals("Secret[hidden]", secret.toString());
        assertEquals("Secret[hidden]", String.valueOf(Secret.of("other")));
    }

    @Test
    void itsHashTellsNothing() {
        assertEquals(Secret.of(CANARY).hashCode(), Secret.of("other").hashCode());
    }

    @Test
    void isNotSerializable() {
        assertFalse(Serializable.class.isAssignableFrom(Secret.class));
    }

    @Test
    void comparesByContent() {
        Secret secret = Secret.of(CANARY);
        assertEquals(secret, Secret.of(CANARY.getBytes(StandardCharsets.UTF_8)));
        assertNotEquals(secret, Secret.of("canary-4f1e"));
        assertNotEquals(secret, Secret.of("canary-4f1"));
        assertNotEquals(secret, Secret.of(CANARY + "x"));
        assertFalse(secret.equals((Object) CANARY));
        assertFalse(secret.equals(null));
    }

    @Test
    void isUtf8() {
        assertEquals(Secret.of(new byte[] {(byte) 0xe2, (byte) 0x82, (byte) 0xac}), Secret.of("\u20ac"));
        assertEquals(3, Secret.of("\u20ac").size());
    }

    @Test
    void isNotChangedThroughWhatItTookOrGave() {
        byte[] taken = CANARY.getBytes(StandardCharsets.UTF_8);
        Secret secret = Secret.of(taken);
        Arrays.fill(taken, (byte) 0);
        Arrays.fill(secret.revealBytes(), (byte) 0);
        assertArrayEquals(CANARY.getBytes(StandardCharsets.UTF_8), secret.revealBytes());
    }

    @Test
    void isNotEmpty() {
        assertEquals(
                "a secret must not be empty",
                assertThrows(IllegalArgumentException.class, () -> Secret.of(""))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> Secret.of(new byte[0]));
    }
}
