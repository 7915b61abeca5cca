package io.ostiary.core;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class IncidentIdsTest {
    @Test
    void areShortUniqueAndSafeInEveryAnswer() {
        IncidentIds ids = new IncidentIds();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            String id = ids.next();
            assertTrue(id.matches("[0-9a-z]{1,13}"), id);
            assertTrue(seen.add(id), id);
        }
    }

    @Test
    void startAnywhere() {
        assertNotEquals(new IncidentIds().next(), new IncidentIds().next());
    }
}
