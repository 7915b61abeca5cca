package io.ostiary.sample;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.ostiary.sample.launcher.Options;
import io.ostiary.sample.launcher.RunningSample;
import io.ostiary.sample.launcher.SampleLauncher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Applications that others wrote, as they come from Maven Central, with text files beside them; a person in a real browser.
 * Runs with the profile thirdparty only.
 */
final class WarsThirdParty {
    private static final Path SHOTS = Path.of("target/screenshots");
    private static final String HAWTIO_LOGIN = "hawtio.authenticationEnabled";

    @TempDir
    private static Path directory;

    private static RunningSample lender;
    private static ForeignServer tomcat;
    private static TestBrowser chromium;
    private static String url;

    @BeforeAll
    static void start() throws Exception {
        chromium = TestBrowser.launch();
        lender = SampleLauncher.start(Options.onFreePorts());
        Files.createDirectories(SHOTS);
        System.setProperty(HAWTIO_LOGIN, "false");
        tomcat = new ForeignTomcat(directory.resolve("tomcat"));
        for (ForeignWar war : ForeignWar.values()) {
            Map<String, String> parameters = new HashMap<>(war.own(directory));
            parameters.putAll(war.kit(directory, Objects.requireNonNull(lender.providerUrl())));
            tomcat.deploy(war, parameters);
        }
        url = tomcat.start();
    }

    @AfterAll
    static void stop() throws Exception {
        System.clearProperty(HAWTIO_LOGIN);
        if (tomcat != null) {
            tomcat.end();
        }
        if (lender != null) {
            lender.close();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    /** Signs in where the page sends an anonymous browser, and returns what the browser loaded after that. */
    private static Set<String> signIn(Page page, String start) {
        page.navigate(url + start);
        assertTrue(page.url().contains("/login?next="), page.url());
        page.getByText("Continue with Development provider").click();
        Set<String> seen = new TreeSet<>();
        page.onResponse(response -> {
            if (response.url().startsWith(url) && response.status() == 200) {
                seen.add(response.url().substring(url.length()));
            }
        });
        page.locator("button[value=vic]").click();
        // Where a container names the welcome page itself, people come back to that.
        page.waitForURL(Pattern.compile(Pattern.quote(url + start) + "(index.html|Wiki.jsp)?([?].*)?"));
        page.waitForLoadState(com.microsoft.playwright.options.LoadState.NETWORKIDLE);
        return seen;
    }

    /** All that the browser was given, and all links of the last page: nobody gets them without signing in. */
    private static void assertClosed(Page page, Set<String> seen, String application, String endpoints)
            throws Exception {
        Object links = page.evaluate("[...document.querySelectorAll('a[href]')].map(a => a.href)");
        for (Object link : (List<?>) links) {
            String target = String.valueOf(link).replaceFirst("#.*", "");
            if (target.startsWith(url + application)) {
                seen.add(target.substring(url.length()));
            }
        }
        Visitor nobody = new Visitor(url);
        int asked = 0;
        for (String target : seen) {
            if (target.startsWith(application) && !target.startsWith(application + endpoints)) {
                asked++;
                int status = nobody.get(target.replace(" ", "%20")).statusCode();
                assertTrue(status == 401 || status == 400, target + ": " + status);
                assertTrue(nobody.open(target).statusCode() != 200, target);
            }
        }
        assertTrue(asked > 10, seen.toString());
    }

    private static void shoot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(SHOTS.resolve("thirdparty-" + name + ".png")));
    }

    private static BrowserContext person() {
        return chromium.browser().newContext(new Browser.NewContextOptions().setViewportSize(1000, 640));
    }

    @Test
    void tomcatsExamples() throws Exception {
        try (BrowserContext person = person()) {
            Page page = person.newPage();
            Set<String> seen = signIn(page, "/examples/");
            page.getByText("Servlets examples").click();
            page.waitForURL(Pattern.compile(".*/examples/servlets/?.*"));
            page.navigate(url + "/examples/servlets/servlet/RequestInfoExample");
            assertTrue(page.content().contains("Request Information Example"), page.content());
            page.navigate(url + "/examples/jsp/snp/snoop.jsp");
            assertTrue(page.content().contains("vic"), page.content());
            shoot(page, "examples");
            page.navigate(url + "/examples/servlets/servlet/SessionExample");
            page.locator("input[name=dataname]").first().fill("colour");
            page.locator("input[name=datavalue]").first().fill("green");
            page.locator("input[type=submit]").first().click();
            page.getByText("colour = green").waitFor();
            page.navigate(url + "/examples/jsp/");
            assertClosed(page, seen, "/examples", "/auth");
        }
    }

    @Test
    void hawtio() throws Exception {
        try (BrowserContext person = person()) {
            Page page = person.newPage();
            Set<String> seen = signIn(page, "/hawtio/");
            page.getByText("Add connection").waitFor();
            shoot(page, "hawtio");
            page.getByText("Discover").click();
            page.waitForURL(Pattern.compile(".*/hawtio/connect/discover.*"));
            seen.add("/hawtio/jolokia/version");
            seen.add("/hawtio/plugin");
            seen.add("/hawtio/user");
            assertTrue(page.navigate(url + "/hawtio/jolokia/version").text().contains("agent"), page.content());
            page.navigate(url + "/hawtio/");
            assertClosed(page, seen, "/hawtio", "/ostiary");
        }
    }

    @Test
    void wiki() throws Exception {
        try (BrowserContext person = person()) {
            Page page = person.newPage();
            Set<String> seen = signIn(page, "/wiki/");
            page.locator(".userbox .btn").first().click();
            shoot(page, "wiki");
            String text = page.locator(".userbox").innerText();
            assertTrue(text.contains("vic"), text);
            assertTrue(text.contains("(authenticated)"), text);
            page.navigate(url + "/wiki/Wiki.jsp?page=SandBox");
            page.navigate(url + "/wiki/Edit.jsp?page=SandBox");
            page.locator("textarea.editor >> visible=true").first().pressSequentially("Written by vic");
            page.locator(".ajaxpreview").getByText("Written by vic").first().waitFor(); // its script has noticed
            page.locator("[name=ok]").first().click();
            page.waitForURL(Pattern.compile(".*/(Wiki.jsp[?]page=|wiki/)SandBox.*"));
            assertTrue(page.content().contains("Written by vic"), page.url() + page.content());
            shoot(page, "wiki-edit");
            page.navigate(url + "/wiki/Wiki.jsp?page=Main");
            assertClosed(page, seen, "/wiki", "/auth");
        }
    }
}
