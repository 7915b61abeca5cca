package io.ostiary.rbac;

import static io.ostiary.rbac.RbacFixture.ISSUER;
import static io.ostiary.rbac.RbacFixture.assertRefused;
import static io.ostiary.rbac.RbacFixture.settings;
import static io.ostiary.rbac.RbacFixture.user;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.core.Identity;
import io.ostiary.core.Policies;
import io.ostiary.core.Policy;
import io.ostiary.core.Secret;
import io.ostiary.core.Verdict;
import io.ostiary.core.config.Settings;
import io.ostiary.core.crypto.MasterKey;
import io.ostiary.core.crypto.Tokens;
import io.ostiary.core.spi.Feature;
import io.ostiary.core.spi.IdentityEnricher;
import io.ostiary.rbac.store.MemoryRoleStore;
import io.ostiary.rbac.store.UserKey;
import io.ostiary.testkit.FakeRequest;
import io.ostiary.testkit.MutableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RbacFeatureTest {
    private static final String NAME_FORM =
            "a role name has 1 to 64 letters, digits, '_', '.' and '-' and begins with a letter";

    @Test
    void contributesNothingWithoutSettings() {
        assertEquals(Feature.Contribution.none(), configure());
    }

    @Test
    void addsImpliedRolesSoThatPoliciesWorkHierarchically() {
        Identity ada = enricher("rbac.hierarchy", "admin > editor > viewer").enrich(user("ada", "admin"));
        assertEquals(Set.of("admin", "editor", "viewer"), ada.roles());
        assertEquals(Verdict.GRANT, Policies.anyRole(Set.of("viewer")).evaluate(ada, FakeRequest.get("/")));
    }

    @Test
    void changesNothingButTheRoles() {
        Identity before = user("ada", "admin").plusPermissions(Set.of("x.y")).withAttribute("email", "a@x.example");
        Identity after = enricher("rbac.hierarchy", "admin > editor").enrich(before);
        assertEquals(before.plusRoles(Set.of("editor")), after);
    }

    @Test
    void returnsTheSameIdentityWhenNothingIsAdded() {
        Identity vic = user("vic", "viewer", "other");
        assertSame(vic, enricher("rbac.hierarchy", "admin > editor > viewer").enrich(vic));
        Identity closed = user("ada", "admin", "editor", "viewer");
        assertSame(closed, enricher("rbac.hierarchy", "admin > editor > viewer").enrich(closed));
    }

    @Test
    void givesRolesByIssuerAndSubject() {
        IdentityEnricher enricher = enricher(
                "rbac.user.ada.issuer", ISSUER, "rbac.user.ada.subject", "ada-1", "rbac.user.ada.roles", "admin, ops");
        assertEquals(Set.of("admin", "ops"), enricher.enrich(user("ada-1")).roles());
        assertEquals(
                Set.of("admin", "ops", "own"),
                enricher.enrich(user("ada-1", "own")).roles());
        Identity both = user("ada-1", "admin", "ops");
        assertSame(both, enricher.enrich(both));
    }

    @Test
    void givesNothingToTheSameSubjectOfAnotherIssuerNorToANameOrEmail() {
        IdentityEnricher enricher = enricher(
                "rbac.user.ada.issuer", ISSUER, "rbac.user.ada.subject", "ada", "rbac.user.ada.roles", "admin");
        Identity foreign = Identity.of("session", "https://evil.example", "ada", Instant.EPOCH);
        assertSame(foreign, enricher.enrich(foreign));
        Identity named = user("eve").withName("ada").withAttribute("email", "ada");
        assertSame(named, enricher.enrich(named));
        Identity otherCase = user("Ada");
        assertSame(otherCase, enricher.enrich(otherCase));
    }

    @Test
    void givenRolesImplyOthers() {
        IdentityEnricher enricher = enricher(
                "rbac.hierarchy", "admin > editor",
                "rbac.user.1.issuer", ISSUER,
                "rbac.user.1.subject", "ada",
                "rbac.user.1.roles", "admin");
        assertEquals(Set.of("admin", "editor"), enricher.enrich(user("ada")).roles());
    }

    @Test
    void ignoresUndeclaredRolesWhenRolesAreDeclared() {
        IdentityEnricher enricher = enricher("rbac.roles", "admin, editor", "rbac.hierarchy", "admin > editor");
        assertEquals(
                Set.of("admin", "editor"),
                enricher.enrich(user("ada", "admin", "Domain Users", "*")).roles());
        assertEquals(Set.of(), enricher.enrich(user("eve", "ADMIN", "admin,")).roles());
        Identity editor = user("ed", "editor");
        assertSame(editor, enricher.enrich(editor));
    }

    @Test
    void dropsNothingWhenNoRolesAreDeclared() {
        Identity odd = user("ada", "Domain Users", "*");
        assertSame(odd, enricher("rbac.hierarchy", "admin > editor").enrich(odd));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rbac.hierarchy | a > b > a | settings: 'rbac.hierarchy' has the cycle a > b > a",
                "rbac.roles | admin, * | settings: 'rbac.roles' names '*'; " + NAME_FORM,
                "rbac.roles | admin,,x | settings: 'rbac.roles' is 'admin,,x'; allowed: a comma-separated list, without an empty element",
                "rbac.user.ada.roles | admin | settings: 'rbac.user.ada.issuer' is required: the issuer of the user's tokens, exactly as they spell it"
            })
    void refusesToStart(String key, String value, String message) {
        assertRefused(message, () -> configure(key, value));
    }

    @Test
    void refusesToStartWithUndeclaredRoleInHierarchy() {
        assertRefused(
                "settings: 'rbac.hierarchy' names the role 'edtor', which 'rbac.roles' does not declare;"
                        + " declared are admin, editor",
                () -> configure("rbac.roles", "editor, admin", "rbac.hierarchy", "admin > edtor"));
    }

    @Test
    void refusesToStartWithUndeclaredRoleOfAUser() {
        assertRefused(
                "settings: 'rbac.user.a.roles' names the role 'Admin', which 'rbac.roles' does not declare;"
                        + " declared are admin",
                () -> configure(
                        "rbac.roles", "admin",
                        "rbac.user.a.issuer", ISSUER,
                        "rbac.user.a.subject", "ada",
                        "rbac.user.a.roles", "Admin"));
    }

    @Test
    void refusesToStartWithMalformedRoleOfAUser() {
        assertRefused(
                "settings: 'rbac.user.a.roles' names 'admin > x'; " + NAME_FORM,
                () -> configure(
                        "rbac.user.a.issuer", ISSUER,
                        "rbac.user.a.subject", "ada",
                        "rbac.user.a.roles", "admin > x"));
    }

    @Test
    void refusesToStartWithUserWithoutSubject() {
        assertRefused(
                "settings: 'rbac.user.a.subject' is required: the user's 'sub' at that issuer, never an e-mail address",
                () -> configure("rbac.user.a.issuer", ISSUER, "rbac.user.a.roles", "admin"));
    }

    @Test
    void refusesToStartWithOneUserTwice() {
        assertRefused(
                "settings: 'rbac.user.b.subject' is the user of 'rbac.user.a' again;"
                        + " name all roles of a user in one place",
                () -> configure(
                        "rbac.user.a.issuer", ISSUER,
                        "rbac.user.a.subject", "ada",
                        "rbac.user.a.roles", "x",
                        "rbac.user.b.issuer", ISSUER,
                        "rbac.user.b.subject", "ada",
                        "rbac.user.b.roles", "y"));
    }

    @Test
    void refusesToStartWithMisspeltKeys() {
        Settings settings = settings("rbac.hierarchi", "a > b");
        new RbacFeature().configure(settings, context());
        assertRefused(
                "settings: 'rbac.hierarchi' is not a known setting; did you mean 'rbac.hierarchy'?",
                settings::refuseUnknown);
    }

    @Test
    void rolesOfTheStoreCountOnTheNextRequestAndNoLongerOnceTaken() {
        MemoryRoleStore store = new MemoryRoleStore();
        AtomicReference<Rbac> heard = new AtomicReference<>();
        IdentityEnricher enricher = new RbacFeature(store, heard::set)
                .configure(settings("rbac.hierarchy", "admin > editor"), context())
                .enrichers()
                .get(0);
        Identity ada = user("ada", "own");
        assertSame(ada, enricher.enrich(ada));
        store.replace(0, UserKey.of(ada), Set.of("admin"));
        assertEquals(Set.of("own", "admin", "editor"), enricher.enrich(ada).roles());
        store.replace(1, UserKey.of(ada), Set.of());
        assertSame(ada, enricher.enrich(ada));
        assertSame(store, requireNonNull(heard.get()).store());
    }

    @Test
    void undeclaredRolesOfTheStoreDoNotCount() {
        MemoryRoleStore store = new MemoryRoleStore(Map.of(UserKey.of(user("ada")), Set.of("old", "admin")));
        Rbac rbac = Rbac.from(settings("rbac.roles", "admin"), store);
        assertEquals(Set.of("admin"), rbac.enricher().enrich(user("ada")).roles());
    }

    @Test
    void aStoreAloneContributes() {
        assertEquals(1, configure("rbac.store", "memory").enrichers().size());
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
    void refusesToStartWithUndeclaredRolesToGrant() {
        assertRefused(
                "settings: 'rbac.grant.helper' names the role 'edtor', which 'rbac.roles' does not declare;"
                        + " declared are editor, helper",
                () -> configure("rbac.roles", "helper, editor", "rbac.grant.helper", "edtor"));
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

    @Test
    void aUserKeyNeedsBothParts() {
        assertThrows(IllegalArgumentException.class, () -> new UserKey(" ", "x"));
        assertThrows(IllegalArgumentException.class, () -> new UserKey("x", ""));
        assertEquals(new UserKey(ISSUER, "ada"), UserKey.of(user("ada")));
    }

    private static IdentityEnricher enricher(String... pairs) {
        return configure(pairs).enrichers().get(0);
    }

    private static Feature.Contribution configure(String... pairs) {
        return new RbacFeature().configure(settings(pairs), context());
    }

    private static Feature.Context context() {
        return new Feature.Context(
                new MasterKey(Secret.of("0123456789abcdef0123456789abcdef")),
                new Tokens(),
                new MutableClock(),
                (a, b, c) -> true,
                false);
    }
}
