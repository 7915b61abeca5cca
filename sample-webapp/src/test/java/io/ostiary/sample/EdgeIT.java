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
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.NodeList;

/** The edge of the sample: headers on every answer there is, and nothing for other sites. */
final class EdgeIT {
    private static RunningSample sample;

    @BeforeAll
    static void start() throws Exception {
        sample = SampleLauncher.start(Options.onFreePorts());
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
                check(route, visitor.open(route));
                check(route, visitor.get(route));
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
        assertTrue(Integer.parseInt(header(refused, "Retry-After")) <= 20, header(refused, "Retry-After"));
        assertTrue(refused.body().contains("too often"), refused.body());
        assertEquals(200, nobody.open("/public/whoami").statusCode());
    }

    @Test
    void aKeyAloneOpensNothingThatTakesASignature() throws Exception {
        String key = String.valueOf(sample.demoKey());
        Visitor nobody = new Visitor(sample.baseUrl());
        assertEquals(200, nobody.get("/api/v1/whoami", "X-API-KEY", key).statusCode());
        HttpResponse<String> refused = nobody.get("/api/v1/signed/whoami", "X-API-KEY", key);
        assertEquals(401, refused.statusCode());
        assertTrue(header(refused, "WWW-Authenticate").startsWith("Signature"), header(refused, "WWW-Authenticate"));
    }

    @Test
    void administratorsSeeWhatHappened() throws Exception {
        Visitor vic = new Visitor(sample.baseUrl());
        vic.logIn("vic", "/app/");
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
        for (String timer : List.of(
                "ostiary_decisions_seconds_count{outcome=\"allowed\"} ",
                "ostiary_provider_calls_seconds_count{call=\"token_endpoint\",outcome=\"success\"} ",
                "ostiary_store_calls_seconds_sum{call=\"load\",outcome=\"success\"} 0.")) {
            assertTrue(counters.contains(timer), timer + " is not in " + counters);
        }
    }

    @Test
    void administratorsSeeTheStartTheEdgeAndWhichSessionItWas() throws Exception {
        assertEquals(400, new Visitor(sample.baseUrl()).open("/public/x;a=b").statusCode());
        Visitor ada = new Visitor(sample.baseUrl());
        ada.logIn("ada", "/app/");
        String start = ada.open("/admin/audit?event=started").body();
        assertTrue(start.contains("Ostiary ") && start.contains(" settings, "), start);
        String edge =
                ada.open("/admin/audit?event=request_refused&outcome=refused").body();
        assertTrue(edge.contains(" · ambiguous_target"), edge);
        String login = ada.open("/admin/audit?event=login&user=ada").body();
        assertTrue(
                Pattern.compile("session <code>[A-Za-z0-9_-]{12,24}</code>")
                        .matcher(login)
                        .find(),
                login);
    }

    private static void check(String route, HttpResponse<String> answer) {
        String where = route + " " + answer.statusCode();
        assertEquals("nosniff", header(answer, "X-Content-Type-Options"), where);
        assertTrue(header(answer, "Content-Security-Policy").contains("default-src 'none'"), where);
        assertTrue(header(answer, "Content-Security-Policy").contains("frame-ancestors 'none'"), where);
        assertTrue(header(answer, "Referrer-Policy").matches("same-origin|no-referrer"), where);
        assertEquals("same-origin", header(answer, "Cross-Origin-Opener-Policy"), where);
        assertTrue(answer.statusCode() < 500, where);
        if (route.matches("/(app|admin|editor|api|auth)(/.*)?")) {
            // An error page of Jetty's says more than that.
            assertTrue(header(answer, "Cache-Control").matches("(.*,)?no-store"), where);
        }
    }

    private static String header(HttpResponse<String> answer, String name) {
        List<String> values = answer.headers().allValues(name);
        assertTrue(values.size() <= 1, name + " is there twice: " + values);
        return values.isEmpty() ? "" : values.get(0);
    }
}
