package io.ostiary.core.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.core.FailureReason;
import io.ostiary.core.Identity;
import io.ostiary.core.Reply;
import io.ostiary.core.ReturnTo;
import io.ostiary.core.UrlEncoded;
import io.ostiary.testkit.FakeRequest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class OAuthLoginTest {
    private final Fixture fixture = new Fixture("roles-claim", "/realm/roles");

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void listsProvidersInOrder() {
        assertEquals(List.of(new ProviderInfo("op", "Op")), fixture.login.providers());
    }

    /** OpenID Connect Core 3.1.2.1. */
    @Test
    void aFreshProofIsAskedForByPromptAndMaxAge() {
        StartResult result = fixture.login.startAnew(FakeRequest.get("/auth/login/op"), "op", null, Fixture.CALLBACK);
        String location =
                assertInstanceOf(StartResult.Started.class, result).reply().headerOrEmpty("Location");
        String query = URI.create(location).getRawQuery();
        assertEquals(List.of("login"), UrlEncoded.values(query, "prompt"));
        assertEquals(List.of("0"), UrlEncoded.values(query, "max_age"));
    }

    @Test
    void sendsTheBrowserToTheProviderWithPkceStateAndNonce() {
        String query = URI.create(fixture.start()).getRawQuery();
        for (String name : List.of("state", "nonce", "code_challenge")) {
            assertEquals(43, UrlEncoded.values(query, name).get(0).length(), name);
        }
        assertEquals(List.of("S256"), UrlEncoded.values(query, "code_challenge_method"));
        assertEquals(List.of("code"), UrlEncoded.values(query, "response_type"));
        assertEquals(List.of("openid profile email"), UrlEncoded.values(query, "scope"));
        assertEquals(List.of(Fixture.CALLBACK), UrlEncoded.values(query, "redirect_uri"));
    }

    @Test
    void tellsAProgramTheAddressAsJson() {
        FakeRequest request = FakeRequest.get("/auth/login/op").header("Accept", "application/json");
        Reply reply = assertInstanceOf(
                        StartResult.Started.class, fixture.login.start(request, "op", null, Fixture.CALLBACK))
                .reply();
        assertEquals(200, reply.status());
        assertTrue(reply.body().startsWith("{\"authorization_url\":\"" + fixture.op.issuer() + "/authorize?"));
        assertEquals(2, reply.cookies().size());
    }

    @Test
    void provesAPerson() {
        fixture.op
                .grants()
                .person(Map.of(
                        "sub", "s-1",
                        "preferred_username", "ada",
                        "name", "Ada Lovelace",
                        "realm", Map.of("roles", List.of("admin", "editor")),
                        "amr", List.of("pwd"),
                        "sid", "sid-1"));
        fixture.op.grants().userInfo(Map.of("email", "ada@example.org", "email_verified", true));
        CallbackResult.Proven proven = assertInstanceOf(CallbackResult.Proven.class, fixture.logIn());
        Identity identity = proven.identity();
        assertEquals("ada", identity.name());
        assertEquals("session", identity.scheme());
        assertEquals(fixture.op.issuer(), identity.issuer());
        assertEquals("s-1", identity.subject());
        assertEquals(Set.of("admin", "editor"), identity.roles());
        assertEquals(Set.of("pwd"), identity.amr());
        assertEquals(fixture.clock.instant(), identity.authTime());
        assertEquals("ada@example.org", identity.attributes().get("email"));
        assertEquals("true", identity.attributes().get("email_verified"));
        assertEquals("op", identity.attributes().get("provider"));
        assertEquals("sid-1", identity.attributes().get("provider_sid"));
        assertEquals(ReturnTo.parse("/app/home"), proven.next());
    }

    @Test
    void leavesNoPendingLoginBehind() {
        fixture.logIn();
        assertEquals(Set.of("__Host-ostiary-logins"), fixture.jar.keySet());
    }

    @Test
    void finishesTabsInAnyOrder() {
        String first = fixture.start();
        String second = fixture.start();
        assertInstanceOf(CallbackResult.Proven.class, fixture.callback(fixture.op.authorize(second)));
        assertInstanceOf(CallbackResult.Proven.class, fixture.callback(fixture.op.authorize(first)));
    }

    @Test
    void acceptsAStateOnce() {
        String query = fixture.op.authorize(fixture.start());
        Map<String, String> before = Map.copyOf(fixture.jar);
        assertInstanceOf(CallbackResult.Proven.class, fixture.callback(query));
        fixture.jar.putAll(before);
        Fixture.assertFailed(FailureReason.LOGIN_REPLAYED, fixture.callback(query));
    }

    @Test
    void saysWhenTheProviderIsUnknown() {
        assertInstanceOf(
                StartResult.UnknownProvider.class,
                fixture.login.start(FakeRequest.get("/auth/login/x"), "x", null, Fixture.CALLBACK));
        assertInstanceOf(
                CallbackResult.UnknownProvider.class,
                fixture.login.callback(FakeRequest.get("/auth/callback/x"), "x", Fixture.CALLBACK));
    }
}
