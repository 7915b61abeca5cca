package io.ostiary.core.jose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class Token68Test {
    @ParameterizedTest
    @ValueSource(strings = {"a", "Z9", "eyJ.e30.c2ln", "a-._~+/b", "a=", "a==="})
    void rfc9110Section11Point2Takes(String text) {
        assertTrue(Token68.is(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "=", "==", "a=b", "=a", "a b", "a,b", "a\"", "a\n", "\u00e4", "a\u0000", "a:"})
    void rfc9110Section11Point2Refuses(String text) {
        assertFalse(Token68.is(text));
    }

    @Test
    void everyCharacterIsTakenOrRefusedAsTheGrammarSays() {
        for (char c = 0; c < 0x300; c++) {
            String text = "a" + c + "a";
            assertEquals(
                    text.matches("a[A-Za-z0-9._~+/-]a"), Token68.is(text), () -> Integer.toHexString(text.charAt(1)));
        }
    }
}
