package io.ostiary.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.Principal;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IdentityTest {
    private static final Identity ADA = new Identity(
            "Ada",
            "session",
            "https://op.example",
            "42",
            Set.of("admin"),
            Set.of("order:read"),
            Map.of("email", "ada@app.example"),
            Set.of("pwd"),
            Fixtures.NOON);

    @Test
    void isNamedAfterItsSubjectUntilNamed() {
        Identity identity = Identity.of("apikey", "local", "robot", Fixtures.NOON);
        Principal principal = identity;
        assertEquals("robot", principal.getName());
        assertEquals(
                new Identity(
                        "robot", "apikey", "local", "robot", Set.of(), Set.of(), Map.of(), Set.of(), Fixtures.NOON),
                identity);
        assertEquals("Robot", identity.withName("Robot").getName());
        assertEquals("robot", identity.withName("Robot").subject());
    }

    @Test
    void copiesWhatItIsMadeOf() {
        Set<String> roles = new HashSet<>(Set.of("a"));
        Set<String> permissions = new HashSet<>(Set.of("b"));
        Map<String, String> attributes = new HashMap<>(Map.of("c", "d"));
        Set<String> amr = new HashSet<>(Set.of("e"));
        Identity identity = new Identity("n", "s", "i", "u", roles, permissions, attributes, amr, Fixtures.NOON);
        for (Set<String> input : List.of(roles, permissions, amr)) {
            input.add("admin");
        }
        attributes.put("c", "changed");
        assertEquals(Set.of("a"), identity.roles());
        assertEquals(Set.of("b"), identity.permissions());
        assertEquals(Map.of("c", "d"), identity.attributes());
        assertEquals(Set.of("e"), identity.amr());
    }

    @Test
    void givesNothingThatCouldBeChanged() {
        for (Collection<String> part : List.of(ADA.roles(), ADA.permissions(), ADA.amr())) {
            assertThrows(UnsupportedOperationException.class, () -> part.add("admin"));
            assertThrows(UnsupportedOperationException.class, part::clear);
        }
        assertThrows(UnsupportedOperationException.class, () -> ADA.attributes().put("email", "eve@evil.example"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n"})
    void refusesBlankParts(String blank) {
        assertRefused("an identity needs a name", () -> ADA.withName(blank));
        assertRefused("an identity needs a scheme", () -> ADA.withScheme(blank));
        assertRefused("an identity needs an issuer", () -> Identity.of("session", blank, "42", Fixtures.NOON));
        assertRefused("an identity needs a name", () -> Identity.of("session", "local", blank, Fixtures.NOON));
        assertRefused(
                "an identity needs a subject",
                () -> new Identity("n", "s", "i", blank, Set.of(), Set.of(), Map.of(), Set.of(), Fixtures.NOON));
    }

    private static void assertRefused(String message, Runnable attempt) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, attempt::run).getMessage());
    }

    @Test
    void holdsARoleExactlyAsSpelt() {
        assertTrue(ADA.hasRole("admin"));
        assertFalse(ADA.hasRole("Admin"));
        assertFalse(ADA.hasRole("admin "));
        assertFalse(ADA.hasRole("order:read"));
    }

    @Test
    void addsRolesAndPermissionsWithoutTakingAny() {
        assertEquals(Set.of("admin", "editor"), ADA.plusRoles(Set.of("editor")).roles());
        assertEquals(
                Set.of("order:read", "order:write"),
                ADA.plusPermissions(Set.of("order:write")).permissions());
        assertEquals(Set.of("admin"), ADA.roles());
    }

    @Test
    void staysTheSameObjectIfNothingIsNew() {
        assertSame(ADA, ADA.plusRoles(Set.of("admin")));
        assertSame(ADA, ADA.plusRoles(Set.of()));
        assertSame(ADA, ADA.plusPermissions(Set.of("order:read")));
        assertNotSame(ADA, ADA.plusPermissions(Set.of("x")));
    }

    @Test
    void everyCopyChangesOnePartOnly() {
        Identity back = ADA.withName("x")
                .withScheme("bearer")
                .withAmr(Set.of("otp"))
                .withAttribute("email", "other@app.example")
                .withName("Ada")
                .withScheme("session")
                .withAmr(Set.of("pwd"))
                .withAttribute("email", "ada@app.example");
        assertEquals(ADA, back);
        assertEquals("bearer", ADA.withScheme("bearer").scheme());
        assertEquals(Set.of("otp"), ADA.withAmr(Set.of("otp")).amr());
        assertEquals(
                Map.of("email", "ada@app.example", "locale", "cy"),
                ADA.withAttribute("locale", "cy").attributes());
    }

    @Test
    void theSameSubjectOfAnotherIssuerIsSomebodyElse() {
        assertNotEquals(
                Identity.of("session", "https://op.example", "42", Fixtures.NOON),
                Identity.of("session", "https://other.example", "42", Fixtures.NOON));
    }
}
