package io.ostiary.apikey.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ContentDigestTest {
    private static final byte[] HELLO = "{\"hello\": \"world\"}".getBytes(StandardCharsets.US_ASCII);
    private static final String SHA256 = "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:";
    private static final String SHA512 =
            "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVL" + "vRwEmTHWXvJwew==:";

    @Test
    void rfc9530AppendixDSha256AndSha512() {
        assertEquals(SHA256, ContentDigest.of(HELLO));
        assertTrue(ContentDigest.matches(SHA256, HELLO));
        assertTrue(ContentDigest.matches(SHA512, HELLO));
        assertTrue(ContentDigest.matches(SHA256 + ", " + SHA512, HELLO));
    }

    @Test
    void passesOverWeakAlgorithmsButDemandsAStrongOne() {
        assertTrue(ContentDigest.matches("md5=:AAAA:, " + SHA256, HELLO));
        assertFalse(ContentDigest.matches("md5=:AAAA:", HELLO));
        assertFalse(ContentDigest.matches("", HELLO));
    }

    @Test
    void everyStrongDigestMustBeRight() {
        assertFalse(ContentDigest.matches(SHA256 + ", " + SHA512.replace("WZDP", "WZDQ"), HELLO));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sha-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=",
                "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE:",
                "sha-256=::",
                "sha-256",
                "sha-256=(:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:)",
                "SHA-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:",
                "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:,"
            })
    void refusesOtherForms(String field) {
        assertFalse(ContentDigest.matches(field, HELLO));
    }
}
