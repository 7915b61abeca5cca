package io.ostiary.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.ee10.annotations.AnnotationConfiguration;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.util.resource.ResourceFactory;
import org.eclipse.jetty.xml.XmlConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dropped in on Jetty. */
final class JettyDropInIT extends DropInFlow {
    @TempDir
    private static Path directory;

    @BeforeAll
    static void start() throws Exception {
        start(new Jetty(), directory, false);
    }

    @AfterAll
    static void end() throws Exception {
        stop();
    }

    /** Jetty refuses a file that does not say what it is. */
    @Test
    void theFileOfThePageIsOneForJetty() throws Exception {
        Matcher block = Pattern.compile("```xml\n(<!DOCTYPE Configure.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("../docs/drop-in.md")));
        assertTrue(block.find(), "docs/drop-in.md has no file for Jetty");
        Path file = directory.resolve("wiki.xml");
        Files.writeString(file, block.group(1));
        WebAppContext context =
                (WebAppContext) new XmlConfiguration(ResourceFactory.root().newResource(file)).configure();
        assertEquals("/wiki", context.getContextPath());
        assertEquals("/etc/ostiary/wiki.properties", context.getInitParameter("ostiary.config"));
    }

    private static final class Jetty implements Server {
        private final org.eclipse.jetty.server.Server server = new org.eclipse.jetty.server.Server();
        private final ServerConnector connector = new ServerConnector(server);
        private final ContextHandlerCollection applications = new ContextHandlerCollection();

        @Override
        public void deploy(String contextPath, Path war) {
            WebAppContext context = new WebAppContext();
            context.setContextPath(contextPath);
            context.setWar(war.toString());
            context.setThrowUnavailableOnStartupException(true);
            context.addConfiguration(new AnnotationConfiguration());
            applications.addHandler(context);
        }

        @Override
        public void name(String contextPath, String name, String value) {
            throw new UnsupportedOperationException("the embedded Jetty of this test has no names");
        }

        @Override
        public String start() throws Exception {
            connector.setHost("127.0.0.1");
            server.addConnector(connector);
            server.setHandler(applications);
            server.start();
            return "http://127.0.0.1:" + connector.getLocalPort();
        }

        @Override
        public void end() throws Exception {
            server.stop();
        }
    }
}
