package io.ostiary.matrix;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/** Tomcat 10.1 or 11, whichever is on the class path. */
final class TomcatServer {
    /** It tells the whole cookie that it cannot read, which is nothing that the kit could stop. */
    private static final Logger COOKIES = Logger.getLogger("org.apache.tomcat.util.http.parser.Cookie");

    private TomcatServer() {}

    static Container start(int port, Map<String, Path> applications) throws Exception {
        COOKIES.setLevel(Level.OFF);
        Path base = Files.createTempDirectory(Path.of("target"), "tomcat");
        Files.createDirectories(base.resolve("webapps"));
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(base.toString());
        Connector connector = new Connector();
        connector.setPort(port);
        connector.setProperty("address", "127.0.0.1");
        tomcat.setConnector(connector);
        List<Context> contexts = new ArrayList<>();
        applications.forEach((path, directory) ->
                contexts.add(tomcat.addWebapp(path, directory.toAbsolutePath().toString())));
        tomcat.start();
        return new Running(tomcat, contexts);
    }

    private record Running(Tomcat tomcat, List<Context> contexts) implements Container {
        @Override
        public boolean available() {
            return contexts.stream().allMatch(context -> context.getState() == LifecycleState.STARTED);
        }

        @Override
        public void close() {
            try {
                tomcat.stop();
                tomcat.destroy();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
