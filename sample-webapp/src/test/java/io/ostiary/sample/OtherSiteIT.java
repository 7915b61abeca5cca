package io.ostiary.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Frame;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.sun.net.httpserver.HttpServer;
import io.ostiary.sample.launcher.Options;
import io.ostiary.sample.launcher.RunningSample;
import io.ostiary.sample.launcher.SampleLauncher;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A page of another origin in a real browser. Another port of 127.0.0.1 is the same site, so that Lax cookies are sent: the
 * harder case; localhost is another site.
 */
final class OtherSiteIT {
    private static TestBrowser chromium;
    private static RunningSample sample;
    private static HttpServer other;

    @BeforeAll
    static void start() throws Exception {
        chromium = TestBrowser.launch();
        sample = SampleLauncher.start(Options.onFreePorts());
        other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String app = sample.baseUrl();
        Map<String, String> pages = Map.of(
                "/form", form("/editor/guests", "application/x-www-form-urlencoded"),
                "/upload", form("/editor/guests", "multipart/form-data"),
                "/plain", form("/auth/token", "text/plain"),
                "/end", form("/auth/sessions/end-all", "application/x-www-form-urlencoded"),
                "/logout", form("/auth/logout", "application/x-www-form-urlencoded"),
                "/image", "<img src='" + app + "/auth/logout'>",
                "/frame", "<iframe src='" + app + "/app/'></iframe><iframe src='" + app + "/auth/logout'></iframe>",
                "/empty", "<p>empty</p>");
        other.createContext("/", exchange -> {
            String page = "<!doctype html><title>other</title>"
                    + pages.getOrDefault(exchange.getRequestURI().getPath(), "");
            byte[] body = page.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        other.start();
    }

    @AfterAll
    static void stop() {
        if (other != null) {
            other.stop(0);
        }
        if (chromium != null) {
            chromium.close();
        }
        if (sample != null) {
            sample.close();
        }
    }

    private static String form(String target, String type) {
        return "<form method=post enctype=" + type + " action='" + sample.baseUrl() + target
                + "'><input name=name value=Mallory><button>go</button></form>";
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost"})
    void anotherOriginGetsNothingDone(String host) {
        String evil = "http://" + host + ":" + other.getAddress().getPort();
        try (BrowserContext context = chromium.browser().newContext()) {
            Page page = context.newPage();
            signIn(page);
            for (String attack : List.of("/form", "/upload", "/plain", "/end", "/logout")) {
                page.navigate(evil + attack);
                Response answer = page.waitForResponse(
                        response -> response.request().method().equals("POST"),
                        () -> page.locator("button").click());
                // A form of another site comes without Lax cookies, so that nobody asks; of the same site with them.
                boolean sentToLogIn = host.equals("localhost")
                        && answer.status() == 302
                        && String.valueOf(answer.headerValue("Location")).endsWith("/auth/login");
                assertTrue(sentToLogIn || List.of(403, 415).contains(answer.status()), attack + " " + answer.status());
                assertNothingDone(page, attack);
            }
            page.navigate(evil + "/image");
            page.waitForLoadState();
            assertNothingDone(page, "/image");

            for (String credentials : List.of("include", "omit")) {
                for (String mode : List.of("cors", "no-cors")) {
                    page.navigate(evil + "/empty");
                    assertEquals("", fetched(page, "/api/me", "GET", credentials, mode));
                    assertEquals("", fetched(page, "/editor/guests", "POST", credentials, mode));
                    assertEquals("", fetched(page, "/auth/sessions/end-all", "POST", credentials, mode));
                    assertEquals("", fetched(page, "/auth/logout", "POST", credentials, mode));
                    assertNothingDone(page, credentials + " " + mode);
                }
            }
            page.navigate(evil + "/frame");
            page.waitForLoadState();
            assertEquals(3, page.frames().size());
            for (Frame frame : page.frames()) {
                assertFalse(frame.content().contains("Where you can go"), "shown in a frame of another site");
                assertFalse(frame.content().contains("Sign out"), "shown in a frame of another site");
            }
        }
    }

    @Test
    void theApplicationItselfGetsItDone() {
        try (BrowserContext context = chromium.browser().newContext()) {
            Page page = context.newPage();
            signIn(page);
            assertTrue(fetched(page, "/api/me", "GET", "include", "cors").contains("Ada Admin"));
            assertEquals("{\"ended\":0}", fetched(page, "/auth/sessions/end-others", "POST", "include", "cors"));
            page.navigate(sample.baseUrl() + "/app/guests");
            page.locator("#guest").fill("A friend");
            page.getByText("Add", new Page.GetByTextOptions().setExact(true)).click();
            page.locator("#guests").getByText("A friend").waitFor();
            page.navigate(sample.baseUrl() + "/auth/logout");
            page.locator("main button, form button").first().click();
            page.waitForURL(sample.baseUrl() + "/");
            assertEquals("", fetched(page, "/api/me", "GET", "include", "cors").replaceAll(".*\"status\":401.*", ""));
        }
    }

    private static void signIn(Page page) {
        page.navigate(sample.baseUrl() + "/auth/login?next=/app/");
        page.getByText("Continue with Development provider").click();
        page.locator("button[value=ada]").click();
        page.waitForURL(sample.baseUrl() + "/app/");
    }

    /** What a script of the page can read of the answer. */
    private static String fetched(Page page, String path, String method, String credentials, String mode) {
        Object read = page.evaluate("""
                async ([url, method, credentials, mode]) => {
                  const body = method === 'POST' && url.endsWith('/guests') ? new URLSearchParams({ name: 'Mallory' }) : undefined;
                  try { return await (await fetch(url, { method, credentials, mode, body })).text(); }
                  catch (refused) { return ''; }
                }""", new String[] {sample.baseUrl() + path, method, credentials, mode});
        return String.valueOf(read);
    }

    private static void assertNothingDone(Page page, String after) {
        assertEquals(200, page.navigate(sample.baseUrl() + "/app/guests").status(), after);
        assertTrue(page.url().endsWith("/app/guests"), after + ": " + page.url());
        assertTrue(page.content().contains("Grace Hopper"), after);
        assertFalse(page.content().contains("Mallory"), after);
    }
}
