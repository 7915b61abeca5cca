package io.ostiary.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.sample.launcher.Options;
import io.ostiary.sample.launcher.RunningSample;
import io.ostiary.sample.launcher.SampleLauncher;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.NodeList;

/** The edge of the sample: headers on every answer there is, and nothing for other sites. */
final class EdgeIT {
    private static RunningSample sample;
    private static Visitor vic;

    @BeforeAll
    static void start() throws Exception {
        sample = SampleLauncher.start(Options.onFreePorts());
        vic = new Visitor(sample.baseUrl());
        vic.logIn("vic", "/app/");
    }

    @AfterAll
    static void stop() {
        sample.close();
    }

    /** Every url-pattern of web.xml, every static file, the kit's own pages, and what is not there. */
    private static List<String> everyRoute() throws Exception {
        List<String> routes = new ArrayList<>(List.of(
                "/nothing",
                "/auth/login",
                "/auth/login/none",
                "/auth/callback/dev",
                "/auth/logout",
                "/auth/nothing",
                "/auth/sessions",
                "/webjars/htmx.org/2.0.4/dist/htmx.min.js",
                "/editor/guests/1/edit",
                "/public;x",
                "/ADMIN/x"));
        try (InputStream in = Files.newInputStream(Path.of("src/main/webapp/WEB-INF/web.xml"))) {
            NodeList mappings = DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(in)
                    .getElementsByTagName("servlet-mapping");
            for (int i = 0; i < mappings.getLength(); i++) {
                NodeList patterns = ((org.w3c.dom.Element) mappings.item(i)).getElementsByTagName("url-pattern");
                for (int p = 0; p < patterns.getLength(); p++) {
                    String pattern = patterns.item(p).getTextContent();
                    routes.add(pattern.isEmpty() ? "/" : pattern.replace("*", "x"));
                }
            }
        }
        Path statics = Path.of("src/main/webapp/static");
        try (var files = Files.walk(statics)) {
            files.filter(Files::isRegularFile).forEach(file -> routes.add("/static/" + statics.relativize(file)));
        }
        return routes;
    }

    @Test
    void everyAnswerHasTheHeaders() throws Exception {
        Visitor nobody = new Visitor(sample.baseUrl());
        Visitor ada = new Visitor(sample.baseUrl());
        ada.logIn("ada", "/app/");
        List<String> routes = everyRoute();
        assertTrue(routes.size() > 30, routes.toString());
        for (String route : routes) {
            for (Visitor visitor : List.of(nobody, ada)) {
                SafeHeaders.check(route, visitor.open(route));
                SafeHeaders.check(route, visitor.get(route));
            }
        }
    }

    @Test
    void whoAsksTooOftenIsToldToWait() throws Exception {
        Visitor nobody = new Visitor(sample.baseUrl());
        for (int i = 0; i < 3; i++) {
            assertEquals(200, nobody.open("/public/seldom").statusCode());
        }
        HttpResponse<String> refused = nobody.open("/public/seldom");
        assertEquals(429, refused.statusCode());
        assertTrue(
                Integer.parseInt(SafeHeaders.one(refused, "Retry-After")) <= 20,
                SafeHeaders.one(refused, "Retry-After"));
        assertTrue(refused.body().contains("too often"), refused.body());
        assertEquals(200, nobody.open("/public/whoami").statusCode());
    }

    @Test
    void aKeyAloneOpensNothingThatTakesASignature() throws Exception {
        String key = String.valueOf(sample.demoKey());
        Visitor nobody = new Visitor(sample.baseUrl());
        assertEquals(200, nobody.get("/api/v1/whoami", "X-API-KEY", key).statusCode());
        HttpResponse<String> refused = nobody.get("/api/signed/whoami", "X-API-KEY", key);
        assertEquals(401, refused.statusCode());
        assertTrue(
                SafeHeaders.one(refused, "WWW-Authenticate").startsWith("Signature"),
                SafeHeaders.one(refused, "WWW-Authenticate"));
    }

    @Test
    void administratorsSeeWhatHappened() throws Exception {
        assertEquals(403, vic.open("/admin/audit?x=%3Cscript%3E").statusCode());
        Visitor ada = new Visitor(sample.baseUrl());
        ada.logIn("ada", "/app/");
        String page = ada.open("/admin/audit?event=forbidden&user=vi").body();
        assertTrue(
                page.contains("<code>GET &#x2F;admin&#x2F;audit</code>")
                        || page.contains("<code>GET /admin/audit</code>"),
                page);
        assertTrue(page.contains("<strong>Vic Viewer</strong>"), page);
        assertTrue(ada.open("/admin/audit?event=%3Cscript%3E").body().contains("Nothing fits."));
        String counters = ada.open("/admin/metrics").body();
        assertTrue(counters.contains("ostiary_events_total{event=\"login\",reason=\"\"} "), counters);
    }

    /** HST-05 to HST-07, H02, H05: a header is a word of the client's. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-User: ada",
                "X-Remote-User: ada",
                "Remote-User: ada",
                "X-Forwarded-User: ada",
                "X-Roles: admin",
                "X-Auth-Request-Groups: admin",
                "User-Agent: GoogleHC/1.0",
                "User-Agent: kube-probe/1.29",
                "X-Rewrite-URL: /public/whoami",
                "X-Original-URL: /public/whoami",
                "X-Forwarded-Method: OPTIONS",
                "X-Original-Method: GET",
                "X-HTTP-Method-Override: OPTIONS"
            })
    void headersOfTheClientMakeNobodyAndMoveNothing(String line) throws Exception {
        String[] header = line.split(": ", 2);
        Visitor nobody = new Visitor(sample.baseUrl());
        assertEquals(401, nobody.get("/admin/whoami", header).statusCode());
        assertTrue(nobody.get("/public/whoami", header).body().contains("\"zone\":\"public\""));
        assertEquals(
                "{\"authenticated\":false}", nobody.get("/auth/session", header).body());
        assertEquals(403, vic.get("/admin/whoami", header).statusCode());
    }
}
