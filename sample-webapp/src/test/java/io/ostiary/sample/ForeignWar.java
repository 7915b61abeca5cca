package io.ostiary.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Applications that others wrote, as they come from Maven Central, and what an operator writes down for each. */
enum ForeignWar {
    /** Tomcat's own, an exploded directory. */
    EXAMPLES("examples", "/auth"),
    /** Its own servlet is at /auth/login. */
    HAWTIO("hawtio", "/ostiary"),
    /** JSPWiki, translated to jakarta by Tomcat's own tool. */
    WIKI("wiki", "/auth");

    private static final Path WARS = Path.of("target/thirdparty").toAbsolutePath();
    private final String id;
    private final String endpoints;

    ForeignWar(String id, String endpoints) {
        this.id = id;
        this.endpoints = endpoints;
    }

    String id() {
        return id;
    }

    /** The context path. */
    String path() {
        return "/" + id;
    }

    /** The path of the kit's own pages. */
    String endpoints() {
        return path() + endpoints;
    }

    Path file() throws IOException, InterruptedException {
        if (this == HAWTIO) {
            return WARS.resolve("hawtio-war.war");
        }
        return this == WIKI ? migrated() : examples();
    }

    private static Path examples() throws IOException {
        try (Stream<Path> servers = Files.list(WARS)) {
            return servers.map(server -> server.resolve("webapps/examples"))
                    .filter(Files::isDirectory)
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static Path migrated() throws IOException, InterruptedException {
        Path from = WARS.resolve("jspwiki-war.war");
        Path war = WARS.resolve("jspwiki-jakarta.war");
        if (Files.exists(war) && Files.getLastModifiedTime(war).compareTo(Files.getLastModifiedTime(from)) > 0) {
            return war;
        }
        Path unfinished = WARS.resolve("unfinished.war");
        Process tool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        WARS.resolve("jakartaee-migration-shaded.jar").toString(),
                        from.toString(),
                        unfinished.toString())
                .redirectErrorStream(true)
                .redirectOutput(WARS.resolve("migration.log").toFile())
                .start();
        assertEquals(0, tool.waitFor(), "migration");
        return Files.move(unfinished, war, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Two text files in {@code directory}, and the parameter that names them. */
    Map<String, String> kit(Path directory, String issuer) throws IOException {
        Path settings = directory.resolve(id + ".properties");
        Files.writeString(settings, """
                development = true
                endpoint-path = %s
                session.cookie-name = session-%s
                oauth.request-timeout = 1m
                oauth.provider.dev.issuer = %s
                oauth.provider.dev.client-id = %s
                oauth.provider.dev.client-secret = some-secret
                oauth.provider.dev.label = Development provider
                oauth.provider.dev.roles-claim = /roles
                oauth.provider.dev.name-claim = /sub
                """.formatted(endpoints, id, issuer, id));
        Files.writeString(
                directory.resolve(id + ".rules"), "order file\n* " + endpoints + "/** permit\n* /** authenticated\n");
        return Map.of("ostiary.config", settings.toString());
    }

    /** What is known to be there besides files and url-patterns. */
    List<String> more() {
        return this != HAWTIO
                ? List.of()
                : List.of(
                        "/hawtio/jolokia/version",
                        "/hawtio/jolokia/list",
                        "/hawtio/jolokia/read/java.lang:type=Memory",
                        "/hawtio/jolokia/search/java.lang:*",
                        "/hawtio/connect/discover",
                        "/hawtio/connect/remote",
                        "/hawtio/preferences",
                        "/hawtio/help");
    }

    /** Its {@code <security-constraint>}: the container begins a login of its own there before any filter is asked. */
    boolean constrained(String target) {
        return this == EXAMPLES && target.startsWith("/examples/jsp/security/protected/");
    }

    /** Whether it is known why somebody who has signed in is answered otherwise than anybody without the kit. */
    boolean explains(String target) {
        return switch (this) {
            // Goes to one of two pages, as much memory is free.
            case EXAMPLES -> target.equals("/examples/jsp/forward/forward.jsp");
            case HAWTIO -> false;
            // Its own pages for signing in turn those away who have; and whoever is somebody may make a group.
            case WIKI ->
                target.matches(
                        "/wiki/(Login(Form)?|LostPassword|NewGroup)[.]jsp.*|/wiki/Wiki[.]jsp[?]page=(Login|New%20Group)");
        };
    }

    /** What the application itself wants to be told: where the wiki keeps its pages, as every installation says. */
    Map<String, String> own(Path directory) throws IOException {
        if (this != WIKI) {
            return Map.of();
        }
        Path pages = Files.createDirectories(directory.resolve("pages"));
        Files.writeString(pages.resolve("Main.txt"), """
                The first page

                * [SandBox]
                * [RecentChanges]
                * [SystemInfo]
                * [TextFormattingRules]
                [{IndexPlugin}]
                """);
        Path custom = directory.resolve("jspwiki-custom.properties");
        Files.writeString(
                custom,
                "jspwiki.fileSystemProvider.pageDir = " + pages + "\njspwiki.workDir = "
                        + Files.createDirectories(directory.resolve("work"))
                        + "\njspwiki.basicAttachmentProvider.storageDir = " + pages + "\n");
        return Map.of("jspwiki.custom.config", custom.toString());
    }
}
