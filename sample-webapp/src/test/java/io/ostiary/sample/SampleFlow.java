package io.ostiary.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.core.UrlEncoded;
import io.ostiary.core.json.Json;
import java.net.http.HttpResponse;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the README promises, against the built WAR in a real container with a real OpenID Provider. */
abstract class SampleFlow {
    abstract String baseUrl();

    abstract String apiKey();

    private Visitor visitor() {
        return new Visitor(baseUrl());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/public/whoami", "/health", "/auth/login", "/static/style.css"})
    void openPlacesAreOpen(String path) throws Exception {
        assertEquals(200, visitor().open(path).statusCode());
    }

    @ParameterizedTest
    @CsvSource({
        "/app/whoami, /auth/login?next=%2Fapp%2Fwhoami",
        "/app/?x=1, /auth/login?next=%2Fapp%2F%3Fx%3D1",
        "/editor/whoami, /auth/login?next=%2Feditor%2Fwhoami",
        "/admin/whoami, /auth/login?next=%2Fadmin%2Fwhoami"
    })
    void sendsAnAnonymousBrowserToTheLoginPage(String path, String login) throws Exception {
        Visitor visitor = visitor();
        HttpResponse<String> response = visitor.open(path);
        assertEquals(302, response.statusCode());
        assertEquals(baseUrl() + login, visitor.location(response));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/app/whoami", "/admin/whoami", "/api/me", "/api/v1/whoami"})
    void answersAnAnonymousProgramWith401(String path) throws Exception {
        HttpResponse<String> response = visitor().get(path, "Accept", "application/json");
        assertEquals(401, response.statusCode());
        assertEquals(
                "application/problem+json",
                response.headers().firstValue("Content-Type").orElse(""));
        assertTrue(response.headers().firstValue("WWW-Authenticate").isPresent());
        assertFalse(response.body().contains("zone"));
    }

    @Test
    void anAdminGetsInEverywhere() throws Exception {
        Visitor ada = visitor();
        HttpResponse<String> landing = ada.logIn("ada", "/admin/whoami");
        assertEquals(302, landing.statusCode());
        assertEquals(baseUrl() + "/admin/whoami", ada.location(landing));
        for (String zone : new String[] {"app", "editor", "admin"}) {
            HttpResponse<String> response = ada.open("/" + zone + "/whoami");
            assertEquals(200, response.statusCode());
            assertTrue(response.body().contains("\"zone\":\"" + zone + "\""), response.body());
            assertTrue(response.body().contains("\"admin\""), response.body());
        }
        assertEquals(200, ada.get("/api/me").statusCode());
        assertEquals(401, ada.get("/api/v1/whoami").statusCode(), "a session opens nothing that wants a key");
    }

    @Test
    void aViewerIsRefusedWhereTheRoleIsMissing() throws Exception {
        Visitor vic = visitor();
        vic.logIn("vic", "/app/");
        assertEquals(200, vic.open("/app/whoami").statusCode());
        for (String zone : new String[] {"editor", "admin"}) {
            HttpResponse<String> response = vic.open("/" + zone + "/whoami");
            assertEquals(403, response.statusCode());
            assertTrue(response.body().contains("You do not have permission to open this page."));
            assertEquals(
                    403,
                    vic.get("/" + zone + "/whoami", "Accept", "application/json")
                            .statusCode());
        }
    }

    @Test
    void scriptsOfLibrariesComeFromTheWar() throws Exception {
        HttpResponse<String> script = visitor().get("/webjars/htmx.org/2.0.4/dist/htmx.min.js");
        assertEquals(200, script.statusCode());
        assertEquals(
                "nosniff", script.headers().firstValue("X-Content-Type-Options").orElse(""));
    }

    @Test
    void anEditorIsInBetween() throws Exception {
        Visitor eve = visitor();
        eve.logIn("eve", "/app/");
        assertEquals(200, eve.open("/editor/whoami").statusCode());
        assertEquals(403, eve.open("/admin/whoami").statusCode());
    }

    @Test
    void theKeyOpensTheServiceZoneAndNothingElse() throws Exception {
        assertEquals(200, visitor().get("/api/v1/whoami", "X-API-KEY", apiKey()).statusCode());
        assertEquals(
                401,
                visitor().get("/api/v1/whoami", "X-API-KEY", apiKey() + "x").statusCode());
        assertEquals(401, visitor().get("/api/v1/whoami?X-API-KEY=" + apiKey()).statusCode());
        assertEquals(
                401, visitor().with("X-API-KEY", apiKey()).get("/api/v1/whoami").statusCode());
        assertEquals(401, visitor().get("/app/whoami", "X-API-KEY", apiKey()).statusCode());
        assertEquals(
                401,
                visitor()
                        .get("/api/v1/whoami", "X-API-KEY", apiKey(), "X-API-KEY", apiKey())
                        .statusCode());
    }

    @Test
    void logoutEndsTheSessionOnTheServer() throws Exception {
        Visitor vic = visitor();
        vic.logIn("vic", "/app/");
        Visitor thief = visitor();
        vic.cookies().forEach(thief::with);
        assertEquals(200, thief.open("/app/whoami").statusCode());
        assertEquals(200, vic.open("/auth/logout").statusCode());
        assertEquals(200, vic.open("/app/whoami").statusCode(), "a GET only asks");
        HttpResponse<String> refused = vic.post("/auth/logout", "", "Origin", "https://evil.example");
        assertEquals(403, refused.statusCode());
        assertEquals(
                302,
                vic.post("/auth/logout", "", "Sec-Fetch-Site", "same-origin").statusCode());
        assertEquals(302, thief.open("/app/whoami").statusCode());
        assertEquals(401, thief.get("/api/me").statusCode());
    }

    @Test
    void twoTabsCanSignInAtTheSameTime() throws Exception {
        Visitor vic = visitor();
        String one = vic.location(vic.open("/auth/login/dev?next=/app/whoami"));
        String two = vic.location(vic.open("/auth/login/dev?next=/public/whoami"));
        String callbackTwo = vic.location(vic.post(two, "username=vic"));
        String callbackOne = vic.location(vic.post(one, "username=vic"));
        assertEquals(baseUrl() + "/app/whoami", vic.location(vic.open(callbackOne)));
        assertEquals(baseUrl() + "/public/whoami", vic.location(vic.open(callbackTwo)));
    }

    @Test
    void aRepeatedCallbackLeadsToTheApplication() throws Exception {
        Visitor vic = visitor();
        String provider = vic.location(vic.open("/auth/login/dev?next=/app/whoami"));
        String callback = vic.location(vic.post(provider, "username=vic"));
        assertEquals(302, vic.open(callback).statusCode());
        assertEquals(302, vic.open(callback).statusCode());
        assertEquals(200, vic.open("/app/whoami").statusCode());
    }

    @Test
    void aCallbackOfAnotherBrowserIsRefused() throws Exception {
        Visitor attacker = visitor();
        String provider = attacker.location(attacker.open("/auth/login/dev"));
        String callback = attacker.location(attacker.post(provider, "username=vic"));
        Visitor victim = visitor();
        HttpResponse<String> response = victim.open(callback);
        assertEquals(400, response.statusCode());
        assertTrue(response.body().contains("This browser did not start this sign-in"), response.body());
        assertEquals(302, victim.open("/app/whoami").statusCode());
    }

    @Test
    void anUnknownProviderIsSaidToBeUnknown() throws Exception {
        assertEquals(404, visitor().open("/auth/login/nobody").statusCode());
        assertEquals(404, visitor().open("/auth/callback/nobody").statusCode());
    }

    @Test
    void theSessionEndpointTellsWhoIsThere() throws Exception {
        Visitor ada = visitor();
        assertEquals("{\"authenticated\":false}", ada.get("/auth/session").body());
        ada.logIn("ada", "/app/");
        assertTrue(ada.get("/auth/session").body().startsWith("{\"authenticated\":true,\"name\":"));
        assertEquals(baseUrl() + "/app/x", ada.location(ada.open("/auth/login?next=/app/x")));
        assertEquals(baseUrl() + "/", ada.location(ada.open("/auth/login?next=//evil.example")));
    }

    @Test
    void aForeignHostCannotSteerTheRedirect() throws Exception {
        HttpResponse<String> response = visitor().open("/auth/login/dev");
        assertTrue(
                response.headers()
                        .firstValue("Location")
                        .orElse("")
                        .contains(java.net.URLEncoder.encode(
                                baseUrl() + "/auth/callback/dev", java.nio.charset.StandardCharsets.UTF_8)),
                response.headers().toString());
    }

    private static HttpResponse<String> keys(Visitor who, String path, String json) throws Exception {
        return who.postJson("/auth/keys" + path, json);
    }

    private static String field(HttpResponse<String> response, String name) throws Exception {
        return String.valueOf(Json.object(response.body(), 100_000).text(name));
    }

    private Set<String> rolesWith(String key) throws Exception {
        HttpResponse<String> response = visitor().get("/api/v1/whoami", "X-API-KEY", key);
        return response.statusCode() == 200
                ? Set.copyOf(Objects.requireNonNull(
                        Json.object(response.body(), 100_000).texts("roles")))
                : Set.of("status " + response.statusCode());
    }

    @Test
    void aKeyOfOnesOwnLosesWhatItsOwnerLosesAndIsRefusedOnceRevoked() throws Exception {
        Visitor ada = visitor();
        ada.logIn("ada", "/app/");
        Visitor tim = visitor();
        tim.logIn("tim", "/app/");
        String issuer = field(tim.get("/auth/session"), "issuer");
        String form = "subject=tim&issuer=" + UrlEncoded.encode(issuer);
        assertEquals(200, tim.open("/app/").statusCode());
        assertEquals(
                403, keys(tim, "", "{\"name\":\"x\",\"roles\":[\"editor\"]}").statusCode());
        assertEquals(303, ada.post("/admin/users", form + "&role=editor").statusCode());
        HttpResponse<String> made =
                keys(tim, "", "{\"name\":\"x\",\"roles\":[\"editor\"],\"scopes\":[\"orders.read\"]}");
        assertEquals(201, made.statusCode(), made.body());
        assertEquals("no-store", made.headers().firstValue("Cache-Control").orElse(""));
        String key = field(made, "key");
        String id = "{\"id\":\"" + field(made, "id") + "\"}";
        assertTrue(rolesWith(key).contains("editor"), rolesWith(key).toString());
        assertFalse(tim.get("/auth/keys").body().contains(key));
        assertEquals(303, ada.post("/admin/users", form).statusCode());
        assertEquals(Set.of("status 403"), rolesWith(key));
        for (String path : new String[] {"/rotate", "/revoke"}) {
            assertEquals(404, keys(ada, path, id).statusCode(), "an administrator is no owner");
        }
        assertEquals(403, keys(tim, "/all/revoke", id).statusCode());
        assertEquals(Set.of("status 403"), rolesWith(key));
        assertEquals(200, keys(tim, "/revoke", id).statusCode());
        assertEquals(Set.of("status 401"), rolesWith(key));
        assertTrue(ada.open("/admin/audit?event=key_revoked").body().contains("key_revoked"));
    }

    @Test
    void anAdministratorSeesAllKeysAndWithdrawsAny() throws Exception {
        Visitor ada = visitor();
        ada.logIn("ada", "/app/");
        Visitor vic = visitor();
        vic.logIn("vic", "/app/");
        HttpResponse<String> made = keys(vic, "", "{\"name\":\"hers\",\"scopes\":[\"orders.read\"]}");
        String key = field(made, "key");
        assertEquals(Set.of(), rolesWith(key));
        assertEquals(403, vic.get("/auth/keys/all").statusCode());
        String all = ada.get("/auth/keys/all").body();
        assertTrue(all.contains(field(made, "id")) && all.contains("\"subject\":\"vic\""), all);
        assertTrue(all.contains("\"owner\":\"sample\""), "the demo key of the launcher is there: " + all);
        assertEquals(
                200,
                keys(ada, "/all/revoke", "{\"id\":\"" + field(made, "id") + "\"}")
                        .statusCode());
        assertEquals(Set.of("status 401"), rolesWith(key));
        assertEquals(200, ada.open("/admin/keys/").statusCode());
        assertEquals(403, vic.open("/admin/keys/").statusCode());
        assertEquals(200, vic.open("/app/keys/").statusCode());
    }

    @Test
    void aFormWithoutAScriptShowsTheKeyOnItsOwnAnswer() throws Exception {
        Visitor eve = visitor();
        eve.logIn("eve", "/app/");
        HttpResponse<String> page =
                eve.post("/auth/keys", "name=form&scopes=orders.read&next=%2Fapp%2Fkeys%2F", "Accept", "text/html");
        assertEquals(200, page.statusCode());
        assertTrue(page.headers().firstValue("Location").isEmpty());
        Matcher shown = Pattern.compile("ost_dev_[0-9A-Za-z_]+").matcher(page.body());
        assertTrue(shown.find(), page.body());
        assertEquals(Set.of(), rolesWith(shown.group()));
        assertEquals(
                403,
                eve.post("/auth/keys", "name=x", "Origin", "https://evil.example")
                        .statusCode());
    }
}
