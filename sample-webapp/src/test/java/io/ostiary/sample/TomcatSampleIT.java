package io.ostiary.sample;

import io.ostiary.sample.launcher.Options;
import io.ostiary.sample.launcher.RunningSample;
import io.ostiary.sample.launcher.SampleLauncher;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The same WAR file, not touched, in Tomcat 11; the launcher lends its provider and its key. */
final class TomcatSampleIT extends SampleFlow {
    @TempDir
    private static Path directory;

    private static RunningSample lender;
    private static Tomcat tomcat;

    @BeforeAll
    static void start() throws Exception {
        lender = SampleLauncher.start(Options.onFreePorts());
        tomcat = new Tomcat();
        tomcat.setBaseDir(directory.toString());
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        tomcat.setConnector(connector);
        Context context = tomcat.addWebapp(
                "", Path.of("target/sample-webapp.war").toAbsolutePath().toString());
        Map.of(
                        "issuer", Objects.requireNonNull(lender.providerUrl()),
                        "client-id", "ostiary-sample",
                        "client-secret", "any-secret-will-do",
                        "label", "Development provider",
                        "roles-claim", "/roles")
                .forEach((key, value) -> context.addParameter("ostiary.oauth.provider.dev." + key, value));
        tomcat.start();
    }

    @AfterAll
    static void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
        lender.close();
    }

    @Override
    String baseUrl() {
        return "http://127.0.0.1:" + tomcat.getConnector().getLocalPort();
    }

    @Override
    String apiKey() {
        return Objects.requireNonNull(lender.demoKey());
    }
}
