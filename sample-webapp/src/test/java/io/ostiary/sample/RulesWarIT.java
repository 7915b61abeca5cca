package io.ostiary.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.sample.launcher.Options;
import io.ostiary.sample.launcher.RunningSample;
import io.ostiary.sample.launcher.SampleLauncher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same application with one rules file in the place of all its filters. */
final class RulesWarIT {
    private static final String RULES = """
            order most-specific

            *     /             permit
            *     /auth/**      permit
            *     /static/**    permit
            *     /public/**    permit
            GET   /health       permit
            *     /error        permit
            GET   /app/**       authenticated
            GET   /editor/**    role editor
            *     /admin/**     permission role.grant
            """;
    private static final String FILTER = """
            <filter><filter-name>rules</filter-name><filter-class>io.ostiary.servlet.RulesFilter</filter-class>
              <async-supported>true</async-supported>
              <init-param><param-name>rules</param-name><param-value>/WEB-INF/access.rules</param-value></init-param>
            </filter>
            <filter-mapping><filter-name>rules</filter-name><url-pattern>/*</url-pattern>
              <dispatcher>REQUEST</dispatcher><dispatcher>FORWARD</dispatcher><dispatcher>INCLUDE</dispatcher>
              <dispatcher>ERROR</dispatcher><dispatcher>ASYNC</dispatcher></filter-mapping>
            """;

    @TempDir
    private static Path directory;

    private static RunningSample sample;

    @BeforeAll
    static void start() throws Exception {
        Path war = directory.resolve("war");
        copy(Path.of("target/sample-webapp"), war);
        Path webXml = war.resolve("WEB-INF/web.xml");
        String text = Files.readString(webXml);
        Files.writeString(
                webXml, text.substring(0, text.indexOf("<!-- 3.")) + FILTER + text.substring(text.indexOf("<!-- 4.")));
        Files.writeString(war.resolve("WEB-INF/access.rules"), RULES);
        sample = SampleLauncher.start(Options.onFreePorts().withWar(war));
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

    @Test
    void oneFileDecidesEverything() throws Exception {
        Visitor vic = new Visitor(sample.baseUrl());
        assertEquals(200, vic.open("/").statusCode());
        assertEquals(200, vic.open("/static/style.css").statusCode());
        assertEquals(302, vic.open("/app/whoami").statusCode());
        assertEquals(401, vic.get("/app/whoami").statusCode());
        vic.logIn("vic", "/app/");
        assertEquals(200, vic.open("/app/").statusCode());
        assertEquals(403, vic.post("/app/", "").statusCode());
        assertEquals(403, vic.open("/editor/").statusCode());
        assertEquals(403, vic.open("/admin/").statusCode());
        assertEquals(403, vic.open("/api/me").statusCode(), "what no rule names is closed");
        assertEquals(403, vic.open("/nowhere").statusCode());
    }

    @Test
    void theExplainPageNamesTheLine() throws Exception {
        Visitor ada = new Visitor(sample.baseUrl());
        ada.logIn("ada", "/app/");
        String page = ada.open("/admin/explain?path=/editor/x&roles=viewer").body();
        assertTrue(page.contains("Decided by <code>/WEB-INF/access.rules:10</code>."), page);
        assertTrue(page.contains("role editor: not held"), page);
    }
}
