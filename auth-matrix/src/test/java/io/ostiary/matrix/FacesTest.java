package io.ostiary.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A page of Jakarta Faces whose session is over, in the containers here that come with Faces: WildFly with Mojarra, Open Liberty with MyFaces. */
@EnabledIfSystemProperty(named = "matrix.container", matches = "wildfly|liberty")
final class FacesTest {
    private static final String PAGE = "/app/page.xhtml";
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Pattern STATE = Pattern.compile("name=\"jakarta.faces.ViewState\"[^>]* value=\"([^\"]*)\"");
    private static Matrix matrix;

    @BeforeAll
    static void start() throws Exception {
        matrix = Matrix.faces();
    }

    @AfterAll
    static void stop() {
        if (matrix != null) {
            matrix.close();
        }
    }

    /** What the script of Faces sends when somebody presses a button; Mojarra reads form, and MyFaces form_SUBMIT. */
    private static Wire.Answer press(String button, String page, String cookies) throws IOException {
        Matcher state = STATE.matcher(page);
        assertTrue(state.find(), page);
        String body = Map.of(
                        "form",
                        "form",
                        "form_SUBMIT",
                        "1",
                        "form:" + button,
                        button,
                        "jakarta.faces.ViewState",
                        state.group(1),
                        "jakarta.faces.source",
                        "form:" + button,
                        "jakarta.faces.behavior.event",
                        "action",
                        "jakarta.faces.partial.event",
                        "click",
                        "jakarta.faces.partial.execute",
                        "form",
                        "jakarta.faces.partial.render",
                        "form",
                        "jakarta.faces.partial.ajax",
                        "true")
                .entrySet()
                .stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        String own = "http://127.0.0.1:" + matrix.port();
        List<String> headers = List.of(
                "Content-Type: application/x-www-form-urlencoded;charset=UTF-8",
                "Content-Length: " + body.length(),
                "Faces-Request: partial/ajax",
                "Origin: " + own,
                "Referer: " + own + PAGE + "?x=1",
                "Sec-Fetch-Mode: cors",
                cookies.isEmpty() ? "X-No: cookie" : cookies);
        return matrix.wire()
                .send(Wire.head("POST " + PAGE + " HTTP/1.1", "127.0.0.1:" + matrix.port(), headers) + body);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void whoIsSignedInWorksWithThePage() throws Exception {
        Person ada = matrix.person();
        ada.signIn("ada", PAGE);
        Wire.Answer answer = press("send", ada.open(PAGE).body(), ada.cookieLine());
        assertEquals(200, answer.status(), answer.toString());
        assertTrue(answer.body().contains("<span id=\"form:who\">ada</span>"), answer.body());
    }

    /** The kit's answer is in the words in which Faces itself redirects during such a request. */
    @Test
    void whoseSessionIsOverIsLedToTheLoginPageInTheWordsOfFaces() throws Exception {
        Person ada = matrix.person();
        ada.signIn("ada", PAGE);
        Wire.Answer left = press("leave", ada.open(PAGE).body(), ada.cookieLine());
        Wire.Answer over = press("send", matrix.person().open(PAGE).body(), "");
        assertEquals(200, over.status(), over.toString());
        assertEquals(
                redirect(left).replace(PAGE, "/auth/login?next=%2Fapp%2Fpage.xhtml%3Fx%3D1"),
                redirect(over),
                left.toString());
        assertEquals("text/xml", type(left));
        assertEquals("text/xml", type(over));
    }

    /** Without what stands before the document's element. */
    private static String redirect(Wire.Answer answer) {
        return answer.body().replaceFirst("(?s)^.*?[?]>\\s*", "");
    }

    private static String type(Wire.Answer answer) {
        return answer.header("Content-Type").split(";", 2)[0].strip();
    }

    /** The session of the container ends before that of the kit: Faces says so, and the kit stays out of it. */
    @Test
    void anExpiredViewIsToldByFaces() throws Exception {
        Person ada = matrix.person();
        ada.signIn("ada", PAGE);
        String page = ada.open(PAGE).body();
        String cookies = ada.cookieLine().replaceFirst("JSESSIONID=[^;]*(; )?", "");
        Wire.Answer expired = press("send", page, cookies);
        assertTrue(expired.body().contains("ViewExpiredException"), expired.toString());
    }

    @Test
    void theBrowserOpensTheLoginPage() throws Exception {
        assumeTrue(
                Files.exists(CHROMIUM) || "required".equals(System.getenv("OSTIARY_BROWSER")),
                "BROWSER TEST SKIPPED: needs " + CHROMIUM);
        Path profile = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "chromium");
        Path shown = profile.resolve("page.html");
        Process browser = new ProcessBuilder(
                        CHROMIUM.toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--no-first-run",
                        "--host-resolver-rules=MAP * ~NOTFOUND,EXCLUDE 127.0.0.1",
                        "--user-data-dir=" + profile,
                        "--dump-dom",
                        "http://127.0.0.1:" + matrix.port() + PAGE + "?send=now")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(shown.toFile())
                .start();
        try {
            assertTrue(browser.waitFor(2, TimeUnit.MINUTES), "the browser does not end");
        } finally {
            browser.descendants().forEach(ProcessHandle::destroyForcibly);
            browser.destroyForcibly();
        }
        String page = Files.readString(shown);
        assertTrue(page.contains("<h1>Sign in</h1>") && page.contains("next=%2Fapp%2Fpage.xhtml%3Fsend%3Dnow"), page);
    }
}
