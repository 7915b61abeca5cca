package io.ostiary.rbac.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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
