package io.ostiary.matrix;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.testkit.FakeOpenIdProviderAnswer;
import io.ostiary.testkit.FakeOpenIdProviderAnswer.Manner;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever fails: nothing is let through, nobody waits for ever, no page tells what happened, and the next request works. */
@DisabledIfSystemProperty(named = "matrix.ran", matches = ".+", disabledReason = "faults are switched in this JVM")
final class FaultsTest {
    /** Of {@code session.store-calls}. */
    private static final int PLACES = 4;

    private static final Pattern STACK = Pattern.compile("\\bat [a-z]+(\\.[A-Za-z0-9_$]+)+\\(|Exception|io\\.ostiary");
    private static Matrix matrix;
    private static ExecutorService threads;
    private Person ada;
    private Person vic;

    @BeforeAll
    static void start() throws Exception {
        matrix = Matrix.faulty();
        threads = Executors.newCachedThreadPool();
    }

    @AfterAll
    static void stop() {
        threads.shutdownNow();
        matrix.close();
    }

    @BeforeEach
    void people() throws IOException {
        Faults.none();
        ada = matrix.signedIn("ada", "admin");
        vic = matrix.signedIn("vic", "user");
        assertTrue(ada.open("/admin/x").body().contains("SECRET-OF-admin for ada"));
    }

    /** After each of them everything is as before. */
    @AfterEach
    void theNextRequestWorks() throws Exception {
        Faults.none();
        matrix.provider().straighten();
        assertTrue(Faults.awaitNobodyIn(), "a request is stuck");
        assertTrue(ada.open("/admin/x").body().contains("SECRET-OF-admin for ada"));
        assertEquals(302, matrix.person().signIn("eve", "/app/home").status());
        assertRefused(403, vic.open("/admin/x"));
        assertRefused(401, matrix.wire().get("/admin/x", "Accept: application/json"));
    }

    private static void assertRefused(int status, Wire.Answer answer) {
        assertAll(
                () -> assertEquals(status, answer.status(), answer.toString()),
                () -> assertFalse(answer.body().contains(ZoneServlet.SECRET), answer.toString()),
                () -> assertFalse(STACK.matcher(answer.body()).find(), answer.toString()));
    }

    private static long ran() {
        return Ran.times("admin") + Ran.times("app") + Ran.times("api");
    }

    private Wire.Answer withKey() throws IOException {
        return matrix.wire().get("/api/v1/data", "X-API-KEY: " + matrix.key());
    }

    @Test
    void aStoreThatThrowsLetsNobodyIn() throws Exception {
        Faults.store(Faults.Store.DOWN);
        long before = ran();
        assertRefused(503, ada.open("/admin/x"));
        assertRefused(503, ada.get("/app/home", "Accept: application/json"));
        assertRefused(503, vic.open("/admin/x"));
        assertRefused(503, ada.get("/auth/session"));
        assertRefused(503, matrix.person().signIn("eve", "/app/home"));
        assertEquals("5", ada.open("/app/home").header("Retry-After"));
        assertEquals(before, ran());
        assertRefused(401, matrix.wire().get("/app/home", "Accept: application/json"));
        assertTrue(withKey().body().contains("SECRET-OF-api"));
    }

    @Test
    void aStoreThatHangsHoldsSoManyRequestsAndNoMore() throws Exception {
        Faults.store(Faults.Store.HANGING);
        long before = ran();
        String cookies = ada.cookieLine();
        List<Future<Wire.Answer>> hanging = new ArrayList<>();
        for (int i = 0; i < PLACES; i++) {
            hanging.add(threads.submit(() -> matrix.wire().get("/app/home", cookies)));
        }
        assertTrue(Faults.awaitWaiting(PLACES), "not all of them came to the store");
        for (int i = 0; i < PLACES; i++) {
            assertRefused(503, ada.open("/app/home"));
        }
        assertRefused(401, matrix.wire().get("/app/home", "Accept: application/json"));
        assertEquals(before, ran());
        assertTrue(withKey().body().contains("SECRET-OF-api"));
        Faults.none();
        for (Future<Wire.Answer> one : hanging) {
            assertTrue(
                    one.get().body().contains("SECRET-OF-app for ada"),
                    one.get().toString());
        }
    }

    @Test
    void oneSlowCallOfTheStoreHoldsNobodyElseUp() throws Exception {
        Faults.store(Faults.Store.HANGING);
        String cookies = ada.cookieLine();
        Future<Wire.Answer> slow = threads.submit(() -> matrix.wire().get("/app/home", cookies));
        assertTrue(Faults.awaitWaiting(1), "it did not come to the store");
        Faults.recoverForOthers();
        for (int i = 0; i < 20; i++) {
            assertTrue(vic.open("/app/home").body().contains("SECRET-OF-app for vic"));
        }
        assertFalse(slow.isDone());
        Faults.none();
        assertTrue(
                slow.get().body().contains("SECRET-OF-app for ada"), slow.get().toString());
    }

    @Test
    void aProviderThatHangsIsGivenUp() throws Exception {
        matrix.provider().replace("/token", FakeOpenIdProviderAnswer.slow(Manner.HANGING));
        Person eve = matrix.person();
        assertRefused(503, eve.signIn("eve", "/app/home"));
        assertRefused(401, eve.get("/app/home", "Accept: application/json"));
    }

    @Test
    void aProviderThatIsGoneIsUnavailable() throws Exception {
        Wire.Answer answer = matrix.person().open("/auth/login/gone?next=/app/home");
        assertRefused(503, answer);
        assertFalse(answer.header("Retry-After").isEmpty(), answer.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "500, text/html, <h1>at com.example.Provider.main(Provider.java:1)</h1>",
        "200, text/html, <html></html>",
        "200, application/json, {{{{",
        "200, application/json, []",
        "200, application/json, '{\"access_token\":\"x\",\"token_type\":\"Bearer\",\"id_token\":\"y\"}'",
        "302, text/plain, nowhere"
    })
    void aProviderThatAnswersNonsenseLetsNobodyIn(int status, String type, String body) throws Exception {
        matrix.provider().replace("/token", FakeOpenIdProviderAnswer.text(status, type, body));
        Person eve = matrix.person();
        Wire.Answer answer = eve.signIn("eve", "/app/home");
        assertTrue(answer.status() >= 400, answer.toString());
        assertRefused(answer.status(), answer);
        assertRefused(401, eve.get("/app/home", "Accept: application/json"));
    }

    @Test
    void aListenerThatThrowsChangesNoDecision() throws Exception {
        Faults.deaf();
        assertRefused(403, vic.open("/admin/x"));
        assertRefused(401, matrix.wire().get("/api/v1/data", "X-API-KEY: " + matrix.key() + "x"));
        assertTrue(ada.open("/admin/x").body().contains("SECRET-OF-admin for ada"));
        assertEquals(302, matrix.person().signIn("eve", "/app/home").status());
    }

    @Test
    void whereNothingMayGoUnheardAListenerThatThrowsRefuses() throws Exception {
        Person grace = new Person(matrix, "/ctx");
        grace.signIn("grace", "/ctx/app/home");
        Faults.deaf();
        long before = ran();
        assertRefused(503, grace.open("/admin/x"));
        assertRefused(503, new Person(matrix, "/ctx").signIn("eve", "/ctx/app/home"));
        assertEquals(before, ran());
        assertTrue(grace.open("/app/home").body().contains("SECRET-OF-app for grace"), "nothing was to be told");
    }

    @ParameterizedTest
    @CsvSource({
        "late-include, /admin/x",
        "late-forward, /admin/x",
        "late-async, /admin/x",
        "late-include, /app/x",
        "late-async, /api/x"
    })
    void aRefusalThatComesTooLateIsOne(String how, String to) throws Exception {
        long before = ran();
        Wire.Answer answer = matrix.wire().get("/public/x?how=" + how + "&to=" + to, "Accept: application/json");
        assertRefused(answer.status(), answer);
        assertEquals(before, ran());
    }

    @Test
    void clientsThatGoAwayInTheMiddleLeaveNothingBehind() throws Exception {
        long before = Ran.times("admin");
        long faults = Faults.told();
        String host = "Host: 127.0.0.1:" + matrix.port() + "\r\n";
        String origin = "Origin: http://127.0.0.1:" + matrix.port() + "\r\n";
        String form = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nhandle=";
        String chunked = "Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nx";
        String cookies = ada.cookieLine() + "\r\n";
        for (String part : List.of(
                "GET /adm",
                "GET /admin/x HTTP/1.1\r\n" + host + "Cook",
                "GET /admin/x HTTP/1.1\r\n" + host + "Cookie: session=" + "x".repeat(2000),
                "POST /auth/sessions/end HTTP/1.1\r\n" + host + origin + cookies + form,
                "POST /auth/sessions/end HTTP/1.1\r\n" + host + origin + cookies + chunked,
                "POST /auth/logout HTTP/1.1\r\n" + host + origin + form,
                "POST /app/x HTTP/1.1\r\n" + host + origin + cookies + form,
                "POST /app/x HTTP/1.1\r\n" + host + origin + cookies + chunked,
                "POST /admin/x HTTP/1.1\r\n" + host + origin + vic.cookieLine() + "\r\n" + form)) {
            for (int i = 0; i < 5; i++) {
                goAwayAfter(part);
            }
        }
        assertTrue(Faults.awaitNobodyIn(), "a request is stuck");
        assertEquals(before, Ran.times("admin"));
        assertEquals(faults, Faults.told(), "who goes away must not fill the log");
    }

    static void goAwayAfter(String part) throws IOException {
        try (Socket socket = matrix.wire().connect()) {
            socket.getOutputStream().write(part.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    @Test
    void whatTheApplicationThrowsIsShownAsItSays() throws Exception {
        Wire.Answer answer = matrix.wire().get("/public/x?how=throw&to=y");
        assertRefused(500, answer);
        assertEquals("open", answer.body(), "its own page for errors");
    }
}
