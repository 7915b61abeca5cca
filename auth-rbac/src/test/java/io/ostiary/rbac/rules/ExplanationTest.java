package io.ostiary.rbac.rules;

import static io.ostiary.rbac.RbacFixture.settings;
import static io.ostiary.rbac.RbacFixture.user;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.core.AttributeKey;
import io.ostiary.core.Identity;
import io.ostiary.core.Policies;
import io.ostiary.rbac.Rbac;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ExplanationTest {
    private static final Rbac RBAC = Rbac.from(settings(
            "rbac.hierarchy", "admin > viewer",
            "rbac.permission.admin", "report.*",
            "rbac.permission.auditor", "report.read"));

    @Test
    void namesTheRuleThatDecidesAndWhy() {
        assertExplains(
                """
                web.rules:3: GET /admin/** role admin and permission report.read <- decides
                web.rules:2: * /** permit <- matches, but is less specific
                the requirement is: (role admin and permission report.read)
                'vic' has the roles viewer
                role admin: not held
                permission report.read: not held; it comes with the roles admin, auditor
                => FORBIDDEN""",
                rules("order most-specific\n* /** permit\nGET /admin/** role admin and permission report.read"),
                "GET",
                "/admin/x",
                user("vic", "viewer"));
    }

    @Test
    void saysWhyItIsGranted() {
        assertExplains(
                """
                HEAD is judged as GET
                web.rules:2: GET /a role viewer and permission report.x <- decides
                the requirement is: (role viewer and permission report.x)
                'ada' has the roles admin, viewer
                role viewer: held
                permission report.x: held; it comes with the roles admin
                => GRANT""",
                rules("order most-specific\nGET /a role viewer and permission report.x"),
                "HEAD",
                "/a",
                RBAC.enricher().enrich(user("ada", "admin")));
    }

    @Test
    void saysThatTheMethodIsNotNamed() {
        assertExplains("""
                web.rules:3: GET /a permit <- matches the path, but not POST
                web.rules:2: * /** permit <- matches, but is less specific
                the most specific pattern names no rule for POST, so it is denied
                => FORBIDDEN""", rules("order most-specific\n* /** permit\nGET /a permit"), "POST", "/a", null);
    }

    @Test
    void saysThatNothingMatches() {
        assertExplains(
                "no rule matches the path, so it is denied\n=> FORBIDDEN",
                rules("order most-specific\n* /a permit"),
                "GET",
                "/b",
                null);
        assertExplains(
                "web.rules:2: PUT /a permit <- matches the path, but not GET\n"
                        + "no rule matches path and method, so it is denied\n=> FORBIDDEN",
                rules("order file\nPUT /a permit"),
                "GET",
                "/a",
                null);
    }

    @Test
    void inFileOrderItNamesWhatStandsFurtherDown() {
        assertExplains("""
                web.rules:3: * /a authenticated <- matches, but stands further down
                web.rules:2: GET /** authenticated <- decides
                the requirement is: authenticated
                nobody is authenticated
                => NEEDS_IDENTITY""", rules("order file\nGET /** authenticated\n* /a authenticated"), "GET", "/a", null);
    }

    @Test
    void saysThatThePathIsNotCanonical() {
        assertExplains(
                "the path is not canonical: it has the character ';'; no rule is asked\n=> FORBIDDEN",
                rules("order file\n* /** permit"),
                "GET",
                "/a;b",
                null);
    }

    @Test
    void saysThatSomebodyHasNoRoleAndAPermissionComesWithNone() {
        assertExplains("""
                web.rules:2: * /a permission x.y <- decides
                the requirement is: permission x.y
                'vic' has no role
                permission x.y: not held; it comes with no role
                => FORBIDDEN""", rules("order file\n* /a permission x.y"), "GET", "/a", user("vic"));
    }

    @Test
    void namesThePlaceThatDecides() {
        Rules rules = rules("order file\n* /a permit");
        assertEquals("web.rules:2", rules.explain("GET", "/a", null).decidedBy());
        assertNull(rules.explain("GET", "/b", null).decidedBy());
        Explanation explanation = rules.explain("GET", "/a", null);
        assertThrows(
                UnsupportedOperationException.class, () -> explanation.steps().add("x"));
    }

    @Test
    void theRequestAskedAboutHasNothingButMethodAndPath() {
        Asked asked = new Asked("GET", "/a");
        AttributeKey<String> key = AttributeKey.of("k", String.class);
        assertEquals("GET/a", asked.method() + asked.path());
        assertEquals("", asked.contextPath());
        assertEquals("127.0.0.1", asked.remoteAddress());
        assertNull(asked.queryString());
        assertNull(asked.attribute(key));
        assertEquals(List.of(), asked.headers("Host"));
        assertEquals(List.of(), asked.cookies("c"));
        assertEquals(0, asked.body(10).length);
        assertTrue(asked.secure());
        assertThrows(UnsupportedOperationException.class, () -> asked.attribute(key, "v"));
    }

    private static Rules rules(String text) {
        return Rules.parse("web.rules", text, RBAC);
    }

    private static void assertExplains(
            String text, Rules rules, String method, String path, @Nullable Identity identity) {
        assertEquals(text, rules.explain(method, path, identity).toString());
    }

    @Test
    void explainsAnyPolicyByAskingIt() {
        assertEquals(
                "the requirement is: role admin\nnobody is authenticated\n=> NEEDS_IDENTITY",
                Explanation.of(Policies.anyRole(Set.of("admin")), "GET", "/x", null)
                        .toString());
    }

    @Test
    void explainsRulesByTheirLine() {
        Rules rules = Rules.parse("r", "order file\n* /** deny", RBAC);
        assertEquals("r:2", Explanation.of(rules, "GET", "/x", null).decidedBy());
    }
}
