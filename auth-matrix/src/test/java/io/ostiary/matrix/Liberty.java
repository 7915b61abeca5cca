package io.ostiary.matrix;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Open Liberty with a server of its own beside the distribution. */
final class Liberty {
    private Liberty() {}

    static Container start(int port, Map<String, Path> applications) throws Exception {
        Path base = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "liberty");
        Path server = base.resolve("servers/matrix");
        Path apps = Files.createDirectories(server.resolve("apps"));
        StringBuilder declared = new StringBuilder();
        for (Map.Entry<String, Path> application : applications.entrySet()) {
            String name = application.getKey().isEmpty()
                    ? "root"
                    : application.getKey().substring(1);
            War.write(application.getValue(), apps.resolve(name + ".war"));
            declared.append("<webApplication id=\"%1$s\" name=\"%1$s\" location=\"%1$s.war\" contextRoot=\"/%2$s\"/>%n"
                    .formatted(name, application.getKey().replaceFirst("^/", "")));
        }
        Files.writeString(server.resolve("server.xml"), """
            <server>
              <featureManager>
                <feature>servlet-6.0</feature>
                <feature>websocket-2.1</feature>%s
              </featureManager>
              <httpEndpoint id="defaultHttpEndpoint" host="127.0.0.1" httpPort="%d" httpsPort="-1"/>
              %s
            </server>
            """.formatted(
                        faces(applications) ? "<feature>faces-4.0</feature>" : "", port, declared));
        Files.write(server.resolve("jvm.options"), Distribution.options());
        return Distribution.start(new Distribution.Launch(
                List.of(Distribution.home().resolve("bin/server").toString(), "run", "matrix"),
                Map.of("WLP_USER_DIR", base.toString()),
                base,
                Pattern.compile("CWWKF0011I:"),
                Pattern.compile("CWWKZ0001I:"),
                applications.size()));
    }

    private static boolean faces(Map<String, Path> applications) {
        return applications.values().stream().anyMatch(directory -> Files.exists(directory.resolve("app/page.xhtml")));
    }
}
