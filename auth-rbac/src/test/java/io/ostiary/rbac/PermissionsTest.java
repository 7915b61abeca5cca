package io.ostiary.rbac;

import static io.ostiary.rbac.RbacFixture.assertRefused;
import static io.ostiary.rbac.RbacFixture.settings;
import static io.ostiary.rbac.RbacFixture.user;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.core.Policy;
import io.ostiary.core.Verdict;
import io.ostiary.testkit.FakeRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PermissionsTest {
    private static final String CONCRETE =
            "a permission is resource.action, each of 1 to 64 letters, digits, '_' and '-' and beginning with a letter,"
                    + " without '*'";
    private final Permissions permissions = Rbac.from(settings(
                    "rbac.permission.editor", "invoice.*, report.read",
                    "rbac.permission.auditor", "*.read",
                    "rbac.permission.root", "*.*"))
            .permissions();

    @Test
    void wildcardsOfSettingsCover() {
        assertTrue(permissions.holds(user("e", "editor"), "invoice.approve"));
        assertTrue(permissions.holds(user("e", "editor"), "report.read"));
        assertFalse(permissions.holds(user("e", "editor"), "report.write"));
        assertTrue(permissions.holds(user("a", "auditor"), "anything.read"));
        assertFalse(permissions.holds(user("a", "auditor"), "anything.write"));
        assertTrue(permissions.holds(user("r", "root"), "x.y"));
        assertFalse(permissions.holds(user("v", "viewer"), "invoice.read"));
    }

    @Test
    void aut01NobodyHoldsNothing() {
        assertFalse(permissions.holds(null, "report.read"));
        assertEquals(Verdict.NEEDS_IDENTITY, permissions.require("report.read").evaluate(null, FakeRequest.get("/")));
    }

    @Test
    void credentialBringsPermissionsByExactNameOnly() {
        assertTrue(permissions.holds(user("k").plusPermissions(Set.of("report.read")), "report.read"));
        assertFalse(permissions.holds(user("k").plusPermissions(Set.of("Report.read")), "report.read"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"*.*", "*", "report.*", "*.read", "report.read ", "report.read,x.y", "", "report"})
    void aut03WildcardsAndTricksOfUserDataMatchNothing(String brought) {
        assertFalse(permissions.holds(user("k").plusPermissions(Set.of(brought)), "report.read"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"*.*", "*", "report.*", "*.read", "report", "report.", ".read", "a.b.c", "report read", "9.a", ""
            })
    void onlyConcretePermissionsCanBeAskedFor(String asked) {
        assertEquals(
                "names '" + asked + "'; " + CONCRETE,
                assertThrows(IllegalArgumentException.class, () -> permissions.holds(user("r", "root"), asked))
                        .getMessage());
    }

    @Test
    void partsHaveAtMost64Characters() {
        String longest = "a".repeat(64);
        assertTrue(permissions.holds(user("r", "root"), longest + "." + longest));
        assertThrows(IllegalArgumentException.class, () -> permissions.require(longest + "a.b"));
        assertThrows(IllegalArgumentException.class, () -> permissions.require("a." + longest + "b"));
    }

    @Test
    void policiesJudge() {
        assertVerdict(Verdict.GRANT, permissions.require("invoice.read"), "editor");
        assertVerdict(Verdict.FORBIDDEN, permissions.require("report.write"), "editor");
        assertVerdict(Verdict.GRANT, permissions.requireAny(Set.of("report.write", "report.read")), "editor");
        assertVerdict(Verdict.FORBIDDEN, permissions.requireAny(Set.of("report.write", "x.y")), "editor");
        assertVerdict(Verdict.FORBIDDEN, permissions.requireAll(Set.of("report.write", "report.read")), "editor");
        assertVerdict(Verdict.GRANT, permissions.requireAll(Set.of("invoice.x", "report.read")), "editor");
    }

    @Test
    void policiesSayWhatTheyTake() {
        assertEquals("permission a.b", permissions.require("a.b").toString());
        assertEquals(
                "any permission of a.b, c.d",
                permissions.requireAny(Set.of("c.d", "a.b")).toString());
        assertEquals(
                "all permissions of a.b, c.d",
                permissions.requireAll(Set.of("c.d", "a.b")).toString());
        assertEquals(
                "permission by method GET=a.b POST=c.d",
                permissions.requireByMethod(" GET=a.b,  POST=c.d ").toString());
    }

    @Test
    void aut04EmptyListIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> permissions.requireAny(Set.of()));
        assertThrows(IllegalArgumentException.class, () -> permissions.requireAll(Set.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, auditor, GRANT",
        "HEAD, auditor, GRANT",
        "POST, auditor, FORBIDDEN",
        "POST, editor, FORBIDDEN",
        "POST, root, GRANT",
        "DELETE, root, FORBIDDEN",
        "get, root, FORBIDDEN",
        "HEAD, editor, FORBIDDEN"
    })
    void judgesByMethodAndForbidsWhatIsNotNamed(String method, String role, Verdict expected) {
        Policy policy = permissions.requireByMethod("GET=account.read POST=account.write");
        assertEquals(expected, policy.evaluate(user("u", role), FakeRequest.of(method, "/")));
    }

    @Test
    void starNamesAllOtherMethods() {
        Policy policy = permissions.requireByMethod("GET=account.read *=invoice.write");
        assertEquals(Verdict.GRANT, policy.evaluate(user("e", "editor"), FakeRequest.of("PURGE", "/")));
        assertEquals(Verdict.FORBIDDEN, policy.evaluate(user("e", "editor"), FakeRequest.get("/")));
        assertEquals(Verdict.NEEDS_IDENTITY, policy.evaluate(null, FakeRequest.post("/")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | has ''; allowed: METHOD=resource.action, methods in capital letters, or '*' for all others",
                "GET | has 'GET'; allowed: METHOD=resource.action, methods in capital letters, or '*' for all others",
                "get=a.b | has 'get=a.b'; allowed: METHOD=resource.action, methods in capital letters, or '*' for all others",
                "GET=a.b GET=c.d | names the method GET twice",
                "HEAD=a.b | has 'HEAD=a.b'; HEAD is always judged as GET, so write GET",
                "GET=a.* | names 'a.*'; " + CONCRETE
            })
    void refusesMalformedMethodLists(String text, String message) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> permissions.requireByMethod(text))
                        .getMessage());
    }

    @Test
    void listsWhatIsHeld() {
        assertEquals(
                Set.of("*.read", "invoice.*", "report.read", "own.scope"),
                permissions.of(user("e", "editor", "auditor", "x").plusPermissions(Set.of("own.scope", "*.*"))));
        assertEquals(
                Map.of(
                        "editor", Set.of("invoice.*", "report.read"),
                        "auditor", Set.of("*.read"),
                        "root", Set.of("*.*")),
                permissions.byRole());
        assertEquals(List.of("auditor", "editor", "root"), permissions.rolesWith("report.read"));
        assertEquals(List.of("root"), permissions.rolesWith("other.write"));
    }

    @Test
    void permissionsComeThroughTheHierarchy() {
        Rbac rbac = Rbac.from(settings("rbac.hierarchy", "admin > editor", "rbac.permission.editor", "invoice.write"));
        assertTrue(rbac.permissions().holds(rbac.enricher().enrich(user("a", "admin")), "invoice.write"));
    }

    @Test
    void declaredPermissionsCatchMisspeltOnes() {
        Permissions declared = Rbac.from(settings(
                        "rbac.permissions", "report.read, report.write", "rbac.permission.editor", "report.*, *.*"))
                .permissions();
        assertTrue(declared.holds(user("e", "editor"), "report.write"));
        assertEquals(
                "names 'report.reed', which 'rbac.permissions' does not declare; declared are report.read, report.write",
                assertThrows(IllegalArgumentException.class, () -> declared.require("report.reed"))
                        .getMessage());
    }

    @Test
    void refusesToStartWithMalformedPermissions() {
        String pattern = "a permission is resource.action, each '*' or 1 to 64 letters, digits, '_' and '-' and"
                + " beginning with a letter";
        assertRefused(
                "settings: 'rbac.permission.editor' names 'inv*.read'; " + pattern,
                () -> Rbac.from(settings("rbac.permission.editor", "inv*.read")));
        assertRefused(
                "settings: 'rbac.permissions' names 'a.*'; " + CONCRETE,
                () -> Rbac.from(settings("rbac.permissions", "a.*")));
        assertRefused(
                "settings: 'rbac.permission.editor' names 'c.*', which covers nothing that 'rbac.permissions' declares;"
                        + " declared are a.b, a.c",
                () -> Rbac.from(settings("rbac.permissions", "a.c, a.b", "rbac.permission.editor", "c.*")));
        assertRefused(
                "settings: 'rbac.permission.editr' names the role 'editr', which 'rbac.roles' does not declare; declared"
                        + " are editor",
                () -> Rbac.from(settings("rbac.roles", "editor", "rbac.permission.editr", "a.b")));
        assertRefused(
                "settings: 'rbac.permission.*' names '*'; a role name has 1 to 64 letters, digits, '_', '.' and '-' and"
                        + " begins with a letter",
                () -> Rbac.from(settings("rbac.permission.*", "a.b")));
    }

    private static void assertVerdict(Verdict expected, Policy policy, String role) {
        assertEquals(expected, policy.evaluate(user("u", role), FakeRequest.get("/")));
        assertEquals(Verdict.NEEDS_IDENTITY, policy.evaluate(null, FakeRequest.get("/")));
    }
}
