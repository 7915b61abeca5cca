package io.ostiary.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import io.ostiary.sample.launcher.Options;
import io.ostiary.sample.launcher.RunningSample;
import io.ostiary.sample.launcher.SampleLauncher;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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
        Map<String, String> pages = Map.of(
                "/form",
                "<form id=f method=post action='" + sample.baseUrl() + "/app/whoami'><button>go</button></form>",
                "/logout",
                "<form id=f method=post action='" + sample.baseUrl() + "/auth/logout'><button>go</button></form>",
                "/image",
                "<img src='" + sample.baseUrl() + "/auth/logout'>",
                "/frame",
                "<iframe src='" + sample.baseUrl() + "/app/'></iframe>",
                "/empty",
                "<p>empty</p>");
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

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost"})
    void anotherOriginGetsNothingDone(String host) {
        String evil = "http://" + host + ":" + other.getAddress().getPort();
        try (BrowserContext context = chromium.browser().newContext()) {
            Page page = context.newPage();
            page.navigate(sample.baseUrl() + "/auth/login?next=/app/");
            page.getByText("Continue with Development provider").click();
            page.locator("button[value=vic]").click();
            page.waitForURL(sample.baseUrl() + "/app/");

            for (String attack : new String[] {"/form", "/logout"}) {
                page.navigate(evil + attack);
                page.locator("button").click();
                page.waitForLoadState();
                assertTrue(page.url().startsWith(sample.baseUrl()), page.url());
                assertFalse(page.content().contains("\"zone\""), page.content());
                assertSignedIn(page, attack);
            }
            page.navigate(evil + "/image");
            assertSignedIn(page, "/image");

            page.navigate(evil + "/empty");
            for (String credentials : new String[] {"include", "omit"}) {
                Object read = page.evaluate("""
                        async ([url, credentials]) => {
                          try { return await (await fetch(url, { credentials })).text(); }
                          catch (refused) { return 'refused'; }
                        }""", new String[] {sample.baseUrl() + "/api/me", credentials});
                assertEquals("refused", read);
                Object posted =
                        page.evaluate("""
                        async ([url, credentials]) => {
                          try { return (await fetch(url, { method: 'POST', credentials })).status; }
                          catch (refused) { return 'refused'; }
                        }""", new String[] {sample.baseUrl() + "/auth/sessions/end-all", credentials});
                assertEquals("refused", posted);
            }
            assertSignedIn(page, "fetch");

            page.navigate(evil + "/frame");
            page.waitForLoadState();
            boolean framed =
                    page.frames().stream().anyMatch(frame -> frame.content().contains("Where you can go"));
            assertFalse(framed, "the dashboard is shown in a frame of another site");
        }
    }

    /** The same actions from the application itself work. */
    private static void assertSignedIn(Page page, String after) {
        assertEquals(200, page.navigate(sample.baseUrl() + "/app/").status(), after);
        assertTrue(page.url().endsWith("/app/"), after + ": " + page.url());
        assertTrue(page.content().contains("Where you can go"), after);
    }
}
