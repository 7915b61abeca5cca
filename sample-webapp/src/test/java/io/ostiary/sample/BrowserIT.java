package io.ostiary.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import io.ostiary.sample.launcher.Options;
import io.ostiary.sample.launcher.RunningSample;
import io.ostiary.sample.launcher.SampleLauncher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A person in a real browser. Needs Chromium and node on the machine; where they must be there, skipping is a failure. */
final class BrowserIT {
    private static final Path SHOTS = Path.of("target/screenshots");
    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
            "--host-resolver-rules=MAP * ~NOTFOUND,EXCLUDE 127.0.0.1,EXCLUDE localhost");
    private static RunningSample sample;
    private static Playwright playwright;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        Optional<Path> chromium = program("chromium", "chromium-browser", "google-chrome");
        Optional<Path> node = program("node", "nodejs");
        if (chromium.isEmpty() || node.isEmpty()) {
            String message = "BROWSER TEST SKIPPED: needs Chromium and node on the PATH";
            assertTrue(!"required".equals(System.getenv("OSTIARY_BROWSER")), message);
            Assumptions.abort(message);
        }
        playwright = Playwright.create(new Playwright.CreateOptions()
                .setEnv(Map.of(
                        "PLAYWRIGHT_NODEJS_PATH",
                        node.orElseThrow().toString(),
                        "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD",
                        "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium.orElseThrow())
                        .setArgs(FLAGS));
        sample = SampleLauncher.start(Options.onFreePorts());
        Files.createDirectories(SHOTS);
    }

    @AfterAll
    static void stop() {
        if (playwright != null) {
            playwright.close();
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

    /** Nobody should have to scroll sideways. */
    private static void assertFits(Page page) {
        assertEquals(
                true, page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"));
    }

    private static void shoot(Page page, String device, String name) {
        page.screenshot(
                new Page.ScreenshotOptions().setFullPage(true).setPath(SHOTS.resolve(name + "-" + device + ".png")));
    }

    private static Optional<Path> program(String... names) {
        return Stream.of(names)
                .flatMap(name -> Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator))
                        .map(directory -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
