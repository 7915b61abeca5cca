package io.ostiary.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ostiary.testkit.FakeRequest;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The verdicts are in {@link DecisionTableTest}; here are the texts and the mistakes. */
final class PoliciesTest {
    private static final Set<String> MANY = new LinkedHashSet<>(List.of("editor", "admin", "Admin"));

    @Test
    void saysInWordsWhatItTakes() {
        assertEquals("open to all", Policies.permitAll().toString());
        assertEquals("closed to all", Policies.denyAll().toString());
        assertEquals("authenticated", Policies.authenticated().toString());
        assertEquals("role admin", Policies.anyRole(Set.of("admin")).toString());
        assertEquals("role admin", Policies.allRoles(Set.of("admin")).toString());
        assertEquals("any role of Admin, admin, editor", Policies.anyRole(MANY).toString());
        assertEquals(
                "all roles of Admin, admin, editor", Policies.allRoles(MANY).toString());
        assertEquals(
                "((authenticated and role a) or closed to all)",
                Policies.authenticated()
                        .and(Policies.anyRole(Set.of("a")))
                        .or(Policies.denyAll())
                        .toString());
        assertEquals(
                "own text", Policies.named("own text", Policies.permitAll()).toString());
    }

    @Test
    void refusesNoRolesAndBlankOnes() {
        for (Set<String> roles : List.of(Set.<String>of(), Set.of(""), Set.of("admin", " "), Set.of("\t"))) {
            assertEquals(
                    "a role policy needs at least one role and no blank one",
                    assertThrows(IllegalArgumentException.class, () -> Policies.anyRole(roles))
                            .getMessage());
            assertThrows(IllegalArgumentException.class, () -> Policies.allRoles(roles));
        }
    }

    @Test
    void rolesAreComparedExactly() {
        Policy policy = Policies.anyRole(Set.of("admin"));
        for (String near : List.of("Admin", "ADMIN", "admin ", "administrator", "adm\u0131n")) {
            Identity identity = Fixtures.PLAIN.plusRoles(Set.of(near));
            assertEquals(Verdict.FORBIDDEN, policy.evaluate(identity, FakeRequest.get("/")), near);
        }
    }

    @Test
    void doesNotChangeWithTheSetItWasMadeFrom() {
        Set<String> roles = new HashSet<>(Set.of("admin"));
        Policy any = Policies.anyRole(roles);
        Policy all = Policies.allRoles(roles);
        roles.clear();
        assertEquals(Verdict.FORBIDDEN, any.evaluate(Fixtures.PLAIN, FakeRequest.get("/")));
        assertEquals(Verdict.FORBIDDEN, all.evaluate(Fixtures.PLAIN, FakeRequest.get("/")));
        assertEquals("role admin", any.toString());
    }

    @Test
    void andStopsAtTheFirstThatDoesNotGrant() {
        Policy broken = (identity, request) -> Fixtures.raise(new AssertionError("not to be asked"));
        assertEquals(Verdict.FORBIDDEN, Policies.denyAll().and(broken).evaluate(Fixtures.ADMIN, FakeRequest.get("/")));
        assertEquals(Verdict.GRANT, Policies.permitAll().or(broken).evaluate(null, FakeRequest.get("/")));
    }
}
