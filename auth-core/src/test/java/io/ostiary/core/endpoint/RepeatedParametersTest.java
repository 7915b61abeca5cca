package io.ostiary.core.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.core.Identity;
import io.ostiary.core.LoginGate;
import io.ostiary.core.Reply;
import io.ostiary.core.config.Settings;
import io.ostiary.core.runtime.Ostiary;
import io.ostiary.testkit.FakeRequest;
import io.ostiary.testkit.MutableClock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who reads the first of two parameters and who reads the last must not be told different things. */
final class RepeatedParametersTest {
    private final MutableClock clock = new MutableClock();
    private final Ostiary ostiary = Ostiary.start(
            Settings.of(Map.of(
                    "base-url", "https://app.example",
                    "secret", "k".repeat(32),
                    "token.enabled", "true",
                    "token.delivery", "dual",
                    "session.admin-roles", "admin",
                    "oauth.provider.op.issuer", "https://op.example",
                    "oauth.provider.op.client-id", "client",
                    "oauth.provider.op.client-secret", "some-secret-of-this-test")),
            List.of(),
            clock);

    private FakeRequest signedIn(String method, String target) {
        FakeRequest request = FakeRequest.of(method, target).header("Sec-Fetch-Site", "same-origin");
        Identity ada = Identity.of("oauth", "https://op.example", "ada", clock.instant())
                .plusRoles(Set.of("admin"));
        LoginGate.Result result = ostiary.engine().gate().complete(FakeRequest.get("/x"), ada);
        assertInstanceOf(LoginGate.Result.Admitted.class, result)
                .cookies()
                .forEach(cookie -> request.cookie(cookie.name(), cookie.value()));
        return request;
    }

    @ParameterizedTest
    @CsvSource({
        "/auth/sessions/end, handle=a&handle=b",
        "/auth/sessions/end, handle=a&handle=a",
        "/auth/sessions/end-user, issuer=https://op.example&subject=ada&subject=eve",
        "/auth/sessions/end-user, issuer=a&issuer=https://op.example&subject=ada",
        "/auth/token/refresh, refresh_token=a&refresh_token=b"
    })
    void refusesWhatComesTwice(String target, String form) {
        Reply reply = ostiary.endpoints().handle(signedIn("POST", target).form(form));
        assertEquals(400, reply.status(), reply.body());
    }

    /** People are not shown an error for a link that somebody else made; it leads where a login leads that names no place. */
    @Test
    void twoPlacesToReturnToAreNone() {
        String one = ostiary.endpoints()
                .handle(FakeRequest.get("/auth/login?next=%2Fapp"))
                .body();
        assertTrue(one.contains("next=%2Fapp"), one);
        String two = ostiary.endpoints()
                .handle(FakeRequest.get("/auth/login?next=%2Fapp&next=%2Fadmin"))
                .body();
        assertFalse(two.contains("next="), two);
    }
}
