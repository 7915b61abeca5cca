package io.ostiary.sample;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.catalina.Container;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/** Tomcat 11, embedded; everything that is on the test's class path lies in its own loader. */
final class ForeignTomcat implements ForeignServer {
    private final Tomcat tomcat = new Tomcat();

    /** {@code directory} is its own. */
    ForeignTomcat(Path directory) throws Exception {
        Files.createDirectories(directory.resolve("webapps"));
        tomcat.setBaseDir(directory.toString());
        tomcat.getEngine().setName(String.valueOf(directory.getFileName())); // the names of its MBeans
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        tomcat.setConnector(connector);
    }

    @Override
    public void deploy(ForeignWar war, Map<String, String> parameters) throws Exception {
        Context context = tomcat.addWebapp(war.path(), war.file().toString());
        parameters.forEach(context::addParameter);
    }

    @Override
    public String start() throws Exception {
        tomcat.start();
        return "http://127.0.0.1:" + tomcat.getConnector().getLocalPort();
    }

    @Override
    public Set<String> patterns(ForeignWar war) {
        Set<String> patterns = new TreeSet<>();
        for (Container child : tomcat.getHost().findChild(war.path()).findChildren()) {
            patterns.addAll(Set.of(((Wrapper) child).findMappings()));
        }
        return patterns;
    }

    @Override
    public void end() throws Exception {
        tomcat.stop();
        tomcat.destroy();
    }
}
