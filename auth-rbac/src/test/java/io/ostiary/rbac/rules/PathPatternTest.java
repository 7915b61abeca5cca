package io.ostiary.rbac.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PathPatternTest {
    @ParameterizedTest
    @ValueSource(strings = {"/", "/**", "/a", "/a/", "/a/**", "/*", "/*/", "/*/**", "/a/*/b", "/\u00e9.html"})
    void showsItselfAsWritten(String text) {
        assertEquals(text, PathPattern.parse(text).toString());
    }

    @Test
    void theMoreSpecificComesFirst() {
        List<String> sorted = List.of(
                "/", "/a", "/a/", "/a/b", "/a/b/**", "/a/*", "/a/*/c", "/a/*/**", "/a/**", "/b", "/*", "/*/a", "/*/**",
                "/**");
        Random random = new Random(7);
        for (int round = 0; round < 20; round++) {
            List<PathPattern> patterns =
                    new ArrayList<>(sorted.stream().map(PathPattern::parse).toList());
            Collections.shuffle(patterns, random);
            patterns.sort(PathPattern.SPECIFICITY);
            assertEquals(sorted, patterns.stream().map(PathPattern::toString).toList());
        }
        assertEquals(0, PathPattern.SPECIFICITY.compare(PathPattern.parse("/a/*"), PathPattern.parse("/a/*")));
    }

    @Test
    void takesSegments() {
        PathPattern pattern = PathPattern.parse("/a/*");
        assertTrue(pattern.takes(0, "a"));
        assertFalse(pattern.takes(0, "b"));
        assertTrue(pattern.takes(1, "b"));
        assertFalse(pattern.takes(1, ""));
        assertFalse(pattern.takes(2, "b"));
    }

    @Test
    void cannotBeChanged() {
        assertThrows(
                UnsupportedOperationException.class,
                () -> PathPattern.parse("/a").segments().add("b"));
    }
}
