package io.ostiary.core.csrf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.core.BaseUrl;
import io.ostiary.core.Reply;
import io.ostiary.core.Secret;
import io.ostiary.core.config.ConfigurationException;
import io.ostiary.core.config.Settings;
import io.ostiary.core.crypto.MasterKey;
import io.ostiary.core.crypto.Tokens;
import io.ostiary.testkit.FakeRequest;
import io.ostiary.testkit.RecordedAnswer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CsrfTest {
    private static final MasterKey KEY = new MasterKey(Secret.of("0123456789abcdef0123456789abcdef"));
    private static final Csrf.Where WHERE = new Csrf.Where(
            BaseUrl.of("https://app.example"),
            "/auth",
            Set.of("sid", "access"),
            request -> request.cookies("sid").isEmpty() ? null : "handle of " + request.cookies("sid"));

    private static @Nullable Csrf from(Map<String, String> values) {
        return Csrf.from(Settings.of(values), WHERE, Set.of("https://front.example"), KEY, new Tokens());
    }

    private static Csrf on(Map<String, String> values) {
        return Objects.requireNonNull(from(values));
    }

    private static int status(Csrf csrf, FakeRequest request) {
        Reply reply = csrf.before(request, new RecordedAnswer());
        return reply == null ? 200 : reply.status();
    }

    private static FakeRequest post() {
        return FakeRequest.post("/transfer").cookie("sid", "s1");
    }

    @Nested
    final class ByOrigin {
        private final Csrf csrf = on(Map.of());

        @ParameterizedTest
        @CsvSource(
                nullValues = "-",
                value = {
                    "same-origin, https://app.example, 200",
                    "none, -, 200",
                    "-, https://app.example, 200",
                    "cross-site, https://front.example, 200", // set as trusted
                    "cross-site, https://evil.example, 403",
                    "same-site, https://sub.app.example, 403", // a sibling is not us
                    "cross-site, null, 403",
                    "-, null, 403",
                    "-, https://app.example.evil.example, 403",
                    "-, http://app.example, 403",
                    "-, https://front.example:444, 403",
                    "-, -, 403"
                })
        void judgesWhatTheBrowserSays(String site, String origin, int expected) {
            FakeRequest request = post();
            if (site != null) {
                request.header("Sec-Fetch-Site", site);
            }
            if (origin != null) {
                request.header("Origin", origin);
            }
            assertEquals(expected, status(csrf, request));
        }

        @ParameterizedTest
        @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "post", "Get", "get", "FOO", "PROPFIND", "QUERY"})
        void everyOtherMethodMayChangeSomething(String method) {
            assertEquals(403, status(csrf, evil(FakeRequest.of(method, "/x"))));
        }

        @ParameterizedTest
        @ValueSource(strings = {"GET", "HEAD", "OPTIONS"})
        void readingIsFree(String method) {
            assertEquals(200, status(csrf, evil(FakeRequest.of(method, "/x"))));
        }

        /** RFC 6455 section 10.2: a page may open one to any site, with the cookies of that site. */
        @ParameterizedTest
        @CsvSource(
                nullValues = "-",
                value = {
                    "https://app.example, websocket, 200",
                    "https://front.example, websocket, 200",
                    "https://evil.example, WebSocket, 403",
                    "https://evil.example, 'h2c, websocket', 403",
                    "null, websocket, 403",
                    "-, websocket, 403",
                    "https://evil.example, h2c, 200"
                })
        void aWebSocketIsJudgedLikeAPost(String origin, String upgrade, int expected) {
            FakeRequest request = FakeRequest.get("/chat").cookie("sid", "s1").header("Upgrade", upgrade);
            if (origin != null) {
                request.header("Origin", origin);
            }
            assertEquals(expected, status(csrf, request));
            assertEquals(
                    200, status(csrf, FakeRequest.get("/chat").header("Upgrade", upgrade)), "nobody brings no cookie");
        }

        private FakeRequest evil(FakeRequest request) {
            return request.cookie("sid", "s1")
                    .header("Sec-Fetch-Site", "cross-site")
                    .header("Origin", "https://evil.example");
        }

        @Test
        void aMethodOverrideCannotHideAPost() {
            assertEquals(403, status(csrf, evil(FakeRequest.post("/x").header("X-HTTP-Method-Override", "GET"))));
        }

        @Test
        void whoBringsNoCookieThatProvesAnybodyIsNobody() {
            FakeRequest request = FakeRequest.post("/api").cookie("theme", "dark");
            assertEquals(200, status(csrf, request.header("Origin", "https://evil.example")));
        }

        @Test
        void aHeaderBesideTheCookieExemptsNothing() {
            assertEquals(403, status(csrf, evil(FakeRequest.post("/x").header("Authorization", "Bearer x"))));
        }

        @Test
        void anAccessTokenInACookieCountsLikeASession() {
            assertEquals(
                    403,
                    status(
                            csrf,
                            FakeRequest.post("/x").cookie("access", "t").header("Origin", "https://evil.example")));
        }

        @Test
        void theKitsOwnPagesLookAfterThemselves() {
            assertEquals(200, status(csrf, evil(FakeRequest.post("/auth/callback/x"))));
            assertEquals(403, status(csrf, evil(FakeRequest.post("/authority"))));
            assertEquals(403, status(csrf, evil(FakeRequest.post("/auth"))));
        }

        @Test
        void programsWithACookieJarCanBeAllowed() {
            assertEquals(200, status(on(Map.of("without-headers", "allow")), post()));
        }

        @Test
        void peopleGetAPageWithAWayBack() {
            Reply page = Objects.requireNonNull(csrf.before(
                    post().header("Sec-Fetch-Mode", "navigate")
                            .header("Sec-Fetch-Site", "same-origin")
                            .header("Origin", "https://evil.example")
                            .header("Referer", "https://app.example/transfer?to=x"),
                    new RecordedAnswer()));
            assertEquals(403, page.status());
            assertTrue(page.body().contains("href=\"/transfer?to=x\""), page.body());
        }

        @Test
        void theWayBackNeverLeadsToAnotherSite() {
            Reply page = Objects.requireNonNull(csrf.before(
                    evil(FakeRequest.post("/x"))
                            .header("Sec-Fetch-Mode", "navigate")
                            .header("Referer", "https://evil.example/transfer"),
                    new RecordedAnswer()));
            assertTrue(page.body().contains("href=\"/\""), page.body());
        }

        @Test
        void programsGetProblemDetails() {
            Reply reply = Objects.requireNonNull(csrf.before(evil(FakeRequest.post("/x")), new RecordedAnswer()));
            assertEquals(
                    "{\"type\":\"urn:ostiary:problem:cross-site\",\"title\":\"Not from this page\",\"status\":403}",
                    reply.body());
        }
    }

    @Nested
    final class ByToken {
        private final Csrf csrf = on(Map.of("mode", "token"));

        private String tokenFor(String session) {
            FakeRequest page = FakeRequest.get("/form").cookie("sid", session);
            csrf.before(page, new RecordedAnswer());
            return Objects.requireNonNull(page.attribute(Csrf.TOKEN)).getToken();
        }

        /** No page can add a header to it. */
        @ParameterizedTest
        @CsvSource({"https://app.example, 200", "https://evil.example, 403"})
        void aWebSocketIsJudgedByItsOrigin(String origin, int expected) {
            for (FakeRequest request : List.of(
                    FakeRequest.get("/chat").header("Upgrade", "websocket"), FakeRequest.of("CONNECT", "/chat"))) {
                assertEquals(expected, status(csrf, request.cookie("sid", "s1").header("Origin", origin)));
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"X-CSRF-Token", "X-CSRFToken", "X-XSRF-TOKEN"})
        void takesItInAHeader(String header) {
            assertEquals(200, status(csrf, post().header(header, tokenFor("s1"))));
        }

        @Test
        void takesItInAForm() {
            assertEquals(200, status(csrf, post().form("a=b&_csrf=" + tokenFor("s1"))));
        }

        @Test
        void takesItInAFieldOfAnotherName() {
            Csrf named = on(Map.of("mode", "token", "parameter", "csrf_token"));
            assertEquals(200, status(named, post().form("csrf_token=" + tokenFor("s1"))));
        }

        @Test
        void eachPageHasAnotherOneForTheSameSession() {
            String one = tokenFor("s1");
            String two = tokenFor("s1");
            assertNotEquals(one, two);
            assertEquals(200, status(csrf, post().header("X-CSRF-Token", one)));
            assertEquals(200, status(csrf, post().header("X-CSRF-Token", two)));
        }

        @Test
        void csr01refusesMissingEmptyForeignAndMalformedOnes() {
            String other = tokenFor("s2");
            String good = tokenFor("s1");
            for (String bad : List.of(
                    "",
                    " ",
                    "null",
                    "0",
                    other,
                    good.substring(1),
                    good + "A",
                    good.toUpperCase(java.util.Locale.ROOT),
                    "A".repeat(86),
                    "=".repeat(86),
                    "\u0661".repeat(86))) {
                assertEquals(403, status(csrf, post().header("X-CSRF-Token", bad)), bad);
            }
            assertEquals(403, status(csrf, post()));
            assertEquals(403, status(csrf, post().form("x=y")));
        }

        @Test
        void csr01refusesItInAnAddress() {
            String good = tokenFor("s1");
            assertEquals(403, status(csrf, FakeRequest.post("/x?_csrf=" + good).cookie("sid", "s1")));
            assertEquals(
                    403,
                    status(
                            csrf,
                            FakeRequest.post("/x?_csrf=" + good)
                                    .cookie("sid", "s1")
                                    .form("_csrf=" + good)));
        }

        @Test
        void refusesTwoOfThem() {
            String good = tokenFor("s1");
            assertEquals(403, status(csrf, post().form("_csrf=" + good + "&_csrf=" + good)));
            assertEquals(403, status(csrf, post().header("X-CSRF-Token", good).header("X-CSRF-Token", good)));
        }

        @Test
        void csr11aNewSessionNeedsANewOne() {
            String before = tokenFor("s1");
            FakeRequest after = FakeRequest.post("/x").cookie("sid", "s1-renewed");
            assertEquals(403, status(csrf, after.header("X-CSRF-Token", before)));
        }

        @Test
        void aGoodTokenDoesNotExcuseAnotherOrigin() {
            assertEquals(
                    403,
                    status(
                            csrf,
                            post().header("X-CSRF-Token", tokenFor("s1")).header("Origin", "https://evil.example")));
        }

        @Test
        void aVisitorWithoutSessionHasNoneAndNeedsNone() {
            FakeRequest page = FakeRequest.get("/form");
            csrf.before(page, new RecordedAnswer());
            assertEquals("", Objects.requireNonNull(page.attribute(Csrf.TOKEN)).getToken());
            assertEquals(200, status(csrf, FakeRequest.post("/x")));
        }

        @Test
        void anAccessTokenInACookieHasNoSessionToBindToSoTheOriginMustBeTold() {
            assertEquals(403, status(csrf, FakeRequest.post("/x").cookie("access", "t")));
            assertEquals(
                    200,
                    status(csrf, FakeRequest.post("/x").cookie("access", "t").header("Origin", "https://app.example")));
        }

        @Test
        void pagesLearnItsNamesAndLogsNothing() {
            FakeRequest page = FakeRequest.get("/form").cookie("sid", "s1");
            csrf.before(page, new RecordedAnswer());
            CsrfToken token = Objects.requireNonNull(page.attribute(Csrf.TOKEN));
            assertEquals("_csrf", token.getParameter());
            assertEquals("X-CSRF-Token", token.getHeader());
            assertEquals(token.getToken(), token.getToken());
            assertEquals("CsrfToken[_csrf]", token.toString());
        }
    }

    @Test
    void canBeOff() {
        assertNull(from(Map.of("mode", "off")));
        assertNotNull(from(Map.of("origins", "https://other.example")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mode | on | settings: 'mode' is 'on'; allowed: one of origin, token, off",
                "origins | https://x.example/ | settings: 'origins' has 'https://x.example/'; allowed: origins such as"
                        + " https://app.example or http://127.0.0.1:3000, in small letters, without path and without the"
                        + " usual port, comma separated",
                "origins | null | settings: 'origins' has 'null'; allowed: origins such as https://app.example or"
                        + " http://127.0.0.1:3000, in small letters, without path and without the usual port, comma"
                        + " separated",
                "parameter | token | settings: 'parameter' names the field of the token; allowed: only with 'mode' set"
                        + " to token",
                "without-headers | no | settings: 'without-headers' is 'no'; allowed: one of refuse, allow"
            })
    void refusesBadSettings(String key, String value, String message) {
        assertEquals(
                message,
                assertThrows(ConfigurationException.class, () -> from(Map.of(key, value)))
                        .getMessage());
    }
}
