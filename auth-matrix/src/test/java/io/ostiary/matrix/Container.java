package io.ostiary.matrix;

import java.nio.file.Path;
import java.util.Map;

/** A server of somebody else, running on 127.0.0.1. */
interface Container extends AutoCloseable {
    /**
     * Starts the one that this JVM has on its class path, or beside it.
     *
     * @param port where it is to listen
     * @param applications directories with a {@code WEB-INF/web.xml} by context path; {@code ""} is the root
     */
    static Container start(int port, Map<String, Path> applications) throws Exception {
        return switch (name()) {
            case "jetty-ee10" -> JettyEe10.start(port, applications);
            case "jetty-ee11" -> JettyEe11.start(port, applications);
            case "tomcat-10", "tomcat-11" -> TomcatServer.start(port, applications);
            case "undertow" -> UndertowServer.start(port, applications);
            case "wildfly" -> WildFly.start(port, applications);
            case "liberty" -> Liberty.start(port, applications);
            default -> throw new IllegalStateException("matrix.container is " + name());
        };
    }

    static String name() {
        return System.getProperty("matrix.container", "jetty-ee10");
    }

    /** Tells whether every application started. */
    boolean available();

    @Override
    void close();
}
