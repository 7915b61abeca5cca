package io.ostiary.core.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.core.AuthRequest;
import io.ostiary.core.Reply;
import io.ostiary.core.audit.AuditRecord;
import io.ostiary.core.config.Settings;
import io.ostiary.core.spi.EdgeStep;
import io.ostiary.testkit.FakeRequest;
import io.ostiary.testkit.MutableClock;
import io.ostiary.testkit.RecordedAnswer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is turned away before anybody asks who sent it is in the audit like any other refusal. */
final class EdgeEventsTest {
    private Ostiary ostiary = start();

    private static Ostiary start(String... keysAndValues) {
        Map<String, String> all = new HashMap<>(Map.of("base-url", "https://app.example", "secret", "k".repeat(32)));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            all.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return Ostiary.start(Settings.of(all), List.of(), new MutableClock());
    }

    private @Nullable Reply send(FakeRequest request) {
        for (EdgeStep step : ostiary.edges().steps(Set.of(), List.of("/app/*"))) {
            Reply reply = step.before(request, new RecordedAnswer());
            if (reply != null) {
                return reply;
            }
        }
        return null;
    }

    private void refused(int status, String event, String reason, FakeRequest request) {
        assertEquals(status, there(send(request)).status());
        AuditRecord row = ostiary.audit().recent().find("", "", "", 1).get(0);
        assertEquals(List.of(event, "refused", reason), List.of(row.event(), row.outcome(), row.reason()));
    }

    private static Reply there(@Nullable Reply reply) {
        return java.util.Objects.requireNonNull(reply);
    }

    @Test
    void eachKindIsToldWithItsReason() {
        refused(400, "request_refused", "ambiguous_target", FakeRequest.get("/app/%2e%2e/x"));
        FakeRequest cross =
                FakeRequest.post("/app").header("Sec-Fetch-Site", "cross-site").cookie("__Host-ostiary", "x");
        refused(403, "request_refused", "cross_site_request", cross);
        ostiary = start("https.redirect", "on");
        refused(403, "request_refused", "tls_required", FakeRequest.post("/app"));
        ostiary = start("limits.login", "1 per hour");
        assertNull(send(FakeRequest.get("/auth/login/op")));
        refused(429, "limited", "rate_limited", FakeRequest.get("/auth/login/op"));
        ostiary = start("cors.origins", "https://spa.example");
        FakeRequest foreign = FakeRequest.of("OPTIONS", "/api")
                .header("Origin", "https://other.example")
                .header("Access-Control-Request-Method", "PUT");
        refused(403, "request_refused", "origin_not_allowed", foreign);
    }

    @Test
    void whatPassesAndAnAnswerToAPreflightAreNot() {
        ostiary = start("cors.origins", "https://spa.example");
        assertNull(send(FakeRequest.get("/app")));
        FakeRequest known = FakeRequest.of("OPTIONS", "/api")
                .header("Origin", "https://spa.example")
                .header("Access-Control-Request-Method", "GET");
        assertEquals(204, there(send(known)).status());
        assertEquals(
                List.of("started"),
                ostiary.audit().recent().find("", "", "", 9).stream()
                        .map(AuditRecord::event)
                        .toList());
    }

    /** The container accepts an ambiguous target and then throws when it is asked what it means. */
    @Test
    void whatHasNoNameIsRefusedAsAmbiguousAndToldWithoutAPath() {
        AuthRequest nameless = nameless();
        EdgeStep guard = ostiary.edges().steps(Set.of(), List.of("/app/*")).stream()
                .filter(step -> step.toString().equals("strict"))
                .findFirst()
                .orElseThrow();
        assertEquals(400, there(guard.before(nameless, new RecordedAnswer())).status());
        AuditRecord row = ostiary.audit().recent().find("", "", "", 1).get(0);
        assertEquals(List.of("ambiguous_target", ""), List.of(row.reason(), row.path()));
    }

    private static AuthRequest nameless() {
        FakeRequest plain = FakeRequest.get("/");
        return (AuthRequest) java.lang.reflect.Proxy.newProxyInstance(
                EdgeEventsTest.class.getClassLoader(),
                new Class<?>[] {AuthRequest.class},
                (self, method, arguments) -> {
                    if (method.getName().equals("path")) {
                        throw new IllegalArgumentException("ambiguous");
                    }
                    return method.invoke(plain, arguments);
                });
    }

    @Test
    void theStartIsTheFirstRowAndNamesNoValue() {
        AuditRecord row =
                ostiary.audit().recent().find("started", "", "success", 9).get(0);
        assertEquals("Ostiary 2 settings, settings", row.detail());
        assertTrue(!row.toJson().contains("kkkk"), row.toJson());
    }
}
