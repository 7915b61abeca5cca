package io.ostiary.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import io.ostiary.sample.launcher.RunningSample;
import io.ostiary.sample.launcher.SampleLauncher;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The sample behind a real proxy that ends TLS, once with the proxy trusted and once not. Callers have addresses of their
 * own in 127.0.0.0/8, so that none is mistaken for nginx, which is 127.0.0.1.
 */
final class NginxIT {
    private static final String[] SPOOFED = {
        "X-Forwarded-For: 6.6.6.6",
        "X-Real-IP: 6.6.6.6",
        "Forwarded: for=6.6.6.6;proto=http;host=evil.example",
        "X-Forwarded-Proto: http",
        "X-Forwarded-Host: evil.example",
        "X-Forwarded-Port: 99",
        "X-Forwarded-Prefix: /evil",
        "X_Forwarded_For: 6.6.6.6",
    };
    private static final String[] CLAIMS_TLS = {
        "X-Forwarded-For: 6.6.6.6",
        "Forwarded: for=6.6.6.6;proto=https",
        "X-Forwarded-Proto: https",
        "X-Forwarded-Host: evil.example",
    };

    @TempDir
    private static Path directory;

    private static SelfSigned tls;
    private static Site trusted;
    private static Site untrusted;

    /** nginx at {@code url}, the sample behind it. */
    private record Site(String url, RunningSample sample, Nginx nginx) implements AutoCloseable {
        static Site start(String name, String... settings) throws Exception {
            int port = Nginx.freePort();
            String url = "https://127.0.0.1:" + port;
            Path home = Files.createDirectory(directory.resolve(name));
            String[] lines =
                    List.of("base-url=" + url, String.join("\n", settings)).toArray(new String[0]);
            RunningSample sample = SampleLauncher.start(SampleSettings.with(home, lines));
            try {
                return new Site(url, sample, Nginx.start(home, tls.directory(), port, sample.baseUrl()));
            } catch (Exception | Error e) {
                sample.close();
                throw e;
            }
        }

        Caller from(String address) {
            return new Caller(url, address, tls.trust());
        }

        /** Past nginx. */
        Caller directlyFrom(String address) {
            return new Caller(sample.baseUrl(), address, tls.trust());
        }

        @Override
        public void close() {
            nginx.close();
            sample.close();
        }
    }

    @BeforeAll
    static void start() throws Exception {
        Nginx.program();
        tls = SelfSigned.make(directory);
        trusted = Site.start("trusted", "proxy.trusted=127.0.0.1", "proxy.header=x-forwarded", "https.redirect=on");
        untrusted = Site.start("untrusted");
    }

    @AfterAll
    static void stop() {
        if (trusted != null) {
            trusted.close();
        }
        if (untrusted != null) {
            untrusted.close();
        }
    }

    /** Every request to the application has {@code headers}. */
    private static Caller.Answer logIn(Caller caller, String persona, String... headers) throws Exception {
        String provider =
                caller.open("/auth/login/dev?next=/app/whoami", headers).header("Location");
        Visitor atProvider = new Visitor("");
        HttpResponse<String> posted = atProvider.post(provider, "username=" + persona);
        URI callback = URI.create(atProvider.location(posted));
        return caller.open(callback.getRawPath() + "?" + callback.getRawQuery(), headers);
    }

    @Test
    void aLoginIsHttpsThroughout() throws Exception {
        Caller ada = trusted.from("127.0.0.77");
        Caller.Answer start = ada.open("/auth/login/dev?next=/app/whoami", SPOOFED);
        assertEquals(302, start.status());
        assertTrue(
                start.header("Location").contains("redirect_uri=" + encoded(trusted.url() + "/auth/callback/dev")),
                start.header("Location"));
        assertSafeCookies(start);
        Caller.Answer landing = logIn(ada, "ada", SPOOFED);
        assertEquals(302, landing.status(), landing.body());
        assertEquals(trusted.url() + "/app/whoami", resolved(landing));
        assertSafeCookies(landing);
        for (String path :
                List.of("/", "/app/whoami", "/app/", "/admin/", "/auth/login", "/static/style.css", "/none")) {
            Caller.Answer answer = ada.open(path, SPOOFED);
            assertEquals("max-age=31536000", answer.header("Strict-Transport-Security"), path);
            String withoutProvider =
                    answer.body().replace(String.valueOf(trusted.sample().providerUrl()), "");
            assertFalse(withoutProvider.contains("http://"), withoutProvider);
            assertFalse(answer.toString().contains("evil"), answer.toString());
        }
        assertEquals(200, ada.open("/app/whoami").status());
        Caller.Answer login = trusted.from("127.0.0.77").open("/app/", SPOOFED);
        assertEquals(trusted.url() + "/auth/login?next=%2Fapp%2F", resolved(login));
        Caller.Answer directory = ada.open("/static", SPOOFED); // a redirect by the container, not by us
        assertTrue(directory.header("Location").startsWith("/"), directory.header("Location"));
        Caller.Answer out = ada.post("/auth/logout", "", "Origin: " + trusted.url());
        assertEquals(302, out.status(), out.body());
        assertTrue(resolved(out).startsWith("https://"), resolved(out));
        assertEquals(302, ada.open("/app/whoami").status());
    }

    @Test
    void anotherHostChangesNothing() throws Exception {
        Caller.Answer start = trusted.from("127.0.0.77").open("/auth/login/dev", "Host: evil.example");
        assertTrue(
                start.header("Location").contains("redirect_uri=" + encoded(trusted.url() + "/auth/callback/dev")),
                start.header("Location"));
        assertFalse(start.toString().contains("evil.example"), start.toString());
    }

    @Test
    void theAuditHasTheAddressOfTheCaller() throws Exception {
        assertEquals(302, logIn(trusted.from("127.0.0.78"), "vic", SPOOFED).status());
        Caller ada = trusted.from("127.0.0.79");
        logIn(ada, "ada");
        String page = ada.open("/admin/audit?event=login&user=vic").body();
        assertTrue(page.contains("<strong>Vic Viewer</strong> from 127.0.0.78"), page);
        assertFalse(page.contains("6.6.6.6") || page.contains("from 127.0.0.1<"), page);
    }

    @Test
    void theCallersAreLimitedAndNotTheProxy() throws Exception {
        Caller fast = trusted.from("127.0.0.80");
        for (int i = 0; i < 3; i++) {
            assertEquals(200, fast.open("/public/seldom").status());
        }
        for (int i = 0; i < 4; i++) {
            String other = "X-Forwarded-For: 10.0.0." + i + (i % 2 == 0 ? ", 127.0.0.1" : "");
            Caller.Answer refused = fast.open("/public/seldom", other, "Forwarded: for=10.0.0." + i);
            assertEquals(429, refused.status(), other);
            assertEquals("max-age=31536000", refused.header("Strict-Transport-Security"));
        }
        assertEquals(200, trusted.from("127.0.0.81").open("/public/seldom").status());
    }

    @Test
    void pathsReachTheGuardAsTheyWereSent() throws Exception {
        Caller ada = trusted.from("127.0.0.82");
        logIn(ada, "ada");
        for (String path :
                List.of("/public/..;/admin/whoami", "/admin;x/whoami", "/%2e/admin/whoami", "//admin/whoami")) {
            assertEquals(400, ada.open(path).status(), path);
        }
    }

    @Test
    void aPersonSignsInAndOutInABrowser() throws Exception {
        try (TestBrowser chromium = TestBrowser.launch();
                BrowserContext context =
                        chromium.browser().newContext(new Browser.NewContextOptions().setIgnoreHTTPSErrors(true))) {
            Page page = context.newPage();
            page.navigate(trusted.url() + "/app/guests");
            page.getByText("Continue with Development provider").click();
            page.locator("button[value=ada]").click();
            page.waitForURL(trusted.url() + "/app/guests");
            List<Cookie> cookies = context.cookies(trusted.url());
            assertTrue(
                    cookies.stream().anyMatch(cookie -> cookie.name.startsWith("__Host-") && cookie.secure),
                    () -> cookies.stream().map(cookie -> cookie.name).toList().toString());
            page.locator("#guest").fill("Behind a proxy");
            page.getByText("Add", new Page.GetByTextOptions().setExact(true)).click();
            page.locator("#guests").getByText("Behind a proxy").waitFor();
            page.getByText(Pattern.compile("sign out", Pattern.CASE_INSENSITIVE))
                    .first()
                    .click();
            page.waitForURL(trusted.url() + "/");
            page.navigate(trusted.url() + "/app/");
            assertTrue(page.url().startsWith(trusted.url() + "/auth/login"), page.url());
        }
    }

    /** Whoever gets past nginx is not a trusted proxy, and came without TLS. */
    @Test
    void whoGetsPastTheProxyIsNotBelieved() throws Exception {
        Caller past = trusted.directlyFrom("127.0.0.83");
        Caller.Answer answer = past.open("/app/whoami", CLAIMS_TLS);
        assertEquals(308, answer.status());
        assertEquals(trusted.url() + "/app/whoami", answer.header("Location"));
        assertEquals("", answer.header("Strict-Transport-Security"));
        assertEquals(403, past.post("/auth/logout", "", CLAIMS_TLS).status());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void withoutTrustNoHeaderCounts(boolean behindProxy) throws Exception {
        String address = behindProxy ? "127.0.0.90" : "127.0.0.91";
        String seen = behindProxy ? "127.0.0.1" : address; // the peer of the connection, and nothing else
        Caller ada = behindProxy ? untrusted.from(address) : untrusted.directlyFrom(address);
        Caller.Answer landing = logIn(ada, "ada", CLAIMS_TLS);
        assertEquals("/app/whoami", landing.header("Location")); // of this site, whatever it is called
        assertSafeCookies(landing);
        Caller.Answer page = ada.open("/admin/audit?event=login", CLAIMS_TLS);
        assertEquals(200, page.status());
        assertEquals("", page.header("Strict-Transport-Security"));
        assertTrue(page.body().contains("<strong>Ada Admin</strong> from " + seen), page.body());
        assertFalse(page.body().contains("6.6.6.6"), page.body());
        assertFalse(page.toString().contains("evil.example"), page.toString());
        int refused = 0;
        for (int i = 0; i < 4; i++) {
            String other = "X-Forwarded-For: 10.0.0." + i;
            refused += ada.open("/public/seldom", other).status() == 429 ? 1 : 0;
        }
        assertEquals(1, refused);
    }

    private static void assertSafeCookies(Caller.Answer answer) {
        List<String> cookies = answer.all("Set-Cookie");
        assertFalse(cookies.isEmpty(), answer.head().toString());
        for (String cookie : cookies) {
            assertTrue(cookie.startsWith("__Host-") || cookie.startsWith("__Secure-"), cookie);
            assertTrue(cookie.contains("; Secure") && cookie.contains("; HttpOnly"), cookie);
            assertFalse(cookie.toLowerCase(java.util.Locale.ROOT).contains("domain"), cookie);
        }
    }

    private static String resolved(Caller.Answer answer) {
        return URI.create(trusted.url()).resolve(answer.header("Location")).toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
