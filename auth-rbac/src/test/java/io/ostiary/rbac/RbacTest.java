package io.ostiary.rbac;

import static io.ostiary.rbac.RbacFixture.ISSUER;
import static io.ostiary.rbac.RbacFixture.assertRefused;
import static io.ostiary.rbac.RbacFixture.settings;
import static io.ostiary.rbac.RbacFixture.user;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.core.Identity;
import io.ostiary.core.Policy;
import io.ostiary.core.Verdict;
import io.ostiary.rbac.store.MemoryRoleStore;
import io.ostiary.rbac.store.UserKey;
import io.ostiary.testkit.FakeRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RbacTest {
    @Test
    void undeclaredRolesOfTheStoreDoNotCount() {
        MemoryRoleStore store = new MemoryRoleStore(Map.of(UserKey.of(user("ada")), Set.of("old", "admin")));
        Rbac rbac = Rbac.from(settings("rbac.roles", "admin"), store);
        assertEquals(Set.of("admin"), rbac.enricher().enrich(user("ada")).roles());
    }

    @Test
    void opensTheFileStore(@TempDir Path folder) {
        Path file = folder.resolve("roles");
        Rbac rbac = Rbac.from(settings("rbac.store", "file", "rbac.store-file", file.toString()));
        assertTrue(requireNonNull(rbac.store()).replace(0, UserKey.of(user("ada")), Set.of("admin")));
        assertTrue(Files.exists(file));
        assertEquals(Set.of("admin"), rbac.enricher().enrich(user("ada")).roles());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "file | '' | settings: 'rbac.store-file' is required: the absolute path of the file that keeps given roles",
                "file | roles.txt | settings: 'rbac.store-file' is 'roles.txt'; allowed: an absolute path",
                "memory | /tmp/x | settings: 'rbac.store-file' is set, but 'rbac.store' is not 'file'; set that or remove this",
                "db | '' | settings: 'rbac.store' is 'db'; allowed: one of none, memory, file"
            })
    void refusesToStartWithAnUnusableStore(String store, String file, String message) {
        assertRefused(
                message,
                () -> Rbac.from(
                        file.isEmpty()
                                ? settings("rbac.store", store)
                                : settings("rbac.store", store, "rbac.store-file", file)));
        assertRefused(
                "settings: 'rbac.store-file' is not a path; allowed: an absolute path",
                () -> Rbac.from(settings("rbac.store", "file", "rbac.store-file", "/a\0b")));
    }

    @Test
    void refusesToStartWithTwoStores() {
        assertRefused(
                "settings: 'rbac.store' is set, but the application brings a store of its own; remove one of them",
                () -> Rbac.from(settings("rbac.store", "memory"), new MemoryRoleStore()));
    }

    @Test
    void namesEveryRoleThatSettingsName() {
        Rbac rbac = Rbac.from(settings(
                "rbac.hierarchy", "a > b",
                "rbac.permission.c", "x.y",
                "rbac.separation.s.roles", "d, e",
                "rbac.grant.f", "g",
                "rbac.user.1.issuer", ISSUER,
                "rbac.user.1.subject", "ada",
                "rbac.user.1.roles", "h"));
        assertEquals(Set.of("a", "b", "c", "d", "e", "f", "g", "h"), rbac.roles());
        assertEquals(Map.of(UserKey.of(user("ada")), Set.of("h")), rbac.settledUsers());
        assertEquals(RoleHierarchy.parse("a > b"), rbac.hierarchy());
    }

    @Test
    void exactRoleDoesNotCountWhatIsImplied() {
        Rbac rbac = Rbac.from(settings("rbac.hierarchy", "admin > editor", "rbac.keep-given", "true"));
        Policy exact = rbac.exactRole(Set.of("editor", "other"));
        assertEquals("exactly role editor or other", exact.toString());
        assertEquals(Verdict.NEEDS_IDENTITY, exact.evaluate(null, FakeRequest.get("/")));
        assertEquals(Verdict.GRANT, judge(rbac, exact, user("e", "editor")));
        assertEquals(Verdict.GRANT, judge(rbac, exact, user("b", "admin", "editor")));
        assertEquals(Verdict.FORBIDDEN, judge(rbac, exact, user("a", "admin")));
        assertEquals(Verdict.FORBIDDEN, exact.evaluate(user("raw", "editor"), FakeRequest.get("/")));
    }

    @Test
    void aut03NeitherOddNamesNorPlantedAttributesMakeAnExactRole() {
        Rbac rbac = Rbac.from(settings("rbac.hierarchy", "admin > editor", "rbac.keep-given", "true"));
        Policy exact = rbac.exactRole(Set.of("editor"));
        assertEquals(Verdict.FORBIDDEN, judge(rbac, exact, user("a", "admin", "x\neditor\ny")));
        Identity planted = user("a", "admin").withAttribute("rbac.given", "\neditor\n");
        assertEquals(Verdict.FORBIDDEN, judge(rbac, exact, planted));
    }

    @Test
    void exactRoleNeedsARoleAndTheSetting() {
        Rbac rbac = Rbac.from(settings("rbac.roles", "a"));
        assertThrows(IllegalArgumentException.class, () -> rbac.exactRole(Set.of()));
        assertThrows(IllegalArgumentException.class, () -> rbac.exactRole(Set.of("*")));
        assertThrows(IllegalStateException.class, () -> rbac.exactRole(Set.of("a")));
    }

    private static Verdict judge(Rbac rbac, Policy policy, Identity identity) {
        return policy.evaluate(rbac.enricher().enrich(identity), FakeRequest.get("/"));
    }
}
