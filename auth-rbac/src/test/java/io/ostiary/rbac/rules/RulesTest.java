package io.ostiary.rbac.rules;

import static io.ostiary.rbac.RbacFixture.assertRefused;
import static io.ostiary.rbac.RbacFixture.settings;
import static io.ostiary.rbac.RbacFixture.user;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.core.Verdict;
import io.ostiary.rbac.Rbac;
import io.ostiary.testkit.FakeRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RulesTest {
    private static final String REQUIREMENTS = "allowed: permit, deny, authenticated, role A, B (any of them),"
            + " all-roles A, B, permission X, Y (any of them), all-permissions X, Y; several joined by 'and'";
    private static final String FORM =
            "a rule is: METHODS PATH REQUIREMENT, for example 'GET,POST /admin/** role admin'";
    private static final Rbac RBAC = Rbac.from(settings(
            "rbac.hierarchy", "admin > editor > viewer",
            "rbac.permission.editor", "report.*",
            "rbac.permission.viewer", "report.read"));

    private static final String SPECIFIC = """
            # who may what
            order most-specific

            *        /public/**         permit
            *        /admin/**          role admin
            *        /admin/help        authenticated
            GET      /reports/*         permission report.read
            POST     /reports/*         permission report.write and role editor, admin
            *        /reports/*/secret  all-roles admin, editor and all-permissions report.read, report.write
            *        /old/**            deny
            *        /                  permit
            """;

    @ParameterizedTest
    @CsvSource({
        "GET,    /public/x,          '',     GRANT",
        "GET,    /public,            '',     GRANT",
        "GET,    /public/,           '',     GRANT",
        "GET,    /,                  '',     GRANT",
        "GET,    /publicx,           '',     FORBIDDEN",
        "GET,    /Public/x,          admin,  FORBIDDEN",
        "GET,    /admin,             '',     NEEDS_IDENTITY",
        "GET,    /admin/x/y,         viewer, FORBIDDEN",
        "GET,    /admin/x/y,         admin,  GRANT",
        "DELETE, /admin/,            admin,  GRANT",
        "GET,    /admin/help,        viewer, GRANT",
        "GET,    /admin/help,        '',     NEEDS_IDENTITY",
        "GET,    /admin/help/,       viewer, FORBIDDEN",
        "GET,    /reports/1,         viewer, GRANT",
        "HEAD,   /reports/1,         viewer, GRANT",
        "HEAD,   /reports/1,         '',     NEEDS_IDENTITY",
        "POST,   /reports/1,         viewer, FORBIDDEN",
        "POST,   /reports/1,         editor, GRANT",
        "PUT,    /reports/1,         admin,  FORBIDDEN",
        "get,    /reports/1,         admin,  FORBIDDEN",
        "GET,    /reports/,          admin,  FORBIDDEN",
        "GET,    /reports,           admin,  FORBIDDEN",
        "GET,    /reports/1/secret,  editor, FORBIDDEN",
        "GET,    /reports/1/secret,  admin,  GRANT",
        "GET,    /reports//secret,   admin,  FORBIDDEN",
        "GET,    /old/x,             admin,  FORBIDDEN",
        "GET,    /nowhere,           admin,  FORBIDDEN",
        "GET,    /nowhere,           '',     FORBIDDEN"
    })
    void mostSpecificDecides(String method, String path, String role, Verdict expected) {
        assertVerdict(expected, Rules.parse("r", SPECIFIC, RBAC), method, path, role);
    }

    @Test
    void aMethodThatTheMostSpecificPatternDoesNotNameIsNotHandedOn() {
        Rules rules = rules("order most-specific", "* /** permit", "GET /admin/** role admin");
        assertVerdict(Verdict.FORBIDDEN, rules, "POST", "/admin/x", "admin");
        assertVerdict(Verdict.GRANT, rules, "POST", "/other", "");
    }

    @Test
    void inFileOrderTheFirstThatMatchesDecides() {
        Rules rules = rules(
                "order file", "GET /a/b permit", "POST /a/** role editor", "* /a/* role admin", "* /** authenticated");
        assertVerdict(Verdict.GRANT, rules, "GET", "/a/b", "");
        assertVerdict(Verdict.GRANT, rules, "POST", "/a/b", "editor");
        assertVerdict(Verdict.FORBIDDEN, rules, "GET", "/a/c", "editor");
        assertVerdict(Verdict.GRANT, rules, "PUT", "/a/b/c", "viewer");
        assertVerdict(Verdict.NEEDS_IDENTITY, rules, "PUT", "/a/b/c", "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "//a",
                "/a//b",
                "/./a",
                "/a/.",
                "/a/..",
                "/../a",
                "/a/../b",
                "/a;x",
                "/a;/b",
                "/a%2Fb",
                "/%",
                "/a\\b",
                "/a\u0000",
                "/a\nb",
                "/a\u007f",
                "/a\ud800",
                "/\ud800b",
                "/\ud800\ud800\udc00",
                "/\udc00b",
                "/a\u0085"
            })
    void pthAmbiguousPathsAreForbiddenWhateverTheRulesSay(String path) {
        Rules rules = rules("order most-specific", "* /** permit");
        assertTrue(Rules.ambiguous(path));
        assertVerdict(Verdict.FORBIDDEN, rules, "GET", path, "admin");
        assertEquals(Verdict.FORBIDDEN, rules.explain("GET", path, null).verdict());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/a",
                "/a/",
                "/.a",
                "/a.",
                "/...",
                "/..a",
                "/a b",
                "/\u00e9",
                "/\ud83d\ude00",
                "/a?b",
                "/a:b"
            })
    void canonicalPathsAreNotAmbiguous(String path) {
        assertFalse(Rules.ambiguous(path));
        assertVerdict(Verdict.GRANT, rules("order most-specific", "* /** permit"), "GET", path, "");
    }

    @Test
    void bomTabsCarriageReturnsTrailingBlanksAndCommentsAreHandled() {
        Rules rules = Rules.parse(
                "r", "\uFEFF  # c\r\n\r\norder\tmost-specific \t\r\n\tGET\t /a \trole  admin ,  editor \r#x\n", RBAC);
        assertVerdict(Verdict.GRANT, rules, "GET", "/a", "editor");
        assertEquals(List.of("r:4: GET /a role admin , editor"), rules.lines());
        assertEquals("rules of r (1, order most-specific, else denied)", rules.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | r: has no statement; the first statement must be 'order most-specific' or 'order file'",
                "order file | r: has no rule, so it would deny everything; " + FORM,
                "* /a permit | r:1: '* /a permit' comes first, but the first statement must be 'order most-specific' or 'order file'",
                "order random | r:1: 'order random' comes first, but the first statement must be 'order most-specific' or 'order file'",
                "order file@order file | r:2: 'order' stands once, before the first rule",
                "order file@* /a | r:2: '* /a' is not a rule; " + FORM,
                "order file@get /a permit | r:2: 'get' names no methods; allowed are '*' or methods in capital letters, comma separated without blanks",
                "order file@GET,* /a permit | r:2: 'GET,*' names no methods; allowed are '*' or methods in capital letters, comma separated without blanks",
                "order file@GET, POST /a permit | r:2: 'GET,' names no methods; allowed are '*' or methods in capital letters, comma separated without blanks",
                "order file@GET,GET /a permit | r:2: the method GET stands twice in 'GET,GET'",
                "order file@HEAD /a permit | r:2: HEAD is always judged as GET, so write GET",
                "order file@* a permit | r:2: the path 'a' does not begin with '/'",
                "order file@* /a//b permit | r:2: the path '/a//b' has an empty segment or one of dots",
                "order file@* /a;b permit | r:2: the path '/a;b' has the character ';'",
                "order file@* /a*.do permit | r:2: the path '/a*.do' has the segment 'a*.do'; allowed are literal segments, '*' as a whole segment and '**' as the last one",
                "order file@* /**/a permit | r:2: the path '/**/a' has the segment '**'; allowed are literal segments, '*' as a whole segment and '**' as the last one",
                "order file@* /{id} permit | r:2: the path '/{id}' has the segment '{id}'; allowed are literal segments, '*' as a whole segment and '**' as the last one",
                "order file@* /a role | r:2: 'role' has an empty name; " + REQUIREMENTS,
                "order file@* /a role admin,, | r:2: 'role' has an empty name; " + REQUIREMENTS,
                "order file@* /a role admin, admin | r:2: 'role' names 'admin' twice",
                "order file@* /a role Admin | r:2: names the role 'Admin', which no 'rbac.' setting names; declare it in 'rbac.roles'; known are admin, editor, viewer",
                "order file@* /a role * | r:2: names the role '*', which no 'rbac.' setting names; declare it in 'rbac.roles'; known are admin, editor, viewer",
                "order file@* /a permission report.* | r:2: names 'report.*'; a permission is resource.action, each of 1 to 64 letters, digits, '_' and '-' and beginning with a letter, without '*'",
                "order file@* /a permit and role admin | r:2: the requirement 'permit' is not known; " + REQUIREMENTS,
                "order file@* /a roles admin | r:2: the requirement 'roles admin' is not known; " + REQUIREMENTS,
                "order file@* /a role admin and | r:2: names the role 'admin and', which no 'rbac.' setting names; declare it in 'rbac.roles'; known are admin, editor, viewer",
                "order file@* /a permit@* /a deny | r:3: the rule '* /a deny' is a duplicate: r:2 has the same path for the same method",
                "order most-specific@GET,PUT /a permit@POST,PUT /a deny | r:3: the rule 'POST,PUT /a deny' is a duplicate: r:2 has the same path for the same method",
                "order file@* /** permit@GET /a deny | r:3: the rule 'GET /a deny' is never reached for GET, because of r:2 above it; remove it or move it up",
                "order file@GET /a/** permit@PUT,GET /a/b deny | r:3: the rule 'PUT,GET /a/b deny' is never reached for GET, because of r:2 above it; remove it or move it up",
                "order file@* /a permit@* /a/* permit@* /a/ permit@* /a/*/** permit@* /a/** deny | r:6: the rule '* /a/** deny' is never reached for any method, because other rules take every path of it; remove it or move it up",
                "order most-specific@* /a/** deny@* /a permit@* /a/* permit@* /a/ permit@* /a/*/** permit | r:2: the rule '* /a/** deny' is never reached for any method, because other rules take every path of it; remove it or move it up",
                "order file@* /a permit@GET /a deny | r:3: the rule 'GET /a deny' is never reached for GET, because of r:2 above it; remove it or move it up"
            })
    void refusesToStart(String text, String message) {
        assertRefused(message, () -> Rules.parse("r", text.replace('@', '\n'), RBAC));
    }

    @ParameterizedTest
    @CsvSource({"00A0", "200B", "FEFF", "202E", "0007", "2028", "3000", "00AD"})
    void refusesWhatNobodyCanSee(String code) {
        String hidden = Character.toString(Integer.parseInt(code, 16));
        assertRefused(
                "r:2: has the invisible character U+" + code + "; remove it or write a plain blank",
                () -> rules("order file", "* /a" + hidden + "b permit"));
    }

    @Test
    void refusesTooManySegmentsAndRules() {
        assertRefused(
                "r:2: the path has 65 segments; allowed are 64",
                () -> rules("order file", "* " + "/a".repeat(65) + " permit"));
        assertEquals(
                1,
                rules("order file", "* " + "/a".repeat(64) + " permit").lines().size());
    }

    @Test
    void anyOfSeveralPermissionsIsEnough() {
        Rules rules = rules("order file", "* /a permission report.write, report.read", "* /b permission x.y, z.y");
        assertVerdict(Verdict.GRANT, rules, "GET", "/a", "viewer");
        assertVerdict(Verdict.FORBIDDEN, rules, "GET", "/b", "admin");
    }

    @Test
    void refusesMoreThanTenThousandRules() {
        StringBuilder text = new StringBuilder("order file");
        for (int i = 0; i <= 10_000; i++) {
            text.append("\n* /r").append(i).append(" permit");
        }
        assertRefused("r:10002: has more than 10000 rules", () -> rules(text.toString()));
    }

    @Test
    void rulesWithoutAnyKnownRoleSaySo() {
        assertRefused(
                "r:2: names the role 'a', which no 'rbac.' setting names; declare it in 'rbac.roles'; known are none",
                () -> Rules.parse("r", "order file\n* /a role a", Rbac.from(settings())));
    }

    @Test
    void loadsAFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("access.rules");
        Files.writeString(file, "order file\n* /a permit");
        assertEquals(List.of(file + ":2: * /a permit"), Rules.load(file, RBAC).lines());
        Files.write(file, new byte[] {(byte) 0xff});
        assertRefused(
                "rules file '" + file + "' cannot be read as UTF-8 text (MalformedInputException)",
                () -> Rules.load(file, RBAC));
        assertRefused(
                "rules file '" + folder.resolve("none") + "' cannot be read as UTF-8 text (NoSuchFileException)",
                () -> Rules.load(folder.resolve("none"), RBAC));
    }

    @Test
    void pth16namesWhatIsNotOpenAsUrlPatterns() {
        assertEquals(
                List.of("/admin/*", "/reports/*", "/old/*", "/"),
                rules(
                                "order most-specific",
                                "* /public/** permit",
                                "* /admin/** role admin",
                                "GET /reports/*/x authenticated",
                                "POST /reports/** authenticated",
                                "* /old/** deny",
                                "* / authenticated",
                                "* /*/y role admin",
                                "* /** authenticated")
                        .guardedPatterns());
    }

    static Rules rules(String... lines) {
        return Rules.parse("r", String.join("\n", lines), RBAC);
    }

    private static void assertVerdict(Verdict expected, Rules rules, String method, String path, String role) {
        var identity = role.isEmpty() ? null : RBAC.enricher().enrich(user("u", role));
        assertEquals(expected, rules.evaluate(identity, FakeRequest.of(method, path)));
        if (!path.contains("?")) {
            assertEquals(expected, rules.explain(method, path, identity).verdict());
        }
    }
}
