package io.ostiary.core.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ostiary.core.Identity;
import io.ostiary.core.LoginGate;
import io.ostiary.core.Reply;
import io.ostiary.core.UrlEncoded;
import io.ostiary.core.config.ConfigurationException;
import io.ostiary.core.config.Settings;
import io.ostiary.core.runtime.Ostiary;
import io.ostiary.core.spi.AuthEvent;
import io.ostiary.core.spi.Feature;
import io.ostiary.testkit.FakeOpenIdProvider;
import io.ostiary.testkit.FakeRequest;
import io.ostiary.testkit.MutableClock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Notices of providers that somebody logged out: what they end, and that the audit hears of it. */
final class ProviderNoticesTest {
    private final MutableClock clock = new MutableClock();
    private final FakeOpenIdProvider provider = FakeOpenIdProvider.start(clock);
    private final Ostiary ostiary = Ostiary.start(Settings.of(settings()), List.<Feature>of(), clock);

    @AfterEach
    void stop() {
        provider.close();
    }

    private Map<String, String> settings() {
        return new HashMap<>(Map.of(
                "development", "true",
                "oauth.provider.op.issuer", provider.issuer(),
                "oauth.provider.op.client-id", "client",
                "oauth.provider.op.client-secret", "canary-client-secret",
                "oauth.provider.op.front-channel-logout", "true"));
    }

    private void logIn(String sid) {
        Identity ada =
                Identity.of("oauth", provider.issuer(), "ada", clock.instant()).withAttribute("provider_sid", sid);
        assertInstanceOf(
                LoginGate.Result.Admitted.class, ostiary.engine().gate().complete(FakeRequest.get("/x"), ada));
    }

    private Reply front(String sid) {
        return ostiary.endpoints()
                .handle(FakeRequest.get(
                        "/auth/frontchannel-logout/op?sid=" + sid + "&iss=" + UrlEncoded.encode(provider.issuer())));
    }

    private long told() {
        return ostiary.audit().counts().count(AuthEvent.Type.SESSIONS_ENDED, null);
    }

    @Test
    void theAuditHearsOfALogoutTokenThatHolds() {
        logIn("s1");
        String token =
                provider.grants().logoutToken("client").claim("sid", "s1").build();
        FakeRequest notice = FakeRequest.post("/auth/backchannel-logout/op").form("logout_token=" + token);
        assertEquals(200, ostiary.endpoints().handle(notice).status());
        assertEquals(1, told());
        assertEquals(400, ostiary.endpoints().handle(notice).status());
        assertEquals(1, told());
    }

    @Test
    void theAuditHearsOfAFrontChannelNoticeOnlyIfItEndedSomething() {
        logIn("s1");
        assertEquals(200, front("s2").status());
        assertEquals(0, told());
        assertEquals(200, front("s1").status());
        assertEquals(1, told());
        assertEquals(200, front("s1").status());
        assertEquals(1, told());
    }

    @Test
    void sessionsInCookiesTakeNoFrontChannelNotices() {
        Map<String, String> all = settings();
        all.put("session.mode", "cookie");
        ConfigurationException refusal = assertThrows(
                ConfigurationException.class, () -> Ostiary.start(Settings.of(all), List.<Feature>of(), clock));
        assertEquals(
                "settings: 'oauth.provider.op.front-channel-logout' is true while 'session.mode' is cookie, where a session"
                        + " cannot be looked up; allowed: false, or session.mode server",
                refusal.getMessage());
        all.put("oauth.provider.op.front-channel-logout", "false");
        Ostiary.start(Settings.of(all), List.<Feature>of(), clock);
    }
}
