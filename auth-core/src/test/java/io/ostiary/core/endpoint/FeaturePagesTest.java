package io.ostiary.core.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ostiary.core.Identity;
import io.ostiary.core.LoginGate;
import io.ostiary.core.Policies;
import io.ostiary.core.Policy;
import io.ostiary.core.Reply;
import io.ostiary.core.config.Settings;
import io.ostiary.core.runtime.Ostiary;
import io.ostiary.core.spi.Feature;
import io.ostiary.testkit.FakeRequest;
import io.ostiary.testkit.MutableClock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Pages that a feature brings, over a whole engine. */
final class FeaturePagesTest {
    private final MutableClock clock = new MutableClock();
    private final Identity ada =
            Identity.of("oauth", "https://op.example", "ada", clock.instant()).plusRoles(Set.of("viewer"));

    private Ostiary start(Feature.Page... pages) {
        Map<String, String> settings = Map.of("base-url", "https://app.example", "secret", "k".repeat(32));
        Feature feature = (all, context) -> new Feature.Contribution(
                List.of(),
                List.of(identity -> identity.plusRoles(Set.of("given"))),
                List.of(),
                List.of(),
                List.of(pages));
        return Ostiary.start(Settings.of(settings), List.of(feature), clock);
    }

    private static Feature.Page page(String method, String path, Policy policy) {
        return new Feature.Page(
                method,
                path,
                policy,
                visit -> Reply.text(
                        200,
                        "text/plain",
                        visit.identity().roles().stream().sorted().toList() + " "
                                + visit.proven().roles()));
    }

    private FakeRequest signedIn(Ostiary ostiary, FakeRequest request) {
        LoginGate.Result result = ostiary.engine().gate().complete(FakeRequest.get("/x"), ada);
        assertInstanceOf(LoginGate.Result.Admitted.class, result)
                .cookies()
                .forEach(cookie -> request.cookie(cookie.name(), cookie.value()));
        return request;
    }

    private static int status(Ostiary ostiary, FakeRequest request) {
        return ostiary.endpoints().handle(request).status();
    }

    @Test
    void tellsWhoComesAndWhatTheLoginBrought() {
        Ostiary ostiary = start(page("GET", "/extra", Policies.authenticated()));
        Reply reply = ostiary.endpoints().handle(signedIn(ostiary, FakeRequest.get("/auth/extra")));
        assertEquals("[given, viewer] [viewer]", reply.body());
        assertEquals(401, status(ostiary, FakeRequest.get("/auth/extra")));
        assertEquals(405, status(ostiary, FakeRequest.post("/auth/extra")));
    }

    @Test
    void holdsThePolicyAndTheOrigin() {
        Ostiary ostiary = start(
                page("POST", "/extra", Policies.anyRole(Set.of("given"))),
                page("POST", "/admin", Policies.anyRole(Set.of("admin"))));
        for (String site : List.of("cross-site", "same-site")) {
            assertEquals(
                    403,
                    status(
                            ostiary,
                            signedIn(ostiary, FakeRequest.post("/auth/extra").header("Sec-Fetch-Site", site))));
        }
        assertEquals(
                403, status(ostiary, signedIn(ostiary, FakeRequest.post("/auth/extra"))), "says nothing of itself");
        assertEquals(
                200,
                status(
                        ostiary,
                        signedIn(ostiary, FakeRequest.post("/auth/extra").header("Origin", "https://app.example"))));
        assertEquals(
                403,
                status(
                        ostiary,
                        signedIn(ostiary, FakeRequest.post("/auth/admin").header("Origin", "https://app.example"))));
    }

    @Test
    void aPolicyThatLetsInNobodyKnownIsAFault() {
        Ostiary ostiary = start(page("GET", "/extra", Policies.permitAll()));
        assertEquals(503, status(ostiary, FakeRequest.get("/auth/extra")));
    }

    @Test
    void takesNoPlaceOfAnother() {
        for (Feature.Page page : List.of(
                page("GET", "/login", Policies.authenticated()),
                page("GET", "extra", Policies.authenticated()),
                page("PUT", "/extra", Policies.authenticated()))) {
            String message =
                    assertThrows(IllegalStateException.class, () -> start(page)).getMessage();
            assertEquals("a page of a feature is taken or malformed: " + page.method() + " " + page.path(), message);
        }
    }
}
