package io.ostiary.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.ostiary.sample.launcher.Options;
import io.ostiary.sample.launcher.RunningSample;
import io.ostiary.sample.launcher.SampleLauncher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A person in a real browser. Needs Chromium and node on the machine; where they must be there, skipping is a failure. */
final class BrowserIT {
    private static final Path SHOTS = Path.of("target/screenshots");
    private static RunningSample sample;
    private static TestBrowser chromium;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        chromium = TestBrowser.launch();
        browser = chromium.browser();
        sample = SampleLauncher.start(Options.onFreePorts());
        Files.createDirectories(SHOTS);
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
        if (sample != null) {
            sample.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"desktop, 1280, 900", "phone, 390, 844"})
    void signsInIsRefusedAndSignsOut(String device, int width, int height) {
        try (BrowserContext context =
                browser.newContext(new Browser.NewContextOptions().setViewportSize(width, height))) {
            Page page = context.newPage();
            page.navigate(sample.baseUrl() + "/");
            shoot(page, device, "home");
            page.navigate(sample.baseUrl() + "/app/");
            assertTrue(page.url().startsWith(sample.baseUrl() + "/auth/login?next="), page.url());
            shoot(page, device, "login");
            page.getByText("Continue with Development provider").click();
            shoot(page, device, "provider");
            page.locator("button[value=vic]").click();
            page.waitForURL(sample.baseUrl() + "/app/");
            shoot(page, device, "dashboard");
            assertFits(page);

            assertEquals(403, page.navigate(sample.baseUrl() + "/admin/").status());
            shoot(page, device, "forbidden");
            assertFits(page);

            page.navigate(sample.baseUrl() + "/app/");
            page.getByText(Pattern.compile("sign out", Pattern.CASE_INSENSITIVE))
                    .first()
                    .click();
            page.waitForURL(sample.baseUrl() + "/");
            page.navigate(sample.baseUrl() + "/app/");
            assertTrue(page.url().contains("/auth/login"), page.url());
        }
    }

    @ParameterizedTest
    @CsvSource({"ada, 200", "eve, 403"})
    void theRightRoleOpensTheAdminPage(String persona, int status) {
        try (BrowserContext context = browser.newContext()) {
            Page page = context.newPage();
            page.navigate(sample.baseUrl() + "/auth/login?next=/app/");
            page.getByText("Continue with Development provider").click();
            page.locator("button[value=" + persona + "]").click();
            page.waitForURL(sample.baseUrl() + "/app/");
            assertEquals(status, page.navigate(sample.baseUrl() + "/admin/").status());
        }
    }

    private static Page signedIn(BrowserContext context, String persona) {
        return signedIn(sample, context, persona);
    }

    private static Page signedIn(RunningSample at, BrowserContext context, String persona) {
        Page page = context.newPage();
        page.navigate(at.baseUrl() + "/auth/login?next=/app/");
        page.getByText("Continue with Development provider").click();
        page.locator("button[value=" + persona + "]").click();
        page.waitForURL(at.baseUrl() + "/app/");
        return page;
    }

    @ParameterizedTest
    @CsvSource({"desktop, 1280, 900", "phone, 390, 844"})
    void endsASessionFromAnotherBrowser(String device, int width, int height) {
        try (BrowserContext here = browser.newContext(new Browser.NewContextOptions().setViewportSize(width, height));
                BrowserContext there = browser.newContext()) {
            Page lost = signedIn(there, "eve");
            Page page = signedIn(here, "eve");
            page.navigate(sample.baseUrl() + "/app/sessions/");
            page.getByText("This browser").waitFor();
            shoot(page, device, "sessions");
            assertFits(page);
            page.getByText("End all others").click();
            page.waitForURL(sample.baseUrl() + "/app/sessions/");
            page.getByText("This browser").waitFor();
            lost.navigate(sample.baseUrl() + "/app/");
            assertTrue(lost.url().contains("/auth/login"), lost.url());
            page.getByText("Sign out everywhere").click();
            page.navigate(sample.baseUrl() + "/app/");
            assertTrue(page.url().contains("/auth/login"), page.url());
        }
    }

    /** The access cookie ends with its token, so removing it is what expiry does. */
    @Test
    void twoTabsSurviveExpiry() {
        try (BrowserContext context = browser.newContext()) {
            Page one = signedIn(context, "vic");
            one.navigate(sample.baseUrl() + "/app/client/");
            one.getByText("Get tokens").first().click();
            one.getByText("You have tokens.").waitFor();
            Page two = context.newPage();
            two.navigate(sample.baseUrl() + "/app/client/");
            context.clearCookies(new BrowserContext.ClearCookiesOptions().setName("ostiary-access"));
            one.locator("#ask").click();
            two.locator("#ask").click();
            one.getByText("Answered").waitFor();
            two.getByText("Answered").waitFor();
            shoot(one, "desktop", "client");
            one.locator("#ask").click();
            one.getByText("Answered.").waitFor();
            one.locator("#leave").click();
            one.getByText("Given back.").waitFor();
            two.locator("#ask").click();
            two.getByText("No token that holds.").waitFor();
        }
    }

    @Test
    void administratorsPagesFitTheScreen() {
        try (BrowserContext context = browser.newContext()) {
            Page page = signedIn(context, "ada");
            for (String path : List.of("users", "audit", "explain?path=/editor/whoami&roles=viewer", "routes")) {
                page.navigate(sample.baseUrl() + "/admin/" + path);
                shoot(page, "desktop", "admin-" + path.replaceAll("[?].*", ""));
                assertFits(page);
            }
            page.navigate(sample.baseUrl() + "/app/tokens/");
            shoot(page, "desktop", "tokens");
            assertFits(page);
            assertEquals(200, page.navigate(sample.baseUrl() + "/app/vault").status());
        }
    }

    /** Back shows what the browser kept, without asking anybody: so nothing may have been kept. */
    @ParameterizedTest
    @CsvSource({"/app/whoami, false", "/admin/users, false", "/app/sessions/, true"})
    void err05BackAfterALogoutShowsNothing(String path, boolean inAnotherTab) {
        try (TestBrowser keeping = TestBrowser.thatKeepsPages();
                BrowserContext context = keeping.browser().newContext()) {
            Page page = signedIn(context, "ada");
            assertEquals(200, page.navigate(sample.baseUrl() + path).status());
            page.navigate(sample.baseUrl() + "/app/");
            page.getByText("Ada Admin").first().waitFor();
            Page leaves = inAnotherTab ? context.newPage() : page;
            if (inAnotherTab) {
                page.navigate(sample.baseUrl() + "/public/");
                leaves.navigate(sample.baseUrl() + "/app/");
            }
            leaves.getByText("Sign out").first().click();
            leaves.waitForURL(sample.baseUrl() + "/");
            for (String shown : List.of("/app/", path)) {
                page.evaluate("history.back()");
                page.waitForURL(sample.baseUrl() + "/auth/login?next=" + shown.replace("/", "%2F"));
                assertFalse(page.content().contains("Ada Admin"), page.content());
            }
        }
    }

    /** The same where an application wants its pages kept: the test above sees something if there is something. */
    @Test
    void err05BackShowsWhatMayBeKept(@TempDir Path directory) throws Exception {
        try (RunningSample kept = SampleLauncher.start(SampleSettings.with(directory, "headers.protected-cache=keep"));
                TestBrowser keeping = TestBrowser.thatKeepsPages();
                BrowserContext context = keeping.browser().newContext()) {
            Page page = signedIn(kept, context, "ada");
            page.getByText("Sign out").first().click();
            page.waitForURL(kept.baseUrl() + "/");
            assertFalse(page.content().contains("Ada Admin"), page.content());
            page.evaluate("history.back()"); // Playwright hears of no navigation where the page was merely put aside
            page.getByText("Ada Admin").first().waitFor();
            assertEquals(kept.baseUrl() + "/app/", page.evaluate("location.href"));
        }
    }

    /** Nobody should have to scroll sideways. */
    private static void assertFits(Page page) {
        assertEquals(
                true, page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"));
    }

    private static void shoot(Page page, String device, String name) {
        page.screenshot(
                new Page.ScreenshotOptions().setFullPage(true).setPath(SHOTS.resolve(name + "-" + device + ".png")));
    }
}
