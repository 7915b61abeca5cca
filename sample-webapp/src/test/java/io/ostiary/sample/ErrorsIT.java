package io.ostiary.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.sample.launcher.Options;
import io.ostiary.sample.launcher.RunningSample;
import io.ostiary.sample.launcher.SampleLauncher;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sample with a page more, which fails: what goes wrong is as well kept as what goes right. */
final class ErrorsIT {
    private static final String PAGE = """
              <servlet><servlet-name>broken</servlet-name><servlet-class>io.ostiary.sample.BrokenServlet</servlet-class></servlet>
              <servlet-mapping><servlet-name>broken</servlet-name><url-pattern>/app/broken</url-pattern><url-pattern>/public/broken</url-pattern><url-pattern>/api/me/broken</url-pattern></servlet-mapping>
            </web-app>""";

    @TempDir
    private static Path directory;

    private static RunningSample sample;
    private static Visitor nobody;
    private static Visitor ada;
    private static Visitor vic;

    @BeforeAll
    static void start() throws Exception {
        Path war = directory.resolve("war");
        copy(Path.of("target/sample-webapp"), war);
        Path descriptor = war.resolve("WEB-INF/web.xml");
        Files.writeString(descriptor, Files.readString(descriptor).replace("</web-app>", PAGE));
        String broken = "io/ostiary/sample/BrokenServlet.class";
        Files.copy(
                Path.of("target/test-classes", broken),
                war.resolve("WEB-INF/classes").resolve(broken));
        sample = SampleLauncher.start(Options.onFreePorts().withWar(war));
        nobody = new Visitor(sample.baseUrl());
        ada = new Visitor(sample.baseUrl());
        ada.logIn("ada", "/app/");
        vic = new Visitor(sample.baseUrl());
        vic.logIn("vic", "/app/");
    }

    @AfterAll
    static void stop() {
        if (sample != null) {
            sample.close();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        List<Path> files;
        try (Stream<Path> tree = Files.walk(from)) {
            files = tree.toList();
        }
        for (Path file : files) {
            Files.copy(file, to.resolve(from.relativize(file).toString()));
        }
    }

    private static int status(Set<Integer> seen, String route, HttpResponse<String> answer) {
        SafeHeaders.check(route, answer);
        seen.add(answer.statusCode());
        return answer.statusCode();
    }

    @Test
    void everyErrorHasTheHeaders() throws Exception {
        Set<Integer> seen = new TreeSet<>();
        for (String how : List.of("thrown", "400", "404", "409", "500", "503")) {
            for (String place : List.of("/app/broken?how=", "/public/broken?how=", "/api/me/broken?how=")) {
                status(seen, place + how, ada.open(place + how));
                status(seen, place + how, ada.get(place + how, "Accept", "application/json"));
            }
        }
        status(seen, "/public;x", nobody.open("/public;x"));
        status(seen, "/app/", nobody.open("/app/"));
        status(seen, "/api/me", nobody.get("/api/me"));
        status(seen, "/admin/", vic.open("/admin/"));
        status(seen, "/app/whoami", ada.post("/app/whoami", "", "Origin", "https://evil.example"));
        status(seen, "/app/whoami", ada.post("/app/whoami", ""));
        status(seen, "/editor/guests", ada.post("/editor/guests", "name="));
        status(seen, "/auth/token", ada.post("/auth/token", "", "Content-Type", "text/plain"));
        status(seen, "/static/none.css", nobody.get("/static/none.css"));
        for (int i = 0; i < 4; i++) {
            status(seen, "/public/seldom", nobody.open("/public/seldom"));
        }
        assertEquals(Set.of(200, 302, 400, 401, 403, 404, 405, 409, 415, 429, 500, 503), Set.copyOf(seen));
    }

    @ParameterizedTest
    @ValueSource(strings = {"thrown", "500", "503"})
    void aFaultShowsNothingOfItself(String how) throws Exception {
        for (String place : List.of("/app/broken", "/public/broken", "/api/me/broken")) {
            for (String accept : List.of("text/html", "application/json", "*/*")) {
                HttpResponse<String> answer = ada.get(place + "?how=" + how, "Accept", accept);
                assertTrue(answer.statusCode() >= 500, place);
                String all = answer.body() + answer.headers().map();
                for (String inner : List.of(BrokenServlet.INNER, "IllegalState", "io.ostiary", "jetty", "at java.")) {
                    assertFalse(all.contains(inner), place + ": " + all);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/auth/login?next=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
                "/auth/login?reason=%3Cscript%3Ealert(1)%3C/script%3E",
                "/auth/login/%3Cscript%3Ealert(1)",
                "/auth/callback/dev?error=%3Cscript%3Ealert(1)&error_description=%3Cscript%3Ealert(1)&state=x",
                "/auth/nothing%3Cscript%3Ealert(1)",
                "/admin/audit?user=%22%3E%3Cscript%3Ealert(1)&event=%3Cscript%3Ealert(1)",
                "/admin/explain?path=/%3Cscript%3Ealert(1)&roles=%3Cscript%3Ealert(1)",
                "/nothing/%3Cscript%3Ealert(1)",
                "/app/broken?how=404&x=%3Cscript%3Ealert(1)"
            })
    void whatIsInTheAddressIsEscaped(String target) throws Exception {
        for (Visitor visitor : List.of(nobody, ada)) {
            HttpResponse<String> answer = visitor.open(target);
            assertTrue(answer.statusCode() < 500, target + " " + answer.statusCode());
            assertFalse(answer.body().contains("<script>alert"), answer.body());
            assertFalse(answer.headers().map().toString().contains("<script"), target);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/me", "/auth/session", "/auth/sessions"})
    void whatIsJsonStaysJson(String path) throws Exception {
        for (String accept : List.of("text/html", "application/json", "*/*")) {
            HttpResponse<String> answer = ada.get(path, "Accept", accept);
            assertEquals(200, answer.statusCode());
            assertTrue(SafeHeaders.one(answer, "Content-Type").startsWith("application/json"), path);
        }
        for (String suffix : List.of("/x.html", ".html", "/x.css")) {
            assertFalse(ada.open(path + suffix).body().contains("\"name\":\"Ada"), path + suffix);
        }
    }

    /** Web cache deception and H69. */
    @Test
    void conditionsAndSuffixesOpenNoCache() throws Exception {
        for (String target : List.of("/app/whoami", "/app/whoami/x.css", "/app/whoami.js", "/app/", "/app/x.png")) {
            for (String[] condition : new String[][] {
                {"Range", "bytes=0-10"},
                {"If-None-Match", "*"},
                {"If-Modified-Since", "Fri, 31 Dec 2100 23:59:59 GMT"}
            }) {
                HttpResponse<String> mine = ada.get(target, condition);
                SafeHeaders.check(target, mine);
                assertTrue(List.of(200, 404).contains(mine.statusCode()), target + " " + mine.statusCode());
                HttpResponse<String> others = nobody.get(target, condition);
                SafeHeaders.check(target, others);
                assertEquals(401, others.statusCode(), target);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/app/", "/editor/", "/admin/", "/api/v1/"})
    void nobodyLearnsWhatIsThere(String zone) throws Exception {
        HttpResponse<String> there = nobody.get(zone + "whoami");
        HttpResponse<String> absent = nobody.get(zone + "no-such-page");
        assertEquals(401, there.statusCode());
        assertEquals(401, absent.statusCode());
        String reference = "incident:[a-z0-9]+";
        assertEquals(there.body().replaceAll(reference, ""), absent.body().replaceAll(reference, ""));
        List<String> challenges = there.headers().allValues("WWW-Authenticate");
        assertEquals(challenges, absent.headers().allValues("WWW-Authenticate"));
        assertTrue(challenges.stream().noneMatch(challenge -> challenge.startsWith("Basic")), challenges.toString());
        if (zone.equals("/admin/")) {
            assertEquals(403, vic.get(zone + "whoami").statusCode());
            assertEquals(403, vic.get(zone + "no-such-page").statusCode());
        }
    }
}
