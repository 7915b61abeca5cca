package io.ostiary.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.ostiary.sample.launcher.Options;
import io.ostiary.sample.launcher.RunningSample;
import io.ostiary.sample.launcher.SampleLauncher;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The pages of API keys in a real browser. */
final class KeysIT {
    private static final Path SHOTS = Path.of("target/screenshots");
    private static final Pattern KEY = Pattern.compile("ost_dev_[0-9A-Za-z_]+");
    private static TestBrowser chromium;
    private static RunningSample sample;

    @BeforeAll
    static void start() throws Exception {
        chromium = TestBrowser.launch();
        sample = SampleLauncher.start(Options.onFreePorts());
        Files.createDirectories(SHOTS);
    }

    @AfterAll
    static void stop() {
        if (sample != null) {
            sample.close();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    private static Page signedIn(BrowserContext context, String name, String path) {
        Page page = context.newPage();
        page.navigate(sample.baseUrl() + "/auth/login/dev?next=" + path);
        page.locator("button[value=" + name + "]").click();
        page.waitForURL(sample.baseUrl() + path);
        return page;
    }

    private static int status(String key) throws Exception {
        return new Visitor(sample.baseUrl())
                .get("/api/v1/whoami", "X-API-KEY", key)
                .statusCode();
    }

    private static int commandLine(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-jar"));
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(Path.of("../auth-apikey/target"), "*-cli.jar")) {
            command.add(jars.iterator().next().toString());
        }
        command.add("apikey");
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private static String shown(Page page) {
        Matcher key = KEY.matcher(page.locator("#notice code").textContent());
        assertTrue(key.find());
        return key.group();
    }

    private static void shot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(SHOTS.resolve(name + ".png")));
    }

    @Test
    void createsRenamesRotatesAndRevokes() throws Exception {
        try (BrowserContext context = chromium.browser().newContext()) {
            List<String> complaints = new ArrayList<>();
            Page page = signedIn(context, "eve", "/app/keys/");
            page.onPageError(complaints::add);
            page.getByText("No key yet.").waitFor();
            page.locator("#name").fill("nightly");
            page.locator("#networks").fill("10.0.0.1/8");
            page.getByText("Create the key").click();
            page.locator("#problem").getByText("Only from these addresses").waitFor();
            shot(page, "keys-refused");
            assertEquals("nightly", page.locator("#name").inputValue(), "what was typed stays");
            page.locator("#networks").fill("");
            page.locator("input[value=editor]").check();
            page.locator("#scopes").fill("orders.read");
            page.getByText("Create the key").click();
            page.getByText("I have it").waitFor();
            String key = shown(page);
            shot(page, "keys-created");
            assertEquals(200, status(key));

            Locator row = page.locator("#keys > li").first();
            row.getByText("Rename").click();
            row.getByLabel("New name").fill("weekly");
            row.getByText("Yes").click();
            page.locator("#keys h2").getByText("weekly").waitFor();
            row.getByText("Rotate").click();
            row.getByLabel("Hours for").fill("0");
            row.getByText("Yes").click();
            page.getByText("I have it").waitFor();
            String rotated = shown(page);
            assertFalse(rotated.equals(key));
            assertEquals(401, status(key));
            assertEquals(200, status(rotated));
            page.reload();
            row.getByText("Revoke").waitFor();
            assertFalse(page.content().contains(rotated), "shown once only");
            row.getByText("Revoke").click();
            row.getByText("Yes").click();
            row.getByText("revoked").waitFor();
            assertEquals(401, status(rotated));
            assertEquals(List.of(), complaints);
        }
    }

    @Test
    void theCommandLineWorksOnTheSameFile() throws Exception {
        String file = Objects.requireNonNull(sample.demoKeyFile()).toString();
        try (BrowserContext context = chromium.browser().newContext()) {
            Page page = signedIn(context, "ada", "/admin/keys/");
            page.locator("#keys")
                    .getByText("demo", new Locator.GetByTextOptions().setExact(true))
                    .waitFor();
            assertEquals(0, commandLine("create", "--file", file, "--owner", "by-hand", "--role", "service"));
            page.reload();
            page.getByText("Of the service by-hand").waitFor();
            shot(page, "keys-all");
        }
    }
}
