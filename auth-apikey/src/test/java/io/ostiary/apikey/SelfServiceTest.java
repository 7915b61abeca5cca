package io.ostiary.apikey;

import static io.ostiary.apikey.SelfServicePeople.object;
import static io.ostiary.apikey.SelfServicePeople.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.apikey.SelfServicePeople.Browser;
import io.ostiary.core.Reply;
import io.ostiary.core.json.JsonObject;
import io.ostiary.testkit.FakeRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys of people over a whole engine. */
final class SelfServiceTest {
    @TempDir
    private Path directory;

    private SelfServicePeople people;

    @BeforeEach
    void start() {
        people = new SelfServicePeople(directory);
    }

    @Test
    void aKeyIsShownOnceAndLivesUntilItIsRevoked() throws Exception {
        Browser ada = people.browser("ada", "editor");
        Reply made =
                ada.json("/auth/keys", "{\"name\":\"laptop\",\"roles\":[\"editor\"],\"scopes\":[\"editor.read\"]}");
        assertEquals(201, made.status());
        assertEquals("no-store", made.headerOrEmpty("Cache-Control"));
        String key = text(object(made), "key");
        String id = text(object(made), "id");
        assertEquals(Set.of("editor"), people.roles(key));
        assertEquals(
                Set.of("editor.read"), Objects.requireNonNull(people.with(key)).permissions());
        String secret = key.substring(key.lastIndexOf('_') + 1);
        assertFalse(ada.get("/auth/keys").body().contains(secret));
        assertTrue(ada.get("/auth/keys").body().contains(id));
        assertFalse(Files.readString(people.file).contains(secret.substring(0, 43)));
        assertEquals(
                200,
                ada.json("/auth/keys/rename", "{\"id\":\"" + id + "\",\"name\":\"old laptop\"}")
                        .status());
        assertTrue(ada.get("/auth/keys").body().contains("\"old laptop\""));
        Reply revoked = ada.json("/auth/keys/revoke", "{\"id\":\"" + id + "\"}");
        assertEquals("revoked", object(revoked).text("state"));
        assertNull(people.with(key));
        assertEquals(
                200, ada.json("/auth/keys/revoke", "{\"id\":\"" + id + "\"}").status());
        assertEquals(
                409, ada.json("/auth/keys/rotate", "{\"id\":\"" + id + "\"}").status());
        assertEquals(
                List.of("key_created by ada", "key_renamed by ada", "key_revoked by ada", "key_used by " + id),
                people.audit().stream().sorted().toList());
    }

    /** What it brings is as old as the login that it remembers. */
    @Test
    void aRememberedLoginNeitherGivesRolesToKeysNorTakesThemAway() {
        String key = text(people.browser("ada", "editor").create("{\"name\":\"x\",\"roles\":[\"editor\"]}"), "key");
        people.remembered("ada", "viewer");
        assertEquals(Set.of("editor"), people.roles(key));
        Reply refused =
                people.remembered("ada", "editor").json("/auth/keys", "{\"name\":\"y\",\"roles\":[\"editor\"]}");
        assertEquals(403, refused.status(), refused.body());
    }

    @Test
    void aLoginThatBringsMoreTakesWhatMayNotBeHeldTogether() {
        String key = text(people.browser("ada", "buyer").create("{\"name\":\"x\",\"roles\":[\"buyer\"]}"), "key");
        assertEquals(Set.of("buyer"), people.roles(key));
        people.browser("ada", "buyer", "approver");
        assertEquals(Set.of(), people.roles(key));
    }

    @Test
    void rotatesWithAnOverlap() {
        Browser ada = people.browser("ada", "editor");
        JsonObject made = ada.create("{\"name\":\"x\",\"roles\":[\"editor\"]}");
        String id = "{\"id\":\"" + text(made, "id") + "\"";
        JsonObject rotated = object(ada.json("/auth/keys/rotate", id + ",\"overlap_hours\":2}"));
        assertEquals(Set.of("editor"), people.roles(text(made, "key")));
        assertEquals(Set.of("editor"), people.roles(text(rotated, "key")));
        people.clock.advance(Duration.ofHours(2));
        assertNull(people.with(text(made, "key")));
        assertEquals(Set.of("editor"), people.roles(text(rotated, "key")));
        JsonObject again =
                object(people.browser("ada", "editor").json("/auth/keys/rotate", id + ",\"overlap_hours\":0}"));
        assertNull(people.with(text(rotated, "key")));
        assertEquals(Set.of("editor"), people.roles(text(again, "key")));
    }

    @Test
    void aKeyNeverExceedsItsOwnerAndShrinksWithTheOwner() {
        people.given.put("ada", Set.of("clerk"));
        Browser ada = people.browser("ada", "editor");
        for (String beyond :
                List.of("\"roles\":[\"admin\"]", "\"roles\":[\"editor\",\"admin\"]", "\"scopes\":[\"admin.x\"]")) {
            Reply refused = ada.json("/auth/keys", "{\"name\":\"x\"," + beyond + "}");
            assertEquals(403, refused.status());
            assertEquals(
                    beyond.startsWith("\"roles") ? "roles" : "scopes",
                    object(refused).text("field"));
        }
        String key = text(
                ada.create("{\"name\":\"x\",\"roles\":[\"editor\",\"clerk\"],\"scopes\":[\"clerk.x\",\"editor.x\"]}"),
                "key");
        assertEquals(Set.of("editor", "clerk"), people.roles(key));
        people.given.remove("ada");
        assertEquals(Set.of("editor"), people.roles(key));
        assertEquals(
                Set.of("editor.x"), Objects.requireNonNull(people.with(key)).permissions());
        people.browser("ada", "viewer"); // the provider says less at the next login
        assertEquals(Set.of(), people.roles(key));
        people.browser("ada", "viewer", "editor");
        assertEquals(Set.of(), people.roles(key), "what comes back is given to keys that are made then");
        people.gone.add("ada");
        assertNull(people.with(key));
    }

    /** Who may do what with a key of ada. */
    @ParameterizedTest
    @CsvSource({
        "ada,     /auth/keys/rename,     200",
        "ada,     /auth/keys/rotate,     200",
        "ada,     /auth/keys/revoke,     200",
        "ada,     /auth/keys/all/revoke, 403",
        "bob,     /auth/keys/rename,     404",
        "bob,     /auth/keys/rotate,     404",
        "bob,     /auth/keys/revoke,     404",
        "bob,     /auth/keys/all/revoke, 403",
        "root,    /auth/keys/rename,     404",
        "root,    /auth/keys/rotate,     404",
        "root,    /auth/keys/revoke,     404",
        "root,    /auth/keys/all/revoke, 200",
        "nobody,  /auth/keys/rename,     401",
        "nobody,  /auth/keys/rotate,     401",
        "nobody,  /auth/keys/revoke,     401",
        "nobody,  /auth/keys/all/revoke, 401",
        "key,     /auth/keys/rotate,     401",
        "key,     /auth/keys/revoke,     401",
        "foreign, /auth/keys/revoke,     403",
        "silent,  /auth/keys/revoke,     403"
    })
    void decides(String who, String path, int status) {
        JsonObject made = people.browser("ada", "editor").create("{\"name\":\"x\",\"roles\":[\"editor\"]}");
        String body = "{\"id\":\"" + text(made, "id") + "\"" + (path.endsWith("rename") ? ",\"name\":\"y\"}" : "}");
        Browser browser = who.matches("nobody|key")
                ? people.new Browser()
                : people.browser(who.matches("foreign|silent") ? "ada" : who, who.equals("root") ? "admin" : "editor");
        FakeRequest request = FakeRequest.post(path).json(body);
        browser.jar.forEach(request::cookie);
        if (who.equals("key")) {
            request.header("X-API-KEY", text(made, "key"));
        }
        if (!who.equals("silent")) {
            request.header("Sec-Fetch-Site", who.equals("foreign") ? "cross-site" : "same-origin");
        }
        assertEquals(status, people.handle(request).status());
        boolean revoked = status == 200 && path.endsWith("revoke");
        assertEquals(revoked ? Set.of("refused") : Set.of("editor"), people.roles(text(made, "key")));
    }

    @Test
    void listsAreForWhomTheyAre() {
        JsonObject made = people.browser("ada", "editor").create("{\"name\":\"x\"}");
        Browser bob = people.browser("bob");
        assertEquals(List.of(), object(bob.get("/auth/keys")).list("keys"));
        assertEquals(403, bob.get("/auth/keys/all").status());
        String all = people.browser("root", "admin").get("/auth/keys/all").body();
        assertTrue(all.contains(text(made, "id")) && all.contains("\"subject\":\"ada\""), all);
        assertEquals(401, people.handle(FakeRequest.get("/auth/keys")).status());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "{}; name",
                "{\"name\":\"\"}; name",
                "{\"name\":\" x\"}; name",
                "{\"name\":\"<b>\"}; name",
                "{\"name\":7}; name",
                "{\"name\":null}; name",
                "{\"name\":\"12345678901234567890123456789012345678901234567890123456789012345\"}; name",
                "{\"name\":\"x\",\"roles\":\"editor\"}; roles",
                "{\"name\":\"x\",\"roles\":[\"a b\"]}; roles",
                "{\"name\":\"x\",\"roles\":[\"\"]}; roles",
                "{\"name\":\"x\",\"scopes\":[7]}; scopes",
                "{\"name\":\"x\",\"networks\":[\"10.0.0.0/33\"]}; networks",
                "{\"name\":\"x\",\"networks\":[\"10.0.0.1/8\"]}; networks",
                "{\"name\":\"x\",\"networks\":[\"localhost\"]}; networks",
                "{\"name\":\"x\",\"days\":0}; days",
                "{\"name\":\"x\",\"days\":366}; days",
                "{\"name\":\"x\",\"days\":-1}; days",
                "{\"name\":\"x\",\"days\":\"1\"}; days",
                "{\"name\":\"x\",\"days\":1.5}; days",
                "{\"name\":\"x\",\"days\":99999999999999999999}; days",
                "{\"name\":\"x\",\"owner\":\"bob\"}; body",
                "[]; body",
                "{; body"
            })
    void namesTheFieldThatIsWrongAndMakesNothing(String json, String field) {
        Browser ada = people.browser("ada", "editor");
        Reply refused = ada.json("/auth/keys", json);
        assertEquals(400, refused.status(), refused.body());
        assertEquals("application/problem+json", refused.headerOrEmpty("Content-Type"));
        assertEquals(field, object(refused).text("field"));
        assertEquals(List.of(), object(ada.get("/auth/keys")).list("keys"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "/auth/keys/rename; {\"id\":\"short\",\"name\":\"x\"}; id",
                "/auth/keys/rename; {\"id\":\"0000000000000000\",\"name\":\"\"}; name",
                "/auth/keys/rotate; {\"id\":\"0000000000000000\",\"overlap_hours\":169}; overlap_hours",
                "/auth/keys/rotate; {\"id\":\"0000000000000000\",\"overlap_hours\":\"2\"}; overlap_hours",
                "/auth/keys/revoke; {}; id"
            })
    void changesNameTheFieldToo(String path, String json, String field) {
        Reply refused = people.browser("ada").json(path, json);
        assertEquals(400, refused.status());
        assertEquals(field, object(refused).text("field"));
    }

    @Test
    void insistsOnAContentTypeAndASize() {
        Browser ada = people.browser("ada");
        assertEquals(415, people.handle(ada.request("POST", "/auth/keys")).status());
        FakeRequest plain = ada.request("POST", "/auth/keys").header("Content-Type", "text/plain");
        assertEquals(415, people.handle(plain).status());
        assertEquals(413, ada.json("/auth/keys", " ".repeat(16 * 1024 + 1)).status());
    }

    @Test
    void aFormGetsAPageWithTheKeyAndNoneInAnAddress() {
        Browser ada = people.browser("ada", "editor");
        Reply page =
                ada.form("/auth/keys", "name=lap+top&roles=editor&networks=10.0.0.0%2F8&days=&next=%2Fapp%2Fkeys%2F");
        assertEquals(200, page.status());
        assertEquals("no-store", page.headerOrEmpty("Cache-Control"));
        assertEquals("", page.headerOrEmpty("Location"));
        assertTrue(page.body().contains(">ost_live_"), page.body());
        assertTrue(page.body().contains("href=\"/app/keys/\""), page.body());
        String id = String.valueOf(object(ada.get("/auth/keys")).textAt("/keys/0/id"));
        Reply revoked = ada.form("/auth/keys/revoke", "id=" + id + "&next=%2Fapp%2Fkeys%2F");
        assertEquals(302, revoked.status());
        assertEquals("/app/keys/", revoked.headerOrEmpty("Location"));
        for (String wrong : List.of(
                "name=", "name=x&name=y", "name=x&networks=%ff", "name=x&networks=10.0.0.1%2F8", "name=x&days=0")) {
            Reply refused = ada.form("/auth/keys", wrong);
            assertEquals(400, refused.status(), wrong);
            assertTrue(refused.body().contains("Nothing was done"), refused.body());
        }
        assertEquals(
                302,
                ada.form("/auth/keys/revoke", "id=" + id + "&next=%2F%2Fevil.example")
                        .status());
        assertEquals(
                "/",
                ada.form("/auth/keys/revoke", "id=" + id + "&next=%2F%2Fevil.example")
                        .headerOrEmpty("Location"));
    }

    @Test
    void fiftyCreationsAtOnceStayWithinTheLimit() throws Exception {
        Browser ada = people.browser("ada", "editor");
        Callable<Integer> create =
                () -> ada.json("/auth/keys", "{\"name\":\"x\"}").status();
        ExecutorService threads = Executors.newFixedThreadPool(50);
        try {
            int made = 0;
            for (Future<Integer> status : threads.invokeAll(java.util.Collections.nCopies(50, create))) {
                made += status.get() == 201 ? 1 : 0;
            }
            assertEquals(10, made);
        } finally {
            threads.shutdownNow();
        }
        assertEquals(
                10,
                Objects.requireNonNull(object(ada.get("/auth/keys")).list("keys"))
                        .size());
        assertEquals("too-many-keys", type(ada.json("/auth/keys", "{\"name\":\"x\"}")));
        assertEquals(
                201,
                people.browser("bob").json("/auth/keys", "{\"name\":\"x\"}").status());
    }

    /** Two processes on one file have no lock in common. */
    @Test
    void twoProcessesTogetherStayWithinTheLimit() throws Exception {
        SelfServicePeople other = new SelfServicePeople(directory);
        Browser here = people.browser("ada");
        Browser there = other.browser("ada");
        ExecutorService threads = Executors.newFixedThreadPool(24);
        try {
            List<Callable<Integer>> all = new java.util.ArrayList<>();
            for (int i = 0; i < 12; i++) {
                all.add(() -> here.json("/auth/keys", "{\"name\":\"x\"}").status());
                all.add(() -> there.json("/auth/keys", "{\"name\":\"x\"}").status());
            }
            long made = 0;
            for (Future<Integer> status : threads.invokeAll(all)) {
                made += status.get() == 201 ? 1 : 0;
            }
            assertTrue(made <= 10, made + " keys");
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void whoMakesAndRevokesAllDayHasToWait() {
        Browser ada = people.browser("ada");
        for (int i = 0; i < 30; i++) {
            String id = text(ada.create("{\"name\":\"x\"}"), "id");
            assertEquals(
                    200,
                    ada.json("/auth/keys/revoke", "{\"id\":\"" + id + "\"}").status());
        }
        Reply refused = ada.json("/auth/keys", "{\"name\":\"x\"}");
        assertEquals(429, refused.status());
        assertEquals("3600", refused.headerOrEmpty("Retry-After"));
    }

    @Test
    void aFreshLoginIsNeededToMakeButNotToRevoke() throws Exception {
        people = new SelfServicePeople(directory, "apikey.self-service.fresh-login", "5m");
        Browser ada = people.browser("ada");
        String id = text(ada.create("{\"name\":\"x\"}"), "id");
        people.clock.advance(Duration.ofMinutes(6));
        assertEquals(401, ada.json("/auth/keys", "{\"name\":\"x\"}").status());
        assertEquals(
                401, ada.json("/auth/keys/rotate", "{\"id\":\"" + id + "\"}").status());
        assertEquals(200, ada.get("/auth/keys").status());
        assertEquals(
                200, ada.json("/auth/keys/revoke", "{\"id\":\"" + id + "\"}").status());
    }

    @Test
    void isOffByDefault() {
        people = new SelfServicePeople(directory, "apikey.self-service", "false");
        assertEquals(404, people.browser("ada").get("/auth/keys").status());
    }

    private static String type(Reply reply) {
        return text(object(reply), "type").replace("urn:ostiary:problem:", "");
    }
}
