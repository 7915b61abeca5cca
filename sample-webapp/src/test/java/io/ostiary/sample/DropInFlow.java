package io.ostiary.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.sample.launcher.Options;
import io.ostiary.sample.launcher.RunningSample;
import io.ostiary.sample.launcher.SampleLauncher;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real WARs that do not know the kit, in one server, with its jars inside a WAR or beside all of them. */
abstract class DropInFlow {
    private static final String WEB_XML = """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0" metadata-complete="true">
              <filter><filter-name>own</filter-name><filter-class>io.ostiary.sample.DroppedFilter</filter-class></filter>
              <filter-mapping><filter-name>own</filter-name><url-pattern>/*</url-pattern></filter-mapping>
              <servlet><servlet-name>page</servlet-name>
                <servlet-class>io.ostiary.sample.DroppedServlet</servlet-class></servlet>
              <servlet-mapping><servlet-name>page</servlet-name><url-pattern>/page/*</url-pattern></servlet-mapping>
            </web-app>
            """;
    private static final String RULES = """
            order most-specific
            * /auth/**       permit
            * /page/open     permit
            * /open.go       permit
            * /page/editor   role editor
            * /**            authenticated
            """;

    /** The server's part of a test. */
    interface Server {
        void deploy(String contextPath, Path war) throws Exception;

        /** Tells it a name of the application's own environment. */
        void name(String contextPath, String name, String value) throws Exception;

        String start() throws Exception;

        void end() throws Exception;
    }

    private static @Nullable RunningSample lender;
    private static @Nullable Server running;
    private static String url = "";

    static void start(Server server, Path directory, boolean names) throws Exception {
        running = server;
        RunningSample provider = SampleLauncher.start(Options.onFreePorts());
        lender = provider;
        String settings = """
                development = true
                oauth.provider.dev.issuer = %s
                oauth.provider.dev.client-id = ostiary-sample
                oauth.provider.dev.client-secret = some-secret
                oauth.provider.dev.roles-claim = /roles
                oauth.provider.dev.name-claim = /sub
                rbac.roles = viewer, editor, admin
                """.formatted(Objects.requireNonNull(provider.providerUrl()));
        Path plain = war(directory.resolve("plain.war"), Map.of());
        Files.writeString(directory.resolve("any.properties"), settings);
        Files.writeString(directory.resolve("any.rules"), RULES);
        System.setProperty(
                "ostiary.config.outside", directory.resolve("any.properties").toString());
        server.deploy("/plain", plain);
        server.deploy("/outside", plain);
        server.deploy("/inside", war(directory.resolve("inside.war"), inside(settings)));
        if (names) {
            server.deploy("/named", plain);
            server.name(
                    "/named",
                    "ostiary/config",
                    directory.resolve("any.properties").toString());
        }
        url = server.start();
    }

    static void stop() throws Exception {
        System.clearProperty("ostiary.config.outside");
        if (running != null) {
            running.end();
        }
        if (lender != null) {
            lender.close();
        }
    }

    static Visitor visitor(String application) {
        return new Visitor(url + application);
    }

    /** Settings, rules, and the jars in the WAR itself. */
    private static Map<String, byte[]> inside(String settings) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        files.put("WEB-INF/auth.properties", settings.getBytes(StandardCharsets.UTF_8));
        files.put("WEB-INF/auth.rules", RULES.getBytes(StandardCharsets.UTF_8));
        List<Path> jars;
        try (Stream<Path> all = Files.list(Path.of("target/sample-webapp/WEB-INF/lib"))) {
            jars = all.toList();
        }
        for (Path jar : jars) {
            files.put("WEB-INF/lib/" + jar.getFileName(), Files.readAllBytes(jar));
        }
        return files;
    }

    private static Path war(Path file, Map<String, byte[]> more) throws IOException {
        Map<String, byte[]> files = new TreeMap<>(more);
        files.put("WEB-INF/web.xml", WEB_XML.getBytes(StandardCharsets.UTF_8));
        files.put("index.html", "static".getBytes(StandardCharsets.UTF_8));
        for (Class<?> type : List.of(DroppedServlet.class, DroppedFilter.class)) {
            String name = type.getName().replace('.', '/') + ".class";
            try (InputStream in = Objects.requireNonNull(type.getResourceAsStream("/" + name))) {
                files.put("WEB-INF/classes/" + name, in.readAllBytes());
            }
        }
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return file;
    }

    static void assertProtected(String application) throws Exception {
        Visitor nobody = visitor(application);
        for (String path : List.of("/", "/index.html", "/page/", "/page/secret", "/x.go", "/x.now", "/nothing")) {
            assertEquals(401, nobody.get(path).statusCode(), path);
            assertEquals(302, nobody.open(path).statusCode(), path);
        }
        HttpResponse<String> open = nobody.get("/page/open");
        assertEquals("page for null editor=false", open.body());
        assertEquals(
                "nosniff", open.headers().firstValue("X-Content-Type-Options").orElse(""));
        assertEquals(401, nobody.get("/open.go").statusCode(), "what is forwarded to is guarded as well");

        Visitor vic = visitor(application);
        HttpResponse<String> page = vic.logIn("vic", application + "/page/me");
        assertTrue(vic.location(page).endsWith(application + "/page/me"), vic.location(page));
        assertEquals("page for vic editor=false", vic.open("/page/me").body());
        assertEquals("page for vic editor=false", vic.open("/x.go").body());
        assertEquals("answered by the filter", vic.open("/x.now").body());
        assertEquals("static", vic.open("/index.html").body());
        assertEquals(403, vic.open("/page/editor").statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/inside", "/outside"})
    void textAloneProtectsIt(String application) throws Exception {
        assertProtected(application);
    }

    @Test
    void anApplicationWithoutSettingsIsLeftAlone() throws Exception {
        Visitor nobody = visitor("/plain");
        HttpResponse<String> page = nobody.get("/page/secret");
        assertEquals("page for null editor=false", page.body());
        assertTrue(page.headers().firstValue("X-Content-Type-Options").isEmpty());
        assertEquals("static", nobody.get("/index.html").body());
        assertEquals(404, nobody.get("/auth/login").statusCode());
    }

    @Test
    void aSessionOfOneOpensNoOther() throws Exception {
        Visitor vic = visitor("/inside");
        vic.logIn("vic", "/inside/page/me");
        Visitor thief = visitor("/outside");
        vic.cookies().forEach(thief::with);
        assertEquals(401, thief.get("/page/me").statusCode());
    }
}
