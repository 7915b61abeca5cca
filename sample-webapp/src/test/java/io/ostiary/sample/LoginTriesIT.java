package io.ostiary.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.SameSiteAttribute;
import io.ostiary.sample.launcher.Options;
import io.ostiary.sample.launcher.RunningSample;
import io.ostiary.sample.launcher.SampleLauncher;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people really do while they sign in, in a real browser: each try ends somewhere sensible. */
final class LoginTriesIT {
    private static TestBrowser chromium;
    private static RunningSample sample;

    @BeforeAll
    static void start() throws Exception {
        chromium = TestBrowser.launch();
        sample = SampleLauncher.start(Options.onFreePorts());
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

    private static Page atProvider(BrowserContext context, String next) {
        Page page = context.newPage();
        page.navigate(sample.baseUrl() + "/auth/login?next=" + next);
        page.getByText("Continue with Development provider").click();
        page.locator("button[value=vic]").waitFor();
        return page;
    }

    private static void assertIn(Page page, String path) {
        page.waitForURL(sample.baseUrl() + path);
        assertEquals(200, page.navigate(sample.baseUrl() + "/app/").status());
        assertTrue(page.url().endsWith("/app/"), page.url());
    }

    @Test
    void twoTabsBothArrive() {
        try (BrowserContext context = chromium.browser().newContext()) {
            Page one = atProvider(context, "/app/whoami");
            Page two = atProvider(context, "/app/");
            two.locator("button[value=vic]").click();
            assertIn(two, "/app/");
            one.locator("button[value=vic]").click();
            assertIn(one, "/app/whoami");
        }
    }

    @Test
    void theBackButtonAfterwardsLeadsIntoTheApplication() {
        try (BrowserContext context = chromium.browser().newContext()) {
            Page page = atProvider(context, "/app/");
            page.locator("button[value=vic]").click();
            page.waitForURL(sample.baseUrl() + "/app/");
            page.goBack(); // the provider's form again, with a state that is used up
            page.locator("button[value=vic]").click();
            assertIn(page, "/"); // where a login leads that names no place
        }
    }

    @Test
    void aDoubleClickSignsInOnce() {
        try (BrowserContext context = chromium.browser().newContext()) {
            Page page = context.newPage();
            page.navigate(sample.baseUrl() + "/auth/login?next=/app/");
            page.getByText("Continue with Development provider").dblclick();
            page.locator("button[value=vic]").dblclick();
            assertIn(page, "/app/");
        }
    }

    /** What a pending login has in the browser ends with it. */
    @Test
    void aLoginThatTookTooLongCanBeTriedAgain() {
        try (BrowserContext context = chromium.browser().newContext()) {
            Page page = atProvider(context, "/app/");
            context.clearCookies();
            page.locator("button[value=vic]").click();
            page.getByText("Sign-in did not work").waitFor();
            page.getByText("Try again").click();
            page.getByText("Continue with Development provider").click();
            page.locator("button[value=vic]").click();
            page.waitForURL(sample.baseUrl() + "/**");
            assertEquals(200, page.navigate(sample.baseUrl() + "/app/").status());
        }
    }

    @Test
    void whoBlocksCookiesIsToldSo() {
        try (BrowserContext context = chromium.browser().newContext()) {
            context.route("**/*", route -> {
                java.util.Map<String, String> headers =
                        new java.util.HashMap<>(route.request().headers());
                headers.remove("cookie");
                route.resume(new com.microsoft.playwright.Route.ResumeOptions().setHeaders(headers));
            });
            Page page = context.newPage();
            page.navigate(sample.baseUrl() + "/auth/login?next=/app/");
            page.getByText("Continue with Development provider").click();
            page.locator("button[value=vic]").waitFor();
            context.clearCookies();
            page.locator("button[value=vic]").click();
            page.getByText("Sign-in did not work").waitFor();
            assertTrue(page.content().contains("cookies"), page.content());
        }
    }

    @Test
    void aProviderThatComesLateIsWaitedFor(@TempDir Path directory) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path settings = directory.resolve("auth.properties");
        Files.writeString(settings, """
                development=true
                rbac.roles=viewer, editor, admin
                rbac.store=memory
                oauth.provider.dev.issuer=http://127.0.0.1:%d/late
                oauth.provider.dev.client-id=late
                oauth.provider.dev.client-secret=canary-late
                """.formatted(port));
        try (RunningSample alone = SampleLauncher.start(Options.onFreePorts().withConfig(settings));
                BrowserContext context = chromium.browser().newContext()) {
            Page page = context.newPage();
            assertEquals(200, page.navigate(alone.baseUrl() + "/public/").status());
            page.navigate(alone.baseUrl() + "/auth/login?next=/app/");
            page.getByText("Continue with Dev").click();
            page.getByText("The sign-in service does not answer at the moment.").waitFor();
            MockOAuth2Server provider = new MockOAuth2Server(new OAuth2Config(true));
            provider.start(InetAddress.getLoopbackAddress(), port);
            try {
                page.waitForTimeout(2_500); // the first pause before the next try is two seconds
                page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Try again"))
                        .click();
                page.getByText("Continue with Dev").click();
                page.locator("input[name=username]").fill("late");
                page.locator("input[type=submit], button[type=submit]").first().click();
                page.waitForURL(alone.baseUrl() + "/app/");
            } finally {
                provider.shutdown();
            }
        }
    }

    /** The provider is localhost, the application 127.0.0.1: two sites, so only a cookie with SameSite=None comes along. */
    @Test
    void anAnswerThatComesAsAPostFromAnotherSiteArrives(@TempDir Path directory) throws Exception {
        MockOAuth2Server provider = new MockOAuth2Server(new OAuth2Config(true));
        provider.start(InetAddress.getLoopbackAddress(), 0);
        Path settings = directory.resolve("auth.properties");
        Files.writeString(settings, """
                development=true
                rbac.roles=viewer, editor, admin
                rbac.store=memory
                oauth.provider.dev.issuer=http://localhost:%d/cross
                oauth.provider.dev.client-id=cross
                oauth.provider.dev.client-secret=canary-cross
                oauth.provider.dev.response-mode=form-post
                """.formatted(provider.baseUrl().port()));
        try (RunningSample alone = SampleLauncher.start(Options.onFreePorts().withConfig(settings));
                BrowserContext context = chromium.browser().newContext()) {
            assertTrue(alone.baseUrl().startsWith("http://127.0.0.1:"), alone.baseUrl());
            Page page = context.newPage();
            page.navigate(alone.baseUrl() + "/auth/login?next=/app/");
            page.getByText("Continue with Dev").click();
            page.locator("input[name=username]").fill("vic");
            assertTrue(page.url().startsWith("http://localhost:"), page.url());
            assertTrue(context.cookies().stream()
                    .anyMatch(cookie -> cookie.name.startsWith("ostiary-login-")
                            && cookie.sameSite == SameSiteAttribute.NONE
                            && cookie.secure));
            page.locator("input[type=submit], button[type=submit]").first().click();
            page.waitForURL(alone.baseUrl() + "/app/");
            assertEquals(200, page.reload().status());
            page.goBack(); // the provider's form again, with a state that is used up
            page.locator("input[name=username]").fill("vic");
            page.locator("input[type=submit], button[type=submit]").first().click();
            page.waitForURL(alone.baseUrl() + "/"); // by way of the login page, where the session shows
            assertEquals(200, page.navigate(alone.baseUrl() + "/app/").status());
        } finally {
            provider.shutdown();
        }
    }
}
