package io.ostiary.core.path;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LookalikesTest {
    /** Readers that compare capitals see two letters in a sharp s, and in a ligature. */
    @ParameterizedTest
    @CsvSource({
        "/acce\u00df/x, /access/*",
        "/ACCE\u1e9e, /access",
        "/o\ufb03ce/x, /office/*",
        "/STRASSE/x, /stra\u00dfe/*"
    })
    void pth16aLetterMayHaveSeveralCapitals(String path, String guarded) {
        assertTrue(new Lookalikes(List.of(guarded)).imitates(path), path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/Users/x", "/users/x", "/users", "/Users"})
    void guardedPathsThatLookAlikeAreThemselves(String path) {
        assertFalse(new Lookalikes(List.of("/users/*", "/Users/*")).imitates(path), path);
    }

    @Test
    void whatLooksLikeBothIsNeither() {
        assertTrue(new Lookalikes(List.of("/users/*", "/Users/*")).imitates("/USERS/x"));
    }

    @Test
    void isFoundAtAnyDepth() {
        Lookalikes deep = new Lookalikes(List.of("/a/b/c/*", "/z"));
        assertTrue(deep.imitates("/a/B/c"));
        assertTrue(deep.imitates("/a/b/C/d/e"));
        assertTrue(deep.imitates("/Z/x"));
        assertFalse(deep.imitates("/a/b/c/D"));
        assertFalse(deep.imitates("/a/b/Cc"));
        assertFalse(deep.imitates("/A/b"));
    }
}
