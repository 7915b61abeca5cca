package io.ostiary.core.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.ostiary.core.Identity;
import io.ostiary.core.LoginGate;
import io.ostiary.core.Reply;
import io.ostiary.core.SetCookie;
import io.ostiary.core.config.Settings;
import io.ostiary.core.runtime.Ostiary;
import io.ostiary.testkit.FakeRequest;
import io.ostiary.testkit.MutableClock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CSR-07: what is not said to be what it is, is not taken for it, and nothing is done. */
final class BodyTypeTest {
    private final MutableClock clock = new MutableClock();
    private final Map<String, String> jar = new HashMap<>();
    private final Ostiary ostiary = Ostiary.start(
            Settings.of(Map.of(
                    "base-url",
                    "https://app.example",
                    "secret",
                    "k".repeat(32),
                    "token.enabled",
                    "true",
                    "token.delivery",
                    "dual")),
            List.of(),
            clock);

    private FakeRequest post(String path) {
        FakeRequest request = FakeRequest.post("/auth" + path).header("Sec-Fetch-Site", "same-origin");
        jar.forEach(request::cookie);
        return request;
    }

    private Reply send(FakeRequest request) {
        Reply reply = ostiary.endpoints().handle(request);
        reply.cookies().forEach(this::keep);
        return reply;
    }

    private void keep(SetCookie cookie) {
        if (cookie.maxAge().isZero()) {
            jar.remove(cookie.name());
        } else {
            jar.put(cookie.name(), cookie.value());
        }
    }

    private void logIn() {
        Identity ada = Identity.of("oauth", "https://op.example", "ada", clock.instant());
        LoginGate.Result in = ostiary.engine().gate().complete(FakeRequest.get("/x"), ada);
        assertInstanceOf(LoginGate.Result.Admitted.class, in).cookies().forEach(this::keep);
        assertEquals(200, send(post("/token")).status());
    }

    @ParameterizedTest
    @CsvSource({
        "/token, text/plain",
        "/token, multipart/form-data",
        "/token, application/jsonp",
        "/token, 'text/plain; application/json'",
        "/token, ''",
        "/token, none",
        "/token/refresh, text/plain",
        "/token/refresh, none",
        "/token/revoke, text/plain",
        "/token/revoke, none",
        "/sessions/end, text/plain",
        "/sessions/end-others, none",
        "/sessions/end-all, text/plain",
        "/sessions/end-all, application/json",
        "/sessions/end-all, none"
    })
    void csr07anotherTypeIsRefusedBeforeAnythingIsDone(String path, String type) {
        logIn();
        Map<String, String> before = Map.copyOf(jar);
        FakeRequest request = post(path).body("{\"scope\":\"\",\"next\":\"=/\"}");
        Reply refused = send(type.equals("none") ? request : request.header("Content-Type", type));
        assertEquals(415, refused.status());
        assertEquals("{\"error\":\"invalid_request\"}", refused.body());
        assertEquals(before, jar);
        assertEquals(200, send(post("/token/refresh")).status(), "the session and its tokens are as they were");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/token", "/token/refresh", "/token/revoke", "/sessions/end-all"})
    void csr07twoTypesAreNone(String path) {
        logIn();
        String form = "application/x-www-form-urlencoded";
        FakeRequest request =
                post(path).body("x=y").header("Content-Type", form).header("Content-Type", "text/plain");
        assertEquals(415, send(request).status());
    }

    /** A page of another site can send a form with nothing in it, too. */
    @ParameterizedTest
    @ValueSource(strings = {"/token", "/token/refresh", "/token/revoke", "/sessions/end-all"})
    void csr07aTypeIsLookedAtEvenIfTheBodyIsEmpty(String path) {
        logIn();
        assertEquals(415, send(post(path).header("Content-Type", "text/plain")).status());
    }

    @ParameterizedTest
    @CsvSource({
        "/token, application/json, '{\"scope\":\"\"}'",
        "/token, 'Application/JSON ; charset=utf-8', '{}'",
        "/token/refresh, application/x-www-form-urlencoded, scope=",
        "/token/revoke, application/x-www-form-urlencoded;charset=UTF-8, token=x",
        "/sessions/end-all, application/x-www-form-urlencoded, ''"
    })
    void whatSaysWhatItIsIsTaken(String path, String type, String body) {
        logIn();
        assertEquals(
                200, send(post(path).body(body).header("Content-Type", type)).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sessions/end-all", "/sessions/end-others"})
    void aBodyThatIsTooLargeToReadEndsNothing(String path) {
        logIn();
        assertEquals(400, send(post(path).form("x=" + "y".repeat(5000))).status());
        assertEquals(200, send(post("/token")).status());
    }
}
