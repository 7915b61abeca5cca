package io.ostiary.rbac;

import static io.ostiary.rbac.RbacFixture.ISSUER;
import static io.ostiary.rbac.RbacFixture.assertRefused;
import static io.ostiary.rbac.RbacFixture.settings;
import static io.ostiary.rbac.RbacFixture.user;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ostiary.core.Identity;
import io.ostiary.core.Policies;
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
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
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
    void aStoreAloneContributes() {
        assertEquals(1, configure("rbac.store", "memory").enrichers().size());
    }

    @Test
    void refusesToStartWithUndeclaredRolesToGrant() {
        assertRefused(
                "settings: 'rbac.grant.helper' names the role 'edtor', which 'rbac.roles' does not declare;"
                        + " declared are editor, helper",
                () -> configure("rbac.roles", "helper, editor", "rbac.grant.helper", "edtor"));
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
                (key, rates) -> java.time.Duration.ZERO,
                false);
    }
}
