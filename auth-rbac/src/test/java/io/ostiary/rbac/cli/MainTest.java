package io.ostiary.rbac.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MainTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void writeFiles() throws IOException {
        Files.writeString(folder.resolve("auth.properties"), """
                oauth.google.client-secret=${env:OSTIARY_NO_SUCH_VARIABLE}
                rbac.hierarchy=admin > viewer
                rbac.user.1.issuer=https://id.example
                rbac.user.1.subject=ada
                rbac.user.1.roles=admin
                """);
        Files.writeString(folder.resolve("access.rules"), "order file\nGET /admin/** role admin\n");
    }

    @Test
    void explainsToNobody() {
        assertEquals(3, explain("GET", "/admin/x"));
        assertEquals(
                place() + ":2: GET /admin/** role admin <- decides\nthe requirement is: role admin\n"
                        + "nobody is authenticated\n=> NEEDS_IDENTITY\n",
                out.toString());
    }

    @Test
    void knowsTheRolesThatSettingsGive() {
        assertEquals(0, explain("GET", "/admin/x", "--as", "ada", "--issuer", "https://id.example"));
        assertTrue(out.toString().endsWith("'ada' has the roles admin, viewer\nrole admin: held\n=> GRANT\n"));
    }

    @Test
    void takesRolesFromTheCommandLine() {
        assertEquals(3, explain("GET", "/admin/x", "--roles", "viewer,other"));
        assertTrue(out.toString().contains("'somebody' has the roles other, viewer\nrole admin: not held\n"));
    }

    @Test
    void saysWhatIsWrongWithTheFiles() throws IOException {
        Files.writeString(folder.resolve("access.rules"), "order file\nGET /a role boss");
        assertEquals(1, explain("GET", "/"));
        assertEquals(
                place() + ":2: names the role 'boss', which no 'rbac.' setting names; declare it in 'rbac.roles'; known"
                        + " are admin, viewer\n",
                err.toString());
        Files.delete(folder.resolve("auth.properties"));
        assertEquals(1, explain("GET", "/"));
    }

    @Test
    void wrongUsageIsTwo() {
        assertEquals(2, Main.run(new PrintWriter(out), new PrintWriter(err), "explain", "GET"));
    }

    @Test
    void wantsSettingsOrAWar() {
        assertEquals(2, run("explain", "GET", "/x", "--rules", place().toString()));
        assertTrue(err.toString().startsWith("Missing required option: '--settings' or '--war'"), err.toString());
    }

    @Test
    void readsTheFilesInsideAWar() throws IOException {
        Path inside = Files.createDirectories(folder.resolve("app/WEB-INF"));
        Files.copy(folder.resolve("auth.properties"), inside.resolve("auth.properties"));
        Files.copy(place(), inside.resolve("access.rules"));
        Path war = folder.resolve("my.war");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(war))) {
            for (String name : List.of("auth.properties", "access.rules")) {
                zip.putNextEntry(new ZipEntry("WEB-INF/" + name));
                Files.copy(folder.resolve(name), zip);
            }
        }
        for (Path app : List.of(war, folder.resolve("app"))) {
            assertEquals(0, inWar(app, "/WEB-INF/access.rules"), err.toString());
            assertEquals(1, inWar(app, "/WEB-INF/none.rules"));
        }
        assertTrue(out.toString().contains("/WEB-INF/access.rules:2: GET /admin/** role admin <- decides"));
        assertEquals(
                "'/WEB-INF/none.rules' of '" + war + "' cannot be read as UTF-8 text (NoSuchFileException)",
                err.toString().lines().findFirst().orElse(""));
    }

    @Test
    void findsTheRulesFileThatWebXmlNames() throws IOException {
        Path inside = Files.createDirectories(folder.resolve("app/WEB-INF"));
        Files.copy(folder.resolve("auth.properties"), inside.resolve("auth.properties"));
        Files.copy(place(), inside.resolve("access.rules"));
        Files.writeString(inside.resolve("web.xml"), """
                <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
                  <filter><filter-name>rules</filter-name>
                    <filter-class> io.ostiary.servlet.RulesFilter </filter-class>
                    <init-param><param-name>mode</param-name><param-value>api</param-value></init-param>
                    <init-param><param-name>rules</param-name><param-value>/WEB-INF/access.rules</param-value></init-param>
                  </filter>
                </web-app>
                """);
        String war = folder.resolve("app").toString();
        assertEquals(3, run("explain", "GET", "/admin/x", "--as", "vic", "--war", war), err.toString());
        assertTrue(out.toString().contains("'vic' has no role"), out.toString());
    }

    @Test
    void readsNothingThatADocumentTypeOfAWebXmlNames() throws IOException {
        Path inside = Files.createDirectories(folder.resolve("app/WEB-INF"));
        Files.copy(folder.resolve("auth.properties"), inside.resolve("auth.properties"));
        Files.writeString(inside.resolve("web.xml"), "<!DOCTYPE web-app [<!ENTITY x \"y\">]><web-app>&x;</web-app>");
        String war = folder.resolve("app").toString();
        assertEquals(1, run("explain", "GET", "/x", "--war", war));
        assertTrue(err.toString().contains("cannot be read as XML without a document type"), err.toString());
    }

    @Test
    void saysSoIfWebXmlNamesNoneOrCannotBeRead() throws IOException {
        Path inside = Files.createDirectories(folder.resolve("app/WEB-INF"));
        Files.copy(folder.resolve("auth.properties"), inside.resolve("auth.properties"));
        Files.writeString(inside.resolve("web.xml"), "<web-app/>");
        String war = folder.resolve("app").toString();
        assertEquals(2, run("explain", "GET", "/x", "--war", war));
        assertTrue(
                err.toString()
                        .startsWith("Missing required option: '--rules'; the web.xml of '" + war
                                + "' has no RulesFilter. Other filters are explained by RouteMap in the running"
                                + " application"),
                err.toString());
        Files.writeString(inside.resolve("web.xml"), "<!DOCTYPE web-app SYSTEM 'x'><web-app/>");
        assertEquals(1, run("explain", "GET", "/x", "--war", war));
        assertTrue(
                err.toString().contains("'/WEB-INF/web.xml' cannot be read as XML without a document type"),
                err.toString());
    }

    private int inWar(Path war, String rules) {
        return run("explain", "GET", "/admin/x", "--war", war.toString(), "--rules", rules, "--roles", "admin");
    }

    private int run(String... arguments) {
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    private Path place() {
        return folder.resolve("access.rules");
    }

    private int explain(String method, String path, String... more) {
        String[] all = new String[more.length + 7];
        System.arraycopy(
                new String[] {
                    "explain",
                    method,
                    path,
                    "--rules",
                    place().toString(),
                    "--settings",
                    folder.resolve("auth.properties").toString()
                },
                0,
                all,
                0,
                7);
        System.arraycopy(more, 0, all, 7, more.length);
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), all);
    }
}
