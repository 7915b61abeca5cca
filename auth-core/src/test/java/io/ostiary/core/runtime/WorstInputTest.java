package io.ostiary.core.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.core.Decision;
import io.ostiary.core.Policies;
import io.ostiary.core.Reply;
import io.ostiary.core.UrlEncoded;
import io.ostiary.core.config.Settings;
import io.ostiary.core.json.Json;
import io.ostiary.core.json.JsonException;
import io.ostiary.core.json.JsonObject;
import io.ostiary.core.spi.AuthEvent;
import io.ostiary.core.spi.EdgeStep;
import io.ostiary.core.spi.Feature;
import io.ostiary.testkit.FakeRequest;
import io.ostiary.testkit.MutableClock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are made to cost much, through the whole kit: they are refused like any other, and are no fault. */
final class WorstInputTest {
    private static final int MEGABYTE = 1_000_000;
    private final MutableClock clock = new MutableClock();
    private final List<AuthEvent> events = new ArrayList<>();
    private final Ostiary ostiary = start();

    private Ostiary start() {
        Feature listens =
                (settings, context) -> new Feature.Contribution(List.of(), List.of(), List.of(), List.of(events::add));
        Map<String, String> settings = Map.of(
                "base-url", "https://app.example",
                "secret", "k".repeat(32),
                "token.enabled", "true",
                "token.delivery", "dual",
                "limits.token", "1000000 per minute",
                "limits.failures", "1000000 per minute");
        return Ostiary.start(Settings.of(settings), List.of(listens), clock);
    }

    private void assertNoFault() {
        assertTrue(events.stream().noneMatch(event -> event.type() == AuthEvent.Type.FAULT), events.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "9",
                ".",
                "-",
                "/",
                ";",
                ",",
                "=",
                "%",
                "%2e",
                "\u00e9",
                " ",
                "eyJ.",
                "a.",
                "q=0;",
                "a/../",
                "\\",
                "[",
                "for=",
                "127.0.0.1, ",
                "text/html;q=0,",
                "a=b; ",
                "\"",
                "session=x; "
            })
    void dos01AMegabyteInAnyHeaderIsNoFault(String piece) {
        String text = piece.repeat(MEGABYTE / piece.length());
        for (String header : List.of(
                "Accept",
                "Authorization",
                "Content-Type",
                "Cookie",
                "Forwarded",
                "Host",
                "Origin",
                "Referer",
                "Sec-Fetch-Site",
                "User-Agent",
                "X-Forwarded-For",
                "X-Forwarded-Proto",
                "X-Request-Id")) {
            String value = header.equals("Authorization") ? "Bearer " + text : text;
            ask(FakeRequest.get("/app").header(header, value));
            ask(FakeRequest.post("/app").header(header, value).header("Sec-Fetch-Site", "same-origin"));
        }
        ask(FakeRequest.get("/app").cookie("__Host-ostiary", text));
        ask(FakeRequest.get("/app?next=" + text.replace(' ', '+')));
        assertNoFault();
    }

    /** The edge, the decision and the kit's own page. */
    private void ask(FakeRequest request) {
        for (EdgeStep step : ostiary.edges().steps(Set.of(), List.of("/app/*"))) {
            Reply reply = step.before(request, new Nowhere());
            assertTrue(reply == null || reply.status() < 500, String.valueOf(reply));
        }
        Decision decision = ostiary.engine().decide(request, Policies.authenticated());
        assertFalse(decision instanceof Decision.Allow || decision instanceof Decision.Unavailable);
    }

    private static final class Nowhere implements EdgeStep.Answer {
        @Override
        public void set(String name, String value) {
            // Nobody looks.
        }

        @Override
        public void add(String name, String value) {
            // Nobody looks.
        }
    }

    @Test
    void dos01APlaceToGoBackToThatIsTooLongIsDropped() {
        for (String next : List.of("/" + "a".repeat(MEGABYTE), "/".repeat(MEGABYTE), "/" + "%25".repeat(MEGABYTE))) {
            Reply reply = ostiary.endpoints().handle(FakeRequest.get("/auth/login?next=" + next));
            assertEquals(200, reply.status());
            assertTrue(reply.body().length() < 20_000, "length " + reply.body().length());
        }
        assertNoFault();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[", "{\"a\":", "{\"a\":[", "\"\\u0000", "1", "{\"token\":1e999999999", "{\"token\":\"x\",\"a\":"
            })
    void dos02AJsonBombIsABadRequest(String piece) {
        for (int bytes : new int[] {70_000, MEGABYTE}) {
            FakeRequest request = FakeRequest.post("/auth/token/refresh")
                    .json(piece.repeat(bytes / piece.length()))
                    .header("Sec-Fetch-Site", "same-origin");
            Reply reply = ostiary.endpoints().handle(request);
            assertEquals(400, reply.status(), reply.body());
        }
        assertNoFault();
    }

    /** Names of one hash fill one bucket; maps make a tree of it. */
    @Test
    void dos03NamesOfOneHashAreReadLikeAnyOthers() throws JsonException {
        List<String> names = colliding(4096);
        assertEquals(1, new HashSet<>(names.stream().map(String::hashCode).toList()).size());
        StringBuilder json = new StringBuilder("{");
        names.forEach(name -> json.append('"').append(name).append("\":1,"));
        JsonObject read = Json.object(json.append("\"last\":2}").toString(), MEGABYTE);
        assertEquals(4097, read.names().size());
        assertEquals(Long.valueOf(2), read.whole("last"));
        Map<String, List<String>> form = UrlEncoded.all(String.join("=1&", names) + "=1");
        assertEquals(4096, form.size());
        Reply reply = ostiary.endpoints()
                .handle(FakeRequest.post("/auth/token/refresh")
                        .form(String.join("=1&", names.subList(0, 2500)) + "=1")
                        .header("Sec-Fetch-Site", "same-origin"));
        assertTrue(reply.status() == 400 || reply.status() == 401, reply.body());
        assertNoFault();
    }

    private static List<String> colliding(int count) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StringBuilder name = new StringBuilder();
            for (int bit = 0; bit < 12; bit++) {
                name.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            names.add(name.toString());
        }
        return names;
    }

    @Test
    void dos07MadeUpSessionsLeaveNothing() {
        for (int i = 0; i < 10_000; i++) {
            FakeRequest request = FakeRequest.get("/app").cookie("__Host-ostiary", String.format("%043d", i));
            assertInstanceOf(Decision.Challenged.class, ostiary.engine().decide(request, Policies.authenticated()));
        }
        assertTrue(ostiary.audit().recent().find("", "", "", 100_000).size() <= 1000, "rows are bounded");
        assertNoFault();
    }
}
