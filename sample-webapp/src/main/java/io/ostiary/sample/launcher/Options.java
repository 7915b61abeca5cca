package io.ostiary.sample.launcher;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How to start the sample.
 *
 * @param port port of the sample on 127.0.0.1; 0 = any free one
 * @param providerPort port of the development provider on 127.0.0.1; 0 = any free one
 * @param contextPath empty for the root, or a path such as {@code /shop}
 * @param war the WAR file or an exploded directory; null = the one that the build made
 * @param config another {@code auth.properties}; null = the one in the WAR
 */
public record Options(
        int port,
        int providerPort,
        String contextPath,
        @Nullable Path war,
        @Nullable Path config) {
    /**
     * Checks.
     *
     * @throws IllegalArgumentException if a port or the context path cannot be one
     */
    public Options {
        requirePort("sample.port", port);
        requirePort("sample.provider.port", providerPort);
        if (!contextPath.isEmpty() && !contextPath.matches("(/[A-Za-z0-9._~-]+)+")) {
            throw new IllegalArgumentException(
                    "sample.context is '" + contextPath + "'; allowed: nothing, or a path such as /shop");
        }
    }

    /**
     * Reads {@code sample.port} (8080), {@code sample.provider.port} (8090), {@code sample.context} (none),
     * {@code sample.war} and {@code sample.config}.
     *
     * @return options as the system properties say
     * @throws IllegalArgumentException if a value is not allowed
     */
    public static Options ofSystemProperties() {
        return new Options(
                port("sample.port", 8080),
                port("sample.provider.port", 8090),
                System.getProperty("sample.context", ""),
                path("sample.war"),
                path("sample.config"));
    }

    /**
     * Returns options for tests: free ports, root context, the built WAR with its own settings.
     *
     * @return new options
     */
    public static Options onFreePorts() {
        return new Options(0, 0, "", null, null);
    }

    /**
     * Copies with other settings.
     *
     * @param file an {@code auth.properties}
     * @return a copy
     */
    public Options withConfig(Path file) {
        return new Options(port, providerPort, contextPath, war, file);
    }

    /**
     * Copies with another WAR.
     *
     * @param file a WAR file or an exploded directory
     * @return a copy
     */
    public Options withWar(Path file) {
        return new Options(port, providerPort, contextPath, file, config);
    }

    /**
     * Copies with another context path.
     *
     * @param path empty for the root, or a path such as {@code /shop}
     * @return a copy
     */
    public Options withContextPath(String path) {
        return new Options(port, providerPort, path, war, config);
    }

    private static int port(String property, int fallback) {
        String text = System.getProperty(property);
        if (text == null) {
            return fallback;
        }
        if (!text.matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException(property + " is '" + text + "'; allowed: 0 to 65535");
        }
        return Integer.parseInt(text);
    }

    private static void requirePort(String property, int port) {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException(property + " is '" + port + "'; allowed: 0 to 65535");
        }
    }

    private static @Nullable Path path(String property) {
        String text = System.getProperty(property);
        return text == null ? null : Path.of(text).toAbsolutePath().normalize();
    }
}
