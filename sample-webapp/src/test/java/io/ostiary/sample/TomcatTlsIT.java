package io.ostiary.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.sample.launcher.Options;
import io.ostiary.sample.launcher.RunningSample;
import io.ostiary.sample.launcher.SampleLauncher;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS ends in Tomcat itself, as the connectors of docs/https.md say; another port is plain. */
final class TomcatTlsIT {
    private static final String ADDRESS = "127.0.0.1";

    @TempDir
    private static Path directory;

    private static SelfSigned tls;
    private static RunningSample lender;
    private static Tomcat tomcat;
    private static String url;

    @BeforeAll
    static void start() throws Exception {
        tls = SelfSigned.make(directory);
        lender = SampleLauncher.start(Options.onFreePorts());
        int port = Nginx.freePort();
        url = "https://" + ADDRESS + ":" + port;
        tomcat = new Tomcat();
        tomcat.setBaseDir(directory.resolve("tomcat").toString());
        tomcat.setConnector(connector(0)); // adds it as well
        Connector secure = connector(port);
        secure.setProperty("SSLEnabled", "true");
        secure.addSslHostConfig(certificate());
        tomcat.getService().addConnector(secure);
        Context context = tomcat.addWebapp(
                "", Path.of("target/sample-webapp.war").toAbsolutePath().toString());
        Path settings = Objects.requireNonNull(SampleSettings.with(directory, "base-url=" + url, "https.redirect=on")
                .config());
        context.addParameter("ostiary.config", settings.toString());
        Map.of(
                        "issuer", Objects.requireNonNull(lender.providerUrl()),
                        "client-id", "ostiary-sample",
                        "client-secret", "any-secret-will-do",
                        "roles-claim", "/roles")
                .forEach((key, value) -> context.addParameter("ostiary.oauth.provider.dev." + key, value));
        tomcat.start();
    }

    private static Connector connector(int port) {
        Connector connector = new Connector();
        connector.setPort(port);
        connector.setProperty("address", ADDRESS);
        return connector;
    }

    private static SSLHostConfig certificate() {
        SSLHostConfig host = new SSLHostConfig();
        SSLHostConfigCertificate certificate =
                new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
        certificate.setCertificateKeystoreFile(
                tls.directory().resolve("keys.p12").toString());
        certificate.setCertificateKeystoreType("PKCS12");
        certificate.setCertificateKeystorePassword("changeit");
        host.addCertificate(certificate);
        return host;
    }

    @AfterAll
    static void stop() throws Exception {
        if (tomcat != null) {
            tomcat.stop();
            tomcat.destroy();
        }
        if (lender != null) {
            lender.close();
        }
    }

    private static Caller overTls() {
        return new Caller(url, ADDRESS, tls.trust());
    }

    private static Caller plain() {
        return new Caller("http://" + ADDRESS + ":" + tomcat.getConnector().getLocalPort(), ADDRESS, tls.trust());
    }

    @Test
    void aLoginIsHttpsThroughout() throws Exception {
        Caller ada = overTls();
        Caller.Answer start = ada.open("/auth/login/dev?next=/app/whoami");
        assertEquals(302, start.status());
        String provider = start.header("Location");
        String back = URLEncoder.encode(url + "/auth/callback/dev", StandardCharsets.UTF_8);
        assertTrue(provider.contains("redirect_uri=" + back), provider);
        assertSafeCookies(start);
        Visitor atProvider = new Visitor("");
        HttpResponse<String> posted = atProvider.post(provider, "username=ada");
        URI callback = URI.create(atProvider.location(posted));
        Caller.Answer landing = ada.open(callback.getRawPath() + "?" + callback.getRawQuery());
        assertEquals(302, landing.status(), landing.body());
        assertSafeCookies(landing);
        for (String path : List.of("/", "/app/whoami", "/admin/", "/auth/login", "/static/style.css", "/none")) {
            assertEquals("max-age=31536000", ada.open(path).header("Strict-Transport-Security"), path);
        }
        assertEquals(200, ada.open("/app/whoami").status());
        assertEquals(302, ada.post("/auth/logout", "", "Origin: " + url).status());
        assertEquals(302, ada.open("/app/whoami").status());
    }

    @Test
    void whatComesPlainIsSentOnOrRefused() throws Exception {
        Caller.Answer page = plain().open("/app/whoami?a=b", "Host: evil.example");
        assertEquals(308, page.status());
        assertEquals(url + "/app/whoami?a=b", page.header("Location"));
        assertEquals("", page.header("Strict-Transport-Security"));
        assertEquals("", page.header("Set-Cookie"));
        assertEquals(403, plain().post("/auth/logout", "", "Origin: " + url).status());
    }

    @Test
    void claimsOfTlsDoNotCount() throws Exception {
        for (String path : List.of("/public/whoami", url + "/public/whoami")) {
            Caller.Answer answer = plain().open(path, "X-Forwarded-Proto: https", "Forwarded: proto=https");
            assertTrue(answer.status() == 308 || answer.status() == 400, path + ": " + answer.status());
            assertEquals("", answer.header("Strict-Transport-Security"), path);
        }
    }

    private static void assertSafeCookies(Caller.Answer answer) {
        List<String> cookies = answer.all("Set-Cookie");
        assertFalse(cookies.isEmpty(), answer.head().toString());
        for (String cookie : cookies) {
            assertTrue(cookie.startsWith("__Host-") || cookie.startsWith("__Secure-"), cookie);
            assertTrue(cookie.contains("; Secure") && cookie.contains("; HttpOnly"), cookie);
            assertFalse(cookie.toLowerCase(Locale.ROOT).contains("domain"), cookie);
        }
    }
}
