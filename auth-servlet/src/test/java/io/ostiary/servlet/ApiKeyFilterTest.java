package io.ostiary.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.apikey.ApiKeyRecord.Grant;
import io.ostiary.apikey.ApiKeys;
import io.ostiary.apikey.FileApiKeyStore;
import io.ostiary.core.crypto.Tokens;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a filter may demand of a key, in a real container. */
final class ApiKeyFilterTest {
    private final JettyApp app = new JettyApp();
    private String clerk = "";
    private String reader = "";

    @TempDir
    private Path directory;

    @BeforeEach
    void keys() {
        Path file = directory.resolve("keys.properties");
        InstantSource clock = InstantSource.system();
        ApiKeys keys = new ApiKeys(FileApiKeyStore.openOrCreate(file, clock), new Tokens(), clock);
        clerk = "X-API-KEY: " + create(keys, Grant.of(Set.of("clerk"), Set.of("orders:read", "orders:write")));
        reader = "X-API-KEY: " + create(keys, Grant.of(Set.of(), Set.of("orders:read")));
        app.setting("apikey.file", file.toString())
                .servlet("/x/*", (request, response) -> response.getWriter().print("hello"));
    }

    private static String create(ApiKeys keys, Grant grant) {
        return keys.create(new ApiKeys.Draft("live", "billing", "test", grant, null))
                .key()
                .revealText();
    }

    @AfterEach
    void stop() {
        app.close();
    }

    private int status(String... headers) throws Exception {
        return app.get("/x/y", headers).status();
    }

    @Test
    void anyKeyDoesUnlessMoreIsDemanded() throws Exception {
        app.filter("f", ApiKeyFilter.class, "/x/*", Map.of()).start();
        assertEquals(200, status(reader));
        assertEquals(401, status());
        assertEquals(401, status(reader + "x"));
    }

    @Test
    void key06AKeyStartsNoSession() throws Exception {
        app.filter("f", ApiKeyFilter.class, "/x/*", Map.of()).start();
        JettyApp.Answer answer = app.get("/x/y", reader);
        assertEquals(200, answer.status());
        assertEquals("", answer.header("Set-Cookie"));
        assertEquals("no-store", answer.header("Cache-Control"));
    }

    @Test
    void aKeyNeedsAllTheScopes() throws Exception {
        app.filter("f", ApiKeyFilter.class, "/x/*", Map.of("scopes", "orders:write, orders:read"))
                .start();
        assertEquals(200, status(clerk));
        assertEquals(403, status(reader));
        assertEquals(401, status());
        String table = StartTable.of(
                app.context().getServletContext(),
                OstiaryListener.running(app.context().getServletContext()));
        assertTrue(table.contains("scope orders:read, orders:write"), table);
    }

    @Test
    void aScopeIsTakenExactlyAsSpelt() throws Exception {
        app.filter("f", ApiKeyFilter.class, "/x/*", Map.of("scopes", "orders:*"))
                .start();
        assertEquals(403, status(clerk));
    }

    @Test
    void scopesAndRolesAreBothNeeded() throws Exception {
        app.filter("f", ApiKeyFilter.class, "/x/*", Map.of("scopes", "orders:read", "roles", "clerk"))
                .start();
        assertEquals(200, status(clerk));
        assertEquals(403, status(reader));
    }

    @Test
    void aStricterFilterInsideAnotherDemandsASignature() throws Exception {
        app.filter("outer", ApiKeyFilter.class, "/x/*", Map.of("schemes", "apikey, signature"))
                .filter("inner", ApiKeyFilter.class, "/x/y", Map.of("schemes", "signature"))
                .start();
        JettyApp.Answer answer = app.get("/x/y", clerk);
        assertEquals(401, answer.status());
        assertEquals("Signature realm=\"ostiary\"", answer.header("WWW-Authenticate"));
        assertEquals(200, app.get("/x/z", clerk).status());
    }

    @Test
    void aPlaceholderWithoutAValueOpensNothing() {
        app.filter("f", ApiKeyFilter.class, "/x/*", Map.of("scopes", "${env:OSTIARY_NOT_SET:-}"));
        Throwable cause = assertThrows(Exception.class, app::start);
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        assertEquals(
                "filter 'f' (web.xml): init-param 'scopes' has no value; allowed: at least one, or no such init-param",
                cause.getMessage());
    }
}
