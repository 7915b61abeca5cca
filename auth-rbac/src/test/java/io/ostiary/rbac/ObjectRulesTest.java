package io.ostiary.rbac;

import static io.ostiary.rbac.RbacFixture.settings;
import static io.ostiary.rbac.RbacFixture.user;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.core.Identity;
import io.ostiary.rbac.store.UserKey;
import org.junit.jupiter.api.Test;

final class ObjectRulesTest {
    private final Identity ada = user("ada", "admin");
    private final Identity vic = user("vic", "viewer");
    private final UserKey adaKey = UserKey.of(ada);
    private final UserKey vicKey = UserKey.of(vic);

    @Test
    void selfOrAdmin() {
        ObjectRule<UserKey> edit = ObjectRules.self().or(ObjectRules.role("admin"));
        assertTrue(edit.may(vic, "edit", vicKey));
        assertFalse(edit.may(vic, "edit", adaKey));
        assertTrue(edit.may(ada, "edit", vicKey));
        assertTrue(edit.may(ada, "edit", adaKey));
        assertFalse(edit.may(null, "edit", vicKey));
    }

    @Test
    void adminButNeverSelf() {
        ObjectRule<UserKey> delete = ObjectRules.<UserKey>role("admin").and(ObjectRules.notSelf());
        assertTrue(delete.may(ada, "delete", vicKey));
        assertFalse(delete.may(ada, "delete", adaKey));
        assertFalse(delete.may(vic, "delete", adaKey));
        assertFalse(delete.may(null, "delete", vicKey));
    }

    @Test
    void nobodyIsNeitherSelfNorAnother() {
        assertFalse(ObjectRules.self().may(null, "edit", vicKey));
        assertFalse(ObjectRules.notSelf().may(null, "edit", vicKey));
        assertFalse(ObjectRules.role("admin").may(null, "edit", vicKey));
    }

    @Test
    void sameSubjectOfAnotherIssuerIsSomebodyElse() {
        assertFalse(ObjectRules.self().may(vic, "edit", new UserKey("https://other.example", "vic")));
    }

    @Test
    void appliesToOneActionAndToOtherTypes() {
        record Invoice(UserKey owner) {}
        ObjectRule<Invoice> rule = ObjectRules.self().forAction("read").on(Invoice::owner);
        assertTrue(rule.may(vic, "read", new Invoice(vicKey)));
        assertFalse(rule.may(vic, "write", new Invoice(vicKey)));
        assertFalse(rule.may(vic, "read", new Invoice(adaKey)));
    }

    @Test
    void asksThePermissionOfTheAction() {
        Permissions permissions =
                Rbac.from(settings("rbac.permission.admin", "invoice.*")).permissions();
        ObjectRule<Object> rule = ObjectRules.permission(permissions, "invoice");
        assertTrue(rule.may(ada, "approve", new Object()));
        assertFalse(rule.may(vic, "approve", new Object()));
        assertThrows(IllegalArgumentException.class, () -> rule.may(ada, "*", new Object()));
    }

    @Test
    void aut04ABlankRoleIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> ObjectRules.role(" "));
    }
}
