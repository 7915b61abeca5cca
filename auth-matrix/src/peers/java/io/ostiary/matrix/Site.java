package io.ostiary.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The application of the attack files, at the root and at /ctx, with more in its {@code web.xml} and beside it. */
final class Site implements AutoCloseable {
    private final int port;
    private final Container container;

    private Site(int port, Container container) {
        this.port = port;
        this.container = container;
    }

    /**
     * Starts it in the container of this JVM.
     *
     * @param declarations what a library wants in the {@code web.xml}
     * @param files what it wants in {@code WEB-INF}: text by name
     */
    static Site start(String declarations, Map<String, String> files) throws Exception {
        Path directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "peer");
        String descriptor = Matrix.bareDescriptor().replace("</web-app>", declarations + "</web-app>");
        Map<String, Path> applications = new LinkedHashMap<>();
        for (String path : List.of("", "/ctx")) {
            applications.put(path, application(directory.resolve("root" + path.replace('/', '-')), descriptor, files));
        }
        int port = Matrix.freePort();
        Container container = Container.start(port, applications);
        if (!container.available()) {
            container.close();
            throw new IllegalStateException("an application did not start; the log says why");
        }
        return new Site(port, container);
    }

    private static Path application(Path root, String descriptor, Map<String, String> files) throws IOException {
        Path inside = Files.createDirectories(root.resolve("WEB-INF"));
        Files.writeString(inside.resolve("web.xml"), descriptor);
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(inside.resolve(file.getKey()), file.getValue());
        }
        return root;
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        container.close();
    }
}
