package io.ostiary.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.ostiary.sample.launcher.Options;
import io.ostiary.sample.launcher.RunningSample;
import io.ostiary.sample.launcher.SampleLauncher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Applications that others wrote, as they come from Maven Central, with text files beside them; a person in a real browser.
 * JSPWiki is translated to jakarta by Tomcat's own tool. Runs with the profile thirdparty only.
 */
final class WarsThirdParty {
    private static final Path WARS = Path.of("target/thirdparty");
    private static final Path SHOTS = Path.of("target/screenshots");
    private static final String EXAMPLES = "apache-tomcat-11.0.24/webapps/examples";
    private static final String HAWTIO_LOGIN = "hawtio.authenticationEnabled";

    @TempDir
    private static Path directory;

    private static final List<String> PROPERTIES = new ArrayList<>();
    private static RunningSample lender;
    private static Tomcat tomcat;
    private static TestBrowser chromium;
    private static String url;

    @BeforeAll
    static void start() throws Exception {
        chromium = TestBrowser.launch();
        lender = SampleLauncher.start(Options.onFreePorts());
        Files.createDirectories(SHOTS);
        Files.createDirectories(directory.resolve("tomcat/webapps"));
        tomcat = new Tomcat();
        tomcat.setBaseDir(directory.resolve("tomcat").toString());
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        tomcat.setConnector(connector);
        property(HAWTIO_LOGIN, "false");
        deploy("hawtio", WARS.resolve("hawtio-war.war"), "/ostiary");
        deploy("examples", WARS.resolve(EXAMPLES), "/auth");
        wiki(deploy("wiki", migrated(), "/auth"));
        tomcat.start();
        url = "http://127.0.0.1:" + tomcat.getConnector().getLocalPort();
    }

    @AfterAll
    static void stop() throws Exception {
        PROPERTIES.forEach(System::clearProperty);
        if (tomcat != null) {
            tomcat.stop();
            tomcat.destroy();
        }
        if (lender != null) {
            lender.close();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    private static void property(String name, String value) {
        System.setProperty(name, value);
        PROPERTIES.add(name);
    }

    /** What an operator does: two text files, and where they are. */
    private static Context deploy(String name, Path war, String endpoints) throws Exception {
        Path settings = directory.resolve(name + ".properties");
        Files.writeString(settings, """
                development = true
                endpoint-path = %s
                session.cookie-name = session-%s
                oauth.provider.dev.issuer = %s
                oauth.provider.dev.client-id = %s
                oauth.provider.dev.client-secret = some-secret
                oauth.provider.dev.label = Development provider
                oauth.provider.dev.roles-claim = /roles
                oauth.provider.dev.name-claim = /sub
                """.formatted(endpoints, name, Objects.requireNonNull(lender.providerUrl()), name));
        Files.writeString(
                directory.resolve(name + ".rules"), "order file\n* " + endpoints + "/** permit\n* /** authenticated\n");
        property("ostiary.config." + name, settings.toString());
        return tomcat.addWebapp("/" + name, war.toAbsolutePath().toString());
    }

    private static Path migrated() throws Exception {
        Path war = directory.resolve("wiki.war");
        Process tool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        WARS.resolve("jakartaee-migration-shaded.jar").toString(),
                        WARS.resolve("jspwiki-war.war").toString(),
                        war.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("migration.log").toFile())
                .start();
        assertEquals(0, tool.waitFor(), "migration");
        return war;
    }

    /** Where the wiki keeps its pages: its own setting, which every installation has. */
    private static void wiki(Context context) throws Exception {
        Path pages = Files.createDirectories(directory.resolve("pages"));
        Path custom = directory.resolve("jspwiki-custom.properties");
        Files.writeString(
                custom,
                "jspwiki.fileSystemProvider.pageDir = " + pages + "\njspwiki.workDir = "
                        + Files.createDirectories(directory.resolve("work"))
                        + "\njspwiki.basicAttachmentProvider.storageDir = " + pages + "\n");
        context.addParameter("jspwiki.custom.config", custom.toString());
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
