package io.ostiary.rbac;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RoleHierarchyTest {
    private final RoleHierarchy chain = RoleHierarchy.parse("admin > editor > viewer");

    @Test
    void seniorImpliesAllBelow() {
        assertEquals(Set.of("admin", "editor", "viewer"), chain.closure(Set.of("admin")));
        assertEquals(Set.of("editor", "viewer"), chain.closure(Set.of("editor")));
        assertEquals(Set.of("viewer"), chain.closure(Set.of("viewer")));
    }

    @Test
    void diamondIsNoCycle() {
        RoleHierarchy diamond = RoleHierarchy.parse("a > b > d; a > c > d");
        assertEquals(Set.of("a", "b", "c", "d"), diamond.closure(Set.of("a")));
        assertEquals(Set.of("b", "d"), diamond.closure(Set.of("b")));
    }

    @Test
    void keepsRolesThatItDoesNotName() {
        assertEquals(Set.of("other", "editor", "viewer"), chain.closure(Set.of("other", "editor")));
    }

    @Test
    void returnsTheSameSetWhenNothingIsImplied() {
        Set<String> held = Set.of("viewer", "other");
        assertSame(held, chain.closure(held));
        assertSame(held, RoleHierarchy.none().closure(held));
    }

    @Test
    void returnsTheSameResultForAnEqualSet() {
        assertSame(chain.closure(Set.of("admin", "other")), chain.closure(Set.of("other", "admin")));
    }

    @Test
    void resultAndRolesCannotBeChanged() {
        assertThrows(
                UnsupportedOperationException.class,
                () -> chain.closure(Set.of("admin")).add("x"));
        assertThrows(
                UnsupportedOperationException.class,
                () -> chain.closure(new HashSet<>(Set.of("x"))).add("y"));
        assertThrows(UnsupportedOperationException.class, () -> chain.roles().add("x"));
    }

    @Test
    void changingTheSetAskedWithChangesNoLaterAnswer() {
        Set<String> held = new HashSet<>(Set.of("viewer"));
        chain.closure(held);
        held.add("admin");
        assertEquals(Set.of("viewer"), chain.closure(Set.of("viewer")));
        assertEquals(Set.of("admin", "editor", "viewer"), chain.closure(held));
    }

    @Test
    void remembersABoundedNumberOfSets() {
        for (int i = 0; i < 5_000; i++) {
            chain.closure(Set.of("editor", "r" + i));
            assertTrue(chain.remembered() <= 1_024);
        }
        assertEquals(Set.of("r1", "editor", "viewer"), chain.closure(Set.of("r1", "editor")));
    }

    @Test
    void impliesReflexivelyAndDownwardsOnly() {
        assertTrue(chain.implies("admin", "viewer"));
        assertTrue(chain.implies("stranger", "stranger"));
        assertFalse(chain.implies("viewer", "admin"));
        assertFalse(chain.implies("stranger", "viewer"));
    }

    @Test
    void caseCounts() {
        assertEquals(Set.of("Admin"), chain.closure(Set.of("Admin")));
        assertFalse(chain.implies("ADMIN", "viewer"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin,", "admin ", "ROLE_admin", "*", "", "*:*"})
    void aut03NameTricksImplyNothing(String name) {
        assertEquals(Set.of(name), chain.closure(Set.of(name)));
    }

    @Test
    void equalityIsByWhatIsImplied() {
        RoleHierarchy same = RoleHierarchy.parse(" admin>editor ; editor >viewer; admin > viewer ");
        assertEquals(chain, same);
        assertEquals(chain.hashCode(), same.hashCode());
        assertNotEquals(chain, RoleHierarchy.parse("admin > editor; admin > viewer"));
        assertNotEquals(RoleHierarchy.none(), RoleHierarchy.of(Map.of("a", Set.of())));
        assertNotEquals(chain, new Object());
    }

    @Test
    void showsWhatEachRoleImplies() {
        assertEquals("admin > editor, viewer; editor > viewer", chain.toString());
        assertEquals("", RoleHierarchy.none().toString());
    }

    @Test
    void namesAllItsRoles() {
        assertEquals(Set.of("admin", "editor", "viewer"), new TreeSet<>(chain.roles()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a > a | has the cycle a > a",
                "a > b > a | has the cycle a > b > a",
                "x > a > b; b > c; c > a | has the cycle a > b > c > a",
                "z > a; a > z | has the cycle a > z > a",
                "a > b; | has an empty chain; allowed: chains of at least two roles such as 'admin > editor > viewer', separated by ';'",
                "'' | has an empty chain; allowed: chains of at least two roles such as 'admin > editor > viewer', separated by ';'",
                "a | has the chain 'a' of one role; allowed: chains of at least two roles such as 'admin > editor > viewer', separated by ';'",
                "a > > b | has the chain 'a > > b' with the name ''; a role name has 1 to 64 letters, digits, '_', '.' and '-' and begins with a letter",
                "a > b > | has the chain 'a > b >' with the name ''; a role name has 1 to 64 letters, digits, '_', '.' and '-' and begins with a letter",
                "a < b | has the chain 'a < b' with the name 'a < b'; a role name has 1 to 64 letters, digits, '_', '.' and '-' and begins with a letter",
                "a > b, c | has the chain 'a > b, c' with the name 'b, c'; a role name has 1 to 64 letters, digits, '_', '.' and '-' and begins with a letter",
                "a > * | has the chain 'a > *' with the name '*'; a role name has 1 to 64 letters, digits, '_', '.' and '-' and begins with a letter"
            })
    void refusesMalformedText(String text, String message) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> RoleHierarchy.parse(text))
                        .getMessage());
    }

    @Test
    void refusesMalformedNamesInAMap() {
        String message =
                "has the name '9'; a role name has 1 to 64 letters, digits, '_', '.' and '-' and begins with a letter";
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> RoleHierarchy.of(Map.of("a", Set.of("9"))))
                        .getMessage());
    }

    @Test
    void namesHaveAtMost64Characters() {
        String longest = "a".repeat(64);
        assertTrue(RoleHierarchy.parse(longest + " > b").implies(longest, "b"));
        assertThrows(IllegalArgumentException.class, () -> RoleHierarchy.parse(longest + "a > b"));
    }

    @Test
    void aChainOfAThousandRolesCloses() {
        StringBuilder text = new StringBuilder("r0");
        for (int i = 1; i < 1_000; i++) {
            text.append(" > r").append(i);
        }
        assertEquals(
                1_000,
                RoleHierarchy.parse(text.toString()).closure(Set.of("r0")).size());
    }
}
