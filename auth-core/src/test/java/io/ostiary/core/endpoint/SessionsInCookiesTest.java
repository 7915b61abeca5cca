package io.ostiary.core.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.core.Identity;
import io.ostiary.core.LoginGate;
import io.ostiary.core.Reply;
import io.ostiary.core.SetCookie;
import io.ostiary.core.config.Settings;
import io.ostiary.core.json.Json;
import io.ostiary.core.json.JsonException;
import io.ostiary.core.json.JsonObject;
import io.ostiary.core.runtime.Ostiary;
import io.ostiary.core.spi.LogoutTargets.Target;
import io.ostiary.testkit.FakeRequest;
import io.ostiary.testkit.MutableClock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where sessions are sealed in cookies, the pages say what they cannot know, and what hangs on a session ends all the same. */
final class SessionsInCookiesTest {
    private static final String ISSUER = "https://op.example";
    private final MutableClock clock = new MutableClock();
    private final Ostiary ostiary = Ostiary.start(
            Settings.of(Map.of(
                    "base-url", "https://app.example",
                    "secret", "k".repeat(32),
                    "session.mode", "cookie",
                    "token.enabled", "true",
                    "token.delivery", "body-only")),
            List.of(),
            clock);

    private Map<String, String> logIn(String sid) {
        Identity ada = Identity.of("oauth", ISSUER, "ada", clock.instant()).withAttribute("provider_sid", sid);
        LoginGate.Result result = ostiary.engine().gate().complete(FakeRequest.get("/x"), ada);
        Map<String, String> jar = new HashMap<>();
        for (SetCookie cookie :
                assertInstanceOf(LoginGate.Result.Admitted.class, result).cookies()) {
            jar.put(cookie.name(), cookie.value());
        }
        return jar;
    }

    private static FakeRequest request(Map<String, String> jar, String method, String target) {
        FakeRequest request = FakeRequest.of(method, target).header("Sec-Fetch-Site", "same-origin");
        jar.forEach(request::cookie);
        return request;
    }

    private Reply send(FakeRequest request) {
        return ostiary.endpoints().handle(request);
    }

    private boolean isIn(Map<String, String> jar) {
        return send(request(jar, "GET", "/auth/session")).body().startsWith("{\"authenticated\":true");
    }

    @Test
    void theListHasTheSessionThatAsksAndSaysThatItIsNotComplete() throws JsonException {
        logIn("s1");
        Map<String, String> here = logIn("s2");
        JsonObject answer =
                Json.object(send(request(here, "GET", "/auth/sessions")).body(), 9999);
        assertEquals(false, answer.flag("complete"));
        List<Object> listed = Objects.requireNonNull(answer.list("sessions"));
        assertEquals(1, listed.size());
        assertEquals(true, ((JsonObject) listed.get(0)).flag("current"));
    }

    @ParameterizedTest
    @CsvSource({"end-others, ''", "end, handle=AAAAAAAAAAAAAAAAAAAAAA", "end-others, next=/app/sessions/"})
    void whatCannotBeDoneIsRefusedWithTheReasonAndNothingEnds(String page, String form) {
        Map<String, String> there = logIn("s1");
        Map<String, String> here = logIn("s2");
        Reply program = send(request(here, "POST", "/auth/sessions/" + page).form(form));
        assertEquals(409, program.status());
        assertEquals(
                "{\"type\":\"urn:ostiary:problem:sessions-in-browsers\",\"title\":\"Only all sessions can be ended"
                        + " together\",\"status\":409}",
                program.body());
        Reply person = send(request(here, "POST", "/auth/sessions/" + page)
                .header("Sec-Fetch-Mode", "navigate")
                .form(form));
        assertEquals(409, person.status());
        assertTrue(person.body().contains("Sign out everywhere, then sign in here again."), person.body());
        assertEquals(List.of(true, true), List.of(isIn(there), isIn(here)));
    }

    @Test
    void strangersAndOtherSitesAreNotToldHowSessionsAreKept() {
        assertEquals(
                401,
                send(request(Map.of(), "POST", "/auth/sessions/end-others")).status());
        FakeRequest cross = FakeRequest.post("/auth/sessions/end-others").header("Sec-Fetch-Site", "cross-site");
        logIn("s1").forEach(cross::cookie);
        assertEquals(403, send(cross).status());
    }

    @Test
    void allCanBeEnded() {
        Map<String, String> there = logIn("s1");
        Map<String, String> here = logIn("s2");
        assertEquals(
                "{\"ended\":1}",
                send(request(here, "POST", "/auth/sessions/end-all")).body());
        assertEquals(List.of(false, false), List.of(isIn(there), isIn(here)));
    }

    /** LGO-22: nobody knows the handles of sessions in cookies, so tokens are found by what the provider names. */
    @Test
    void aProviderThatNamesASessionEndsItsTokensToo() throws JsonException {
        Map<String, String> one = logIn("s1");
        Map<String, String> two = logIn("s2");
        Reply first = send(request(one, "POST", "/auth/token"));
        Reply second = send(request(two, "POST", "/auth/token"));
        ostiary.endpoints().targets().end(new Target(Target.By.PROVIDER_SESSION, ISSUER, "s1"));
        assertEquals(List.of(false, true), List.of(isIn(one), isIn(two)));
        assertEquals(List.of(401, 401), both(first));
        assertEquals(List.of(200, 200), both(second));
    }

    private List<Integer> both(Reply pair) throws JsonException {
        JsonObject tokens = Json.object(pair.body(), 99_999);
        String access = "Bearer " + tokens.text("access_token");
        assertNotEquals("Bearer null", access);
        FakeRequest check = FakeRequest.get("/auth/token/check").header("Authorization", access);
        FakeRequest renew =
                FakeRequest.post("/auth/token/refresh").form("refresh_token=" + tokens.text("refresh_token"));
        return List.of(send(check).status(), send(renew).status());
    }
}
