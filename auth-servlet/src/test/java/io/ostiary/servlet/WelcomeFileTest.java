package io.ostiary.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.DefaultServlet;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder's welcome file is run though nobody asked for it by name. */
final class WelcomeFileTest {
    private final JettyApp app = new JettyApp();

    @AfterEach
    void stop() {
        app.close();
    }

    @Test
    void pth25theGuardOfTheFileHolds(@TempDir Path files) throws Exception {
        Files.createDirectories(files.resolve("docs"));
        Files.writeString(files.resolve("docs/index.html"), "SECRET");
        Files.writeString(files.resolve("docs/other.html"), "open");
        app.context().setBaseResourceAsPath(files);
        app.context().setWelcomeFiles(new String[] {"index.html"});
        app.context().addServlet(new ServletHolder("default", DefaultServlet.class), "/");
        app.filter("file", LoginRequiredFilter.class, "/docs/index.html", Map.of())
                .start();
        assertEquals("open", app.get("/docs/other.html").body());
        for (String way : new String[] {"/docs/", "/docs/index.html"}) {
            JettyApp.Answer answer = app.get(way);
            assertEquals(401, answer.status(), answer.head());
            assertFalse(answer.body().contains("SECRET"), answer.body());
            assertEquals("SECRET", app.get(way, app.logIn("ada")).body());
        }
    }
}
