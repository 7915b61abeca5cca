package io.ostiary.core.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ostiary.core.AuthRequest;
import io.ostiary.core.Reply;
import io.ostiary.core.UrlEncoded;
import io.ostiary.core.config.ConfigurationException;
import io.ostiary.core.config.Settings;
import io.ostiary.core.path.PathGuard.Tolerance;
import io.ostiary.testkit.FakeRequest;
import io.ostiary.testkit.RecordedAnswer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PathGuardTest {
    private static final List<String> GUARDED = List.of("/admin/*", "/app", "*.do", "/*");
    private final PathGuard guard = PathGuard.of(Set.of(), GUARDED);

    /** A container that decodes once and otherwise leaves alone what it was sent. */
    private static FakeRequest sent(String raw) {
        String decoded = UrlEncoded.decodedPath(raw);
        return FakeRequest.get(decoded == null ? "/" : decoded).sentAs(raw);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/admin/x",
                "/admin/",
                "/a/b.c/d-e_f~g",
                "/caf%C3%A9/gr%C3%B6%C3%9Fe",
                "/%E6%97%A5%E6%9C%AC",
                "/a%20b/c",
                "/a+b",
                "/x/.well-known/y",
                "/x/...a",
                "/wait%E2%80%A6/a%EF%BC%8Eb",
                "/@me/a:b,c=d&e(f)'!$*",
                "/%7Euser",
                "/Public/README",
                "/adminx",
                "/%F0%9F%98%80"
            })
    void letsPlainTargetsThrough(String raw) {
        assertNull(guard.problem(sent(raw)), raw);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/admin;x=1/x",
                "/public/..;/admin/x",
                "/;/admin/x",
                "/admin/%3bx",
                "/admin/%3Bx",
                "/admin%2fx",
                "/admin%2Fx",
                "/public/%EF%BC%8E%EF%BC%8E/admin/x",
                "/public/%E2%80%A5/admin/x",
                "/public/%EF%BC%8E%EF%BC%8E%EF%BC%BCadmin",
                "/%2561dmin/x",
                "/admin/%25",
                "/admin%5cx",
                "/admin\\x",
                "//admin/x",
                "/admin//x",
                "/./admin",
                "/x/../admin",
                "/x/%2e%2e/admin",
                "/x/.%2e/admin",
                "/x/%2E./admin",
                "/admin/%2e",
                "/admin/..",
                "/admin/%00",
                "/admin/x%0a",
                "/admin/x%0d%0a",
                "/admin/%09x",
                "/admin/%7f",
                "/admin/%C2%85",
                "/admin/%E2%80%A8x",
                "/admin/%E2%80%8Bx",
                "/admin/%EF%BB%BFx",
                "/%E2%80%AEnimda",
                "/admin/%c0%af",
                "/admin/%c0%ae%c0%ae",
                "/admin/%ff",
                "/admin/%ed%a0%80",
                "/admin/%",
                "/admin/%2",
                "/admin/%zz",
                "/%u002e/admin",
                "/admin/%20",
                "/admin%20/x",
                "/%20admin/x",
                "/admin/x y",
                "/admin/<x>",
                "/admin#x",
                "/caf\u00e9",
                "*",
                "",
                "admin"
            })
    void refusesWhatCouldBeReadDifferently(String raw) {
        assertNotNull(guard.problem(sent(raw)), raw);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ADMIN/x",
                "/Admin",
                "/%EF%BD%81dmin/x", // full-width a
                "/adm%C4%B1n/x", // dotless i
                "/adm%C4%B0n/x", // I with a dot
                "/%EF%BC%8Fadmin/x", // full-width slash
                "/%EF%BC%BCadmin/x", // full-width backslash
                "/admin%EF%BC%9Bx/y", // full-width semicolon
                "/%EF%BC%8561dmin/x", // full-width percent sign
                "/.../admin/x", // nothing, to who drops dots at the end of a name
                "/admin./x",
                "/admin.",
                "/APP",
                "/x/y.DO",
                "/x/y.do."
            })
    void refusesLookalikesOfWhatIsGuarded(String raw) {
        assertEquals("looks like a guarded path", guard.problem(sent(raw)), raw);
    }

    @Test
    void aGuardedPathInCapitalsHasLookalikesToo() {
        PathGuard capitals = PathGuard.of(Set.of(), List.of("/Admin/*"));
        assertNull(capitals.problem(sent("/Admin/x")));
        assertNotNull(capitals.problem(sent("/admin/x")));
    }

    @ParameterizedTest
    @CsvSource({
        "/a/b, /admin/x",
        "/a%20b, /a",
        "/public/, /admin",
        "/public, /public/index.html",
        "/x, /",
    })
    void refusesWhatTheContainerMatchedAsSomethingElse(String raw, String matched) {
        assertEquals(
                "is not what the container matched",
                guard.problem(FakeRequest.get(matched).sentAs(raw)));
    }

    @Test
    void aWelcomeFileIsTheContainersOwnAddition() {
        assertNull(guard.problem(FakeRequest.get("/docs/index.html").sentAs("/docs/")));
        assertNull(guard.problem(FakeRequest.get("/index.jsp").sentAs("/")));
    }

    @ParameterizedTest
    @CsvSource({"/shop, /shop/x, /x", "/shop, /shop, /", "/shop, /shop/, /", "/a b, /a%20b/x, /x"})
    void theContextPathIsPartOfTheTarget(String context, String raw, String matched) {
        assertNull(guard.problem(FakeRequest.get(matched).contextPath(context).sentAs(raw)));
    }

    @ParameterizedTest
    @CsvSource({"/shop, /%73hop;x/admin, /admin", "/shop, /x/../shop/admin, /admin", "/shop, /other/admin, /admin"})
    void aContextPathWrittenOtherwiseIsRefused(String context, String raw, String matched) {
        assertNotNull(
                guard.problem(FakeRequest.get(matched).contextPath(context).sentAs(raw)));
    }

    @ParameterizedTest
    @CsvSource({
        "PATH_PARAMETERS, /a;x=1, /a",
        "ENCODED_SLASH, /a%2Fb, /a/b",
        "ENCODED_PERCENT, /100%25, /100%",
        "EMPTY_SEGMENTS, /a//b, /a/b",
        "LOOKALIKES, /ADMIN/x, /ADMIN/x",
        "REWRITTEN, /short, /long/way"
    })
    void eachToleranceLetsItsOwnThrough(Tolerance tolerance, String raw, String matched) {
        FakeRequest request = FakeRequest.get(matched).sentAs(raw);
        assertNotNull(guard.problem(request));
        assertNull(PathGuard.of(Set.of(tolerance), GUARDED).problem(request));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/x/..;/admin", "/x/..%3b/admin", "/x/.;a=b", "/a%5cb", "/a/%2e%2e/b", "/a%00"})
    void noToleranceCoversDotsBackslashesAndControls(String raw) {
        assertNotNull(PathGuard.of(Set.of(Tolerance.values()), GUARDED).problem(sent(raw)), raw);
    }

    @Test
    void aContainerThatCannotNameThePathIsRefused() {
        AuthRequest broken = new ThrowingPath();
        assertEquals("has no one meaning", guard.problem(broken));
    }

    @Test
    void answers400AndNothingOfTheTarget() {
        Reply reply = Objects.requireNonNull(guard.before(sent("/admin;evil/x"), new RecordedAnswer()));
        assertEquals(400, reply.status());
        assertEquals(
                "{\"type\":\"urn:ostiary:problem:ambiguous-path\",\"title\":\"Bad Request\",\"status\":400}",
                reply.body());
        assertEquals("no-store", reply.headerOrEmpty("Cache-Control"));
        Reply page = Objects.requireNonNull(
                guard.before(sent("/a;evil").header("Sec-Fetch-Mode", "navigate"), new RecordedAnswer()));
        assertEquals(400, page.status());
        assertEquals("text/html; charset=utf-8", page.headerOrEmpty("Content-Type"));
        assertEquals(-1, page.body().indexOf("evil"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "TRACK", "CONNECT"})
    void answers405ForMethodsThatNobodyNeeds(String method) {
        Reply reply = Objects.requireNonNull(guard.before(FakeRequest.of(method, "/"), new RecordedAnswer()));
        assertEquals(405, reply.status());
        assertEquals("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS", reply.headerOrEmpty("Allow"));
    }

    @Test
    void isStrictByDefaultAndCanBeOff() {
        assertEquals("strict", Objects.requireNonNull(from(Map.of())).toString());
        assertNull(from(Map.of("path", "off")));
        assertNotNull(from(Map.of("allow", "path-parameters, rewritten")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "path | loose | settings: 'path' is 'loose'; allowed: one of strict, off",
                "allow | dots | settings: 'allow' is 'dots'; allowed: one or more of empty-segments,"
                        + " encoded-percent, encoded-slash, lookalikes, path-parameters, rewritten, comma separated",
            })
    void refusesBadSettings(String key, String value, String message) {
        assertEquals(
                message,
                assertThrows(ConfigurationException.class, () -> from(Map.of(key, value)))
                        .getMessage());
    }

    @Test
    void refusesTolerancesOfAGuardThatIsOff() {
        assertEquals(
                "settings: 'allow' stands beside 'path' set to off; allowed: one of the two",
                assertThrows(ConfigurationException.class, () -> from(Map.of("path", "off", "allow", "rewritten")))
                        .getMessage());
    }

    /** Whatever is let through decodes to one thing, and that thing has no dots, empty segments or controls. */
    @Test
    void nothingAmbiguousPassesWhateverItIsMadeOf() {
        String[] parts = {
            "/",
            "admin",
            "..",
            ".",
            ";",
            "%2e",
            "%2F",
            "%25",
            "%5c",
            "\\",
            "%00",
            "x",
            "%20",
            "%c3%a9",
            "%c0",
            "A",
            "//",
            "%3b",
            "%0a",
            "+",
            "%",
            "%EF%BC%8F",
            "~",
            "%e2%80%ae",
            "?",
            "#",
            ":"
        };
        Random random = new Random(8);
        for (int i = 0; i < 50_000; i++) {
            StringBuilder raw = new StringBuilder("/");
            for (int n = random.nextInt(6); n >= 0; n--) {
                raw.append(parts[random.nextInt(parts.length)]);
            }
            AuthRequest request = sent(raw.toString());
            if (guard.problem(request) == null) {
                assertNull(CanonicalPath.problem(request.path()), raw.toString());
            }
        }
    }

    private static @Nullable PathGuard from(Map<String, String> values) {
        return PathGuard.from(Settings.of(values), GUARDED);
    }
}
