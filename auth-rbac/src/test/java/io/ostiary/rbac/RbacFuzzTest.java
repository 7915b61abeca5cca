package io.ostiary.rbac;

import static io.ostiary.rbac.RbacFixture.user;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.Set;

/** Any text is a hierarchy or a permission, or refused as a malformed one, and never more than it says. */
final class RbacFuzzTest {
    @FuzzTest(maxDuration = "30s")
    void anyTextIsAHierarchyOrRefused(FuzzedDataProvider data) {
        String text = data.consumeRemainingAsString();
        RoleHierarchy hierarchy;
        try {
            hierarchy = RoleHierarchy.parse(text);
        } catch (IllegalArgumentException refused) {
            assertTrue(String.valueOf(refused.getMessage()).startsWith("has "), refused.getMessage());
            return;
        }
        for (String role : hierarchy.roles()) {
            assertTrue(text.contains(role));
            Set<String> closure = hierarchy.closure(Set.of(role));
            assertEquals(closure, hierarchy.closure(closure));
            closure.forEach(junior -> assertTrue(junior.equals(role) || !hierarchy.implies(junior, role)));
        }
    }

    @FuzzTest(maxDuration = "30s")
    void anyTextIsAPermissionOrRefused(FuzzedDataProvider data) {
        String text = data.consumeRemainingAsString();
        try {
            PermissionPattern pattern = PermissionPattern.withWildcard(text);
            assertEquals(text, pattern.toString());
            assertEquals(text.contains("*"), !concrete(text));
            assertTrue(pattern.covers(pattern));
        } catch (IllegalArgumentException refused) {
            assertFalse(concrete(text));
        }
        boolean holds = new Grant("x.y", List.of()).to(user("u").plusPermissions(Set.of(text)));
        assertEquals(text.equals("x.y"), holds);
    }

    private static boolean concrete(String text) {
        try {
            return PermissionPattern.concrete(text).toString().equals(text);
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }
}
