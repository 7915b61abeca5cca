package io.ostiary.rbac.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of docs/migrating.md do what the page says. */
final class MigratingTest {
    private static final int GRANTED = 0;
    private static final int REFUSED = 3;

    @TempDir
    private Path folder;

    private String page = "";

    @BeforeEach
    void takesTheExamplesFromThePage() throws IOException {
        page = Files.readString(Path.of("..", "docs", "migrating.md"));
        Files.writeString(folder.resolve("auth.properties"), example("rbac.roles"));
        Files.writeString(folder.resolve("shiro.rules"), example("order file"));
        Files.writeString(folder.resolve("constraints.rules"), example("order most-specific"));
    }

    @ParameterizedTest
    @CsvSource({
        "/public/x, viewer, 0",
        "/admin/x, viewer, 3",
        "/admin/x, editor, 3",
        "/admin/x, admin, 0",
        "/invoices/new, viewer, 3",
        "/invoices/new, editor, 0",
        "/invoices/new, admin, 0",
        "/invoices/7, viewer, 0",
        "/invoices/7, editor, 0",
        "/elsewhere, viewer, 0"
    })
    void decidesAsTheShiroFileDid(String path, String role, int exit) {
        assertEquals(exit, explain("shiro.rules", "GET", path, role));
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /reports/2026, editor, 0",
        "POST, /reports/2026, admin, 0",
        "POST, /reports/2026, viewer, 3",
        "GET, /admin, viewer, 3",
        "GET, /admin/x, admin, 0"
    })
    void decidesAsTheConstraintsDid(String method, String path, String role, int exit) {
        assertEquals(exit, explain("constraints.rules", method, path, role));
    }

    @Test
    void forbidsTheMethodsThatTheConstraintsLeftOpenUntilARulePermitsThem() throws IOException {
        assertEquals(REFUSED, explain("constraints.rules", "GET", "/reports/2026", "admin"));
        assertEquals(REFUSED, explain("constraints.rules", "GET", "/elsewhere", "admin"));
        Files.writeString(
                folder.resolve("constraints.rules"),
                example("order most-specific") + "GET /reports/** permit\n* /** permit\n");
        assertEquals(GRANTED, explain("constraints.rules", "GET", "/reports/2026", "viewer"));
        assertEquals(GRANTED, explain("constraints.rules", "GET", "/elsewhere", "viewer"));
        assertEquals(REFUSED, explain("constraints.rules", "PUT", "/reports/2026", "admin"));
    }

    private String example(String start) {
        Matcher block = Pattern.compile("```[a-z]*\n(" + Pattern.quote(start) + ".*?)```", Pattern.DOTALL)
                .matcher(page);
        if (!block.find()) {
            throw new AssertionError("no example begins with " + start);
        }
        return block.group(1);
    }

    private int explain(String rules, String method, String path, String role) {
        PrintWriter out = new PrintWriter(new StringWriter());
        String settings = folder.resolve("auth.properties").toString();
        String file = folder.resolve(rules).toString();
        return Main.run(
                out,
                out,
                "explain",
                method,
                path,
                "--settings",
                settings,
                "--rules",
                file,
                "--as",
                "somebody",
                "--roles",
                role);
    }
}
