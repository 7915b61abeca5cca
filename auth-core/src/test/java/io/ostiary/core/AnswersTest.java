package io.ostiary.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.testkit.FakeRequest;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AnswersTest {
    private static final String HTML = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    private static final Decision FORBIDDEN = new Decision.Forbidden("id7", Fixtures.PLAIN.withName("canary"));
    private static final Decision UNAVAILABLE = new Decision.Unavailable("id8", Duration.ofSeconds(5));
    private final Answers answers = new Answers("/auth/login");

    private static Decision challenged(@Nullable FailureReason reason) {
        return new Decision.Challenged(
                new Challenge("id6", reason, List.of("ApiKey realm=\"r\"", "Session realm=\"r\"")));
    }

    @Test
    void sendsAPersonToTheLoginPageAndBack() {
        FakeRequest request =
                FakeRequest.get("/app/a b?x=1&y=2").contextPath("/shop").header("Accept", HTML);
        Reply reply = answers.of(challenged(null), request, AnswerMode.AUTO);
        assertEquals(302, reply.status());
        assertEquals("/shop/auth/login?next=%2Fshop%2Fapp%2Fa%2520b%3Fx%3D1%26y%3D2", reply.headerOrEmpty("Location"));
        assertEquals("no-store", reply.headerOrEmpty("Cache-Control"));
    }

    @Test
    void saysThatTheSessionIsOverAndForgetsWhatIsNoPage() {
        FakeRequest post = FakeRequest.post("/app").header("Sec-Fetch-Mode", "navigate");
        assertEquals("/auth/login", location(challenged(null), post));
        assertEquals("/auth/login?reason=expired", location(challenged(FailureReason.SESSION_EXPIRED), post));
        FakeRequest get = FakeRequest.get("/app").header("Sec-Fetch-Mode", "navigate");
        assertEquals(
                "/auth/login?next=%2Fapp&reason=expired", location(challenged(FailureReason.SESSION_EXPIRED), get));
    }

    private String location(Decision decision, AuthRequest request) {
        return answers.of(decision, request, AnswerMode.AUTO).headerOrEmpty("Location");
    }

    @Test
    void rfc9110Section1161TellsAProgramHowToAuthenticate() {
        Reply reply = answers.of(challenged(FailureReason.BAD_SIGNATURE), FakeRequest.get("/"), AnswerMode.API);
        assertEquals(401, reply.status());
        assertEquals(
                List.of("ApiKey realm=\"r\"", "Session realm=\"r\""),
                reply.headers().stream()
                        .filter(header -> header.name().equals("WWW-Authenticate"))
                        .map(Reply.Header::value)
                        .toList());
        assertEquals("application/problem+json", reply.headerOrEmpty("Content-Type"));
        assertEquals(
                "{\"type\":\"urn:ostiary:problem:authentication-required\",\"title\":\"Unauthorized\",\"status\":401,"
                        + "\"instance\":\"urn:ostiary:incident:id6\"}",
                reply.body());
    }

    @Test
    void theBodyIsTheSameWhateverTheReason() {
        String body = answers.of(challenged(null), FakeRequest.get("/"), AnswerMode.API)
                .body();
        for (FailureReason reason : FailureReason.values()) {
            Reply reply = answers.of(challenged(reason), FakeRequest.get("/"), AnswerMode.API);
            assertEquals(body, reply.body());
        }
    }

    @Test
    void rfc9457AnswersAProgram() {
        Reply forbidden = answers.of(FORBIDDEN, FakeRequest.get("/"), AnswerMode.API);
        assertEquals(403, forbidden.status());
        assertEquals(
                "{\"type\":\"urn:ostiary:problem:forbidden\",\"title\":\"Forbidden\",\"status\":403,"
                        + "\"instance\":\"urn:ostiary:incident:id7\"}",
                forbidden.body());
        Reply unavailable = answers.of(UNAVAILABLE, FakeRequest.get("/"), AnswerMode.API);
        assertEquals(503, unavailable.status());
        assertEquals("5", unavailable.headerOrEmpty("Retry-After"));
        assertTrue(unavailable.body().contains("urn:ostiary:problem:unavailable"), unavailable.body());
    }

    @Test
    void answersAPersonWithAPage() {
        for (Decision decision : List.of(FORBIDDEN, UNAVAILABLE)) {
            Reply reply = answers.of(decision, FakeRequest.get("/"), AnswerMode.BROWSER);
            assertEquals(decision == FORBIDDEN ? 403 : 503, reply.status());
            assertEquals("text/html; charset=utf-8", reply.headerOrEmpty("Content-Type"));
            assertTrue(reply.body().contains(decision == FORBIDDEN ? "id7" : "id8"), reply.body());
            assertEquals(decision == FORBIDDEN ? "" : "5", reply.headerOrEmpty("Retry-After"));
            assertFalse(reply.body().contains("canary"), "names nobody");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/shop/app?x=1|/auth/login?next=%2Fshop%2Fapp%3Fx%3D1",
                "https://app.example/app#part|/auth/login?next=%2Fapp",
                "https://evil.example/app|/auth/login?next=%2Fapp",
                "https://evil.example//x|/auth/login",
                "//evil.example|/auth/login",
                "mailto:a@b|/auth/login",
                "not a url|/auth/login",
                "|/auth/login"
            })
    void htmxIsToldToGoToTheLoginPageAndBackToThePathOfItsPage(@Nullable String current, String location) {
        FakeRequest request = FakeRequest.get("/fragment").header("HX-Request", "true");
        if (current != null) {
            request.header("HX-Current-URL", current);
        }
        Reply reply = answers.of(challenged(null), request, AnswerMode.AUTO);
        assertEquals(401, reply.status());
        assertEquals(location, reply.headerOrEmpty("HX-Redirect"));
        assertEquals("", reply.headerOrEmpty("Location"));
    }

    private static FakeRequest partial(String path) {
        return FakeRequest.post(path)
                .header("Faces-Request", "partial/ajax")
                .header("Sec-Fetch-Mode", "cors")
                .header("X-Requested-With", "XMLHttpRequest");
    }

    /** Its script shows an error for every status but 200, and follows no redirect to a page. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://app.example/shop/app?x=1|/shop/auth/login?next=%2Fshop%2Fapp%3Fx%3D1&amp;reason=expired",
                "https://evil.example/app|/shop/auth/login?next=%2Fapp&amp;reason=expired",
                "https://evil.example//x|/shop/auth/login?reason=expired",
                "|/shop/auth/login?reason=expired"
            })
    void facesIsToldToGoToTheLoginPageAndBackToThePathOfItsPage(@Nullable String page, String location) {
        FakeRequest request = partial("/app/view.xhtml").contextPath("/shop");
        if (page != null) {
            request.header("Referer", page);
        }
        for (AnswerMode mode : List.of(AnswerMode.AUTO, AnswerMode.BROWSER)) {
            Reply reply = answers.of(challenged(FailureReason.SESSION_EXPIRED), request, mode);
            assertEquals(200, reply.status());
            assertEquals("text/xml;charset=UTF-8", reply.headerOrEmpty("Content-Type"));
            assertEquals("no-store", reply.headerOrEmpty("Cache-Control"));
            assertEquals(
                    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<partial-response><redirect url=\"" + location
                            + "\"></redirect></partial-response>",
                    reply.body());
        }
    }

    @Test
    void facesHearsOfAllElseAsProgramsDo() {
        assertEquals(
                401,
                answers.of(challenged(null), partial("/app"), AnswerMode.API).status());
        assertEquals(
                401,
                answers.of(challenged(null), FakeRequest.post("/app").header("Faces-Request", "other"), AnswerMode.AUTO)
                        .status());
        Reply forbidden = answers.of(FORBIDDEN, partial("/app"), AnswerMode.BROWSER);
        assertEquals(403, forbidden.status());
        assertEquals("application/problem+json", forbidden.headerOrEmpty("Content-Type"));
        assertEquals(
                503, answers.of(UNAVAILABLE, partial("/app"), AnswerMode.AUTO).status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Accept: text/html",
                "Accept: text/html;q=0.1",
                "Accept: application/json, TEXT/HTML",
                "Accept: application/xhtml+xml",
                "Accept: text/html;level=1;q=0.5",
                "Accept: " + HTML,
                "Sec-Fetch-Mode: navigate"
            })
    void aPersonIsOneWhoNavigatesOrAcceptsHtml(String header) {
        assertEquals(302, status(header, AnswerMode.AUTO));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-None: x", "Accept: */*", "Accept: application/json", "Accept: text/html;q=0",
                        "Accept: text/html; q=0.000",
                "Accept: text/htmlx", "Accept: ", "Sec-Fetch-Mode: cors", "X-Requested-With: XMLHttpRequest",
                        "HX-Request: true"
            })
    void everybodyElseIsAProgram(String header) {
        assertEquals(401, status(header, AnswerMode.AUTO));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sec-Fetch-Mode: cors", "X-Requested-With: XMLHttpRequest"})
    void aScriptThatAcceptsHtmlIsAProgram(String header) {
        FakeRequest request = with(header).header("Accept", HTML);
        assertEquals(401, answers.of(challenged(null), request, AnswerMode.AUTO).status());
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-Fetch-Mode: navigate, 401, 302", "Accept: text/html, 401, 302", "Accept: application/json, 401, 302",
        "Sec-Fetch-Mode: cors, 401, 302", "HX-Request: true, 401, 401", "HX-Request: false, 401, 302"
    })
    void theModeOfTheMappingDecidesFirst(String header, int api, int browser) {
        assertEquals(api, status(header, AnswerMode.API));
        assertEquals(browser, status(header, AnswerMode.BROWSER));
    }

    @Test
    void anAllowedRequestIsNotAnswered() {
        Decision allow = new Decision.Allow(Fixtures.PLAIN);
        assertEquals(
                "an allowed request is not answered here",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> answers.of(allow, FakeRequest.get("/"), AnswerMode.AUTO))
                        .getMessage());
    }

    private int status(String header, AnswerMode mode) {
        return answers.of(challenged(null), with(header), mode).status();
    }

    private static FakeRequest with(String header) {
        String[] parts = header.split(": ?", 2);
        return FakeRequest.get("/app").header(parts[0], parts[1]);
    }
}
