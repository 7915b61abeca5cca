package io.ostiary.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** WildFly with its standard configuration, and directories of its own. */
final class WildFly {
    private WildFly() {}

    static Container start(int port, Map<String, Path> applications) throws Exception {
        Path base = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "wildfly");
        copy(Distribution.home().resolve("standalone/configuration"), base.resolve("configuration"));
        Path deployments = Files.createDirectories(base.resolve("deployments"));
        for (Map.Entry<String, Path> application : applications.entrySet()) {
            String path = application.getKey();
            War.write(
                    application.getValue(),
                    deployments.resolve((path.isEmpty() ? "ROOT" : path.substring(1)) + ".war"));
        }
        List<String> command = new ArrayList<>(List.of(
                Distribution.home().resolve("bin/standalone.sh").toString(),
                "-b",
                "127.0.0.1",
                "-bmanagement",
                "127.0.0.1",
                "-Djboss.server.base.dir=" + base,
                "-Djboss.http.port=" + port,
                "-Djboss.https.port=" + Matrix.freePort(),
                "-Djboss.management.http.port=" + Matrix.freePort()));
        command.addAll(Distribution.options());
        return Distribution.start(new Distribution.Launch(
                command,
                Map.of(),
                base,
                Pattern.compile("WFLYSRV002[56]:"),
                Pattern.compile("WFLYSRV0010: Deployed"),
                applications.size()));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
