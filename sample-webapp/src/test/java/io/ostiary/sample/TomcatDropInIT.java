package io.ostiary.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ContextEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dropped in on Tomcat. */
final class TomcatDropInIT extends DropInFlow {
    @TempDir
    private static Path directory;

    @BeforeAll
    static void start() throws Exception {
        start(new TomcatServer(directory), directory, true);
    }

    @AfterAll
    static void end() throws Exception {
        stop();
    }

    @Test
    void aNameInTheApplicationsEnvironmentProtectsIt() throws Exception {
        assertProtected("/named");
    }

    private static final class TomcatServer implements Server {
        private static final List<String> NAMING =
                List.of("catalina.useNaming", "java.naming.factory.initial", "java.naming.factory.url.pkgs");
        private final Tomcat tomcat = new Tomcat();

        TomcatServer(Path directory) throws IOException {
            Files.createDirectories(directory.resolve("tomcat/webapps"));
            tomcat.setBaseDir(directory.resolve("tomcat").toString());
            Connector connector = new Connector();
            connector.setPort(0);
            connector.setProperty("address", "127.0.0.1");
            tomcat.setConnector(connector);
        }

        @Override
        public void deploy(String contextPath, Path war) {
            tomcat.addWebapp(contextPath, war.toString());
        }

        @Override
        public void name(String contextPath, String name, String value) {
            tomcat.enableNaming();
            ContextEnvironment entry = new ContextEnvironment();
            entry.setName(name);
            entry.setType("java.lang.String");
            entry.setValue(value);
            ((Context) tomcat.getHost().findChild(contextPath))
                    .getNamingResources()
                    .addEnvironment(entry);
        }

        @Override
        public String start() throws Exception {
            tomcat.start();
            return "http://127.0.0.1:" + tomcat.getConnector().getLocalPort();
        }

        @Override
        public void end() throws Exception {
            tomcat.stop();
            tomcat.destroy();
            NAMING.forEach(System::clearProperty); // or the names of every Jetty in this JVM would be looked for there
        }
    }
}
