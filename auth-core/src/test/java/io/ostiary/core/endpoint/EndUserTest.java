package io.ostiary.core.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ostiary.core.Identity;
import io.ostiary.core.LoginGate;
import io.ostiary.core.Reply;
import io.ostiary.core.SetCookie;
import io.ostiary.core.UrlEncoded;
import io.ostiary.core.audit.AuditRecord;
import io.ostiary.core.config.ConfigurationException;
import io.ostiary.core.config.Settings;
import io.ostiary.core.json.Json;
import io.ostiary.core.json.JsonException;
import io.ostiary.core.runtime.Ostiary;
import io.ostiary.testkit.FakeRequest;
import io.ostiary.testkit.MutableClock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An administrator logs somebody out everywhere. */
final class EndUserTest {
    private static final String TARGET = "/auth/sessions/end-user";
    private static final String ISSUER = "https://op.example";
    private static final String VIC = "issuer=" + UrlEncoded.encode(ISSUER) + "&subject=vic";
    private final MutableClock clock = new MutableClock();
    private Ostiary ostiary = start("session.admin-roles", "support, admin");

    private Ostiary start(String... keysAndValues) {
        Map<String, String> all = new HashMap<>(Map.of(
                "base-url", "https://app.example",
                "secret", "k".repeat(32),
                "token.enabled", "true",
                "token.delivery", "body-only",
                "session.remember-me", "always"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            all.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return Ostiary.start(Settings.of(all), List.of(), clock);
    }

    private Map<String, String> logIn(String subject, String... roles) {
        Identity identity =
                Identity.of("oauth", ISSUER, subject, clock.instant()).plusRoles(Set.of(roles));
        LoginGate.Result result = ostiary.engine().gate().complete(FakeRequest.get("/x"), identity);
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

    private Reply send(Map<String, String> jar, String form) {
        return ostiary.endpoints().handle(request(jar, "POST", TARGET).form(form));
    }

    private boolean isIn(Map<String, String> jar) {
        return ostiary.endpoints()
                .handle(request(jar, "GET", "/auth/session"))
                .body()
                .startsWith("{\"authenticated\":true");
    }

    private AuditRecord newest() {
        return ostiary.audit().recent().find("", "", "", 1).get(0);
    }

    @Test
    void endsSessionsTokensAndRememberedLoginsOfThatPersonAlone() throws JsonException {
        Map<String, String> admin = logIn("ada", "admin");
        Map<String, String> vic = logIn("vic");
        Map<String, String> other = logIn("vicky");
        Reply pair = ostiary.endpoints().handle(request(vic, "POST", "/auth/token"));
        String refresh = String.valueOf(Json.object(pair.body(), 99_999).text("refresh_token"));
        String access = String.valueOf(Json.object(pair.body(), 99_999).text("access_token"));
        assertEquals("{\"ended\":1}", send(admin, VIC).body());
        assertEquals(
                List.of("sessions_ended", "ada", ISSUER + "#vic"),
                List.of(newest().event(), newest().subject(), newest().detail()));
        assertEquals(List.of(true, false, true), List.of(isIn(admin), isIn(vic), isIn(other)));
        FakeRequest renew = FakeRequest.post("/auth/token/refresh").form("refresh_token=" + refresh);
        assertEquals(401, ostiary.endpoints().handle(renew).status());
        FakeRequest check = FakeRequest.get("/auth/token/check").header("Authorization", "Bearer " + access);
        assertEquals(401, ostiary.endpoints().handle(check).status());
        Reply back = ostiary.endpoints().handle(request(vic, "GET", "/auth/login"));
        assertEquals(200, back.status(), "a remembered login would be sent on");
    }

    @Test
    void actsInTheCookieModeThoughNothingCanBeCounted() {
        ostiary = start("session.admin-roles", "admin", "session.mode", "cookie");
        Map<String, String> admin = logIn("ada", "admin");
        Map<String, String> vic = logIn("vic");
        assertEquals("{\"ended\":0}", send(admin, VIC).body());
        assertEquals(List.of(true, false), List.of(isIn(admin), isIn(vic)));
    }

    @Test
    void whoHasNoneOfTheRolesEndsNothingAndIsInTheAudit() {
        Map<String, String> eve = logIn("eve", "editor");
        Map<String, String> vic = logIn("vic");
        Reply refused = send(eve, VIC);
        assertEquals(403, refused.status());
        assertEquals("{\"error\":\"access_denied\"}", refused.body());
        assertEquals(List.of("forbidden", "eve"), List.of(newest().event(), newest().subject()));
        assertEquals(true, isIn(vic));
    }

    @Test
    void anotherSiteAndNobodyEndNothing() {
        Map<String, String> admin = logIn("ada", "admin");
        Map<String, String> vic = logIn("vic");
        FakeRequest cross = FakeRequest.post(TARGET).header("Sec-Fetch-Site", "cross-site");
        admin.forEach(cross::cookie);
        assertEquals(403, ostiary.endpoints().handle(cross.form(VIC)).status());
        assertEquals(401, send(Map.of(), VIC).status());
        Reply get = ostiary.endpoints().handle(request(admin, "GET", TARGET));
        assertEquals(List.of("405", "POST"), List.of("" + get.status(), get.headerOrEmpty("Allow")));
        assertEquals(true, isIn(vic));
    }

    @Test
    void aTokenOfAnAdministratorIsNoSession() throws JsonException {
        Reply pair = ostiary.endpoints().handle(request(logIn("ada", "admin"), "POST", "/auth/token"));
        String access = String.valueOf(Json.object(pair.body(), 99_999).text("access_token"));
        FakeRequest byToken = FakeRequest.post(TARGET).header("Authorization", "Bearer " + access);
        assertEquals(401, ostiary.endpoints().handle(byToken.form(VIC)).status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "subject=vic",
                "issuer=x",
                "issuer=x&subject=",
                "issuer=x&subject=a&subject=b",
                "issuer=+&subject=vic"
            })
    void whoIsNotNamedExactlyOnceIsNobody(String form) {
        Reply reply = send(logIn("ada", "admin"), form);
        assertEquals(400, reply.status());
        assertEquals("{\"error\":\"invalid_request\"}", reply.body());
    }

    @Test
    void aFormWithoutScriptIsSentBackToItsPageAndNowhereElse() {
        Map<String, String> admin = logIn("ada", "admin");
        assertEquals("/admin/users", send(admin, VIC + "&next=/admin/users").headerOrEmpty("Location"));
        assertEquals("", send(admin, VIC + "&next=//evil.example").headerOrEmpty("Location"));
    }

    @Test
    void isNotThereUnlessARoleIsSet() {
        ostiary = start();
        assertEquals(404, send(logIn("ada", "admin"), VIC).status());
    }

    @Test
    void aListThatIsNoneStopsTheStart() {
        assertEquals(
                "settings: 'session.admin-roles' is 'admin,,support'; allowed: a comma-separated list, without an empty"
                        + " element",
                assertThrows(ConfigurationException.class, () -> start("session.admin-roles", "admin,,support"))
                        .getMessage());
    }
}
