package io.ostiary.core.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.core.Identity;
import io.ostiary.core.ReturnTo;
import io.ostiary.core.UrlEncoded;
import io.ostiary.core.config.Settings;
import io.ostiary.core.jose.KeySet;
import io.ostiary.core.json.Json;
import io.ostiary.core.json.JsonException;
import io.ostiary.core.json.JsonObject;
import io.ostiary.core.spi.ClaimsMapper;
import io.ostiary.core.spi.LogoutTargets.Target;
import io.ostiary.testkit.FakeOpenIdProviderAnswer;
import io.ostiary.testkit.FakeOpenIdProviderToken;
import io.ostiary.testkit.FakeRequest;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What differs between providers, logins that others start, and the mapping by code. */
final class ProvidersTest {
    private static final String TENANT = "11111111-2222-3333-4444-555555555555";
    private static final String TEMPLATE = "https://login.microsoftonline.com/{tenantid}/v2.0";

    @Test
    void gitHubVouchesForItsVerifiedPrimaryAddressOnly() {
        Identity identity = gitHub(List.of(
                Map.of("email", "other@example.org", "primary", false, "verified", true),
                Map.of("email", "ada@example.org", "primary", true, "verified", true)));
        assertEquals("ada@example.org", identity.attributes().get("email"));
        assertEquals("true", identity.attributes().get("email_verified"));
        assertEquals("42", identity.subject());
        assertEquals("oauth:op", identity.issuer());
        assertEquals("ada", identity.name());
        Identity none = gitHub(List.of(Map.of("email", "ada@example.org", "primary", true, "verified", false)));
        assertFalse(none.attributes().containsKey("email"));
    }

    private static Identity gitHub(List<Object> emails) {
        try (Fixture fixture = new Fixture()) {
            Map<String, String> settings = fixture.settings(
                    "preset", "github",
                    "authorization-endpoint", fixture.op.issuer() + "/authorize",
                    "token-endpoint", fixture.op.issuer() + "/token",
                    "userinfo-endpoint", fixture.op.issuer() + "/userinfo");
            settings.remove("oauth.provider.op.issuer");
            fixture.op.bend(
                    "/userinfo",
                    right -> FakeOpenIdProviderAnswer.json(
                            200, Map.of("id", 42, "login", "ada", "email", "public@example.org")));
            fixture.op.bend("/userinfo/emails", right -> FakeOpenIdProviderAnswer.json(200, emails));
            return assertInstanceOf(CallbackResult.Proven.class, fixture.logIn(fixture.login(settings)))
                    .identity();
        }
    }

    @Test
    void microsoftHasAnIssuerForEachTenant() throws JsonException {
        String actual = TEMPLATE.replace("{tenantid}", TENANT);
        assertTrue(matches(TEMPLATE, actual, TENANT));
        assertTrue(matches(actual, actual, TENANT));
        assertFalse(matches(TEMPLATE, actual, "99999999-2222-3333-4444-555555555555"));
        assertFalse(matches(TEMPLATE, TEMPLATE, "{tenantid}"));
        assertFalse(matches(TEMPLATE, "https://login.microsoftonline.com/evil/v2.0", "evil"));
        assertFalse(matches(TEMPLATE, actual + "/", TENANT));
        assertTrue(IssuerRule.matches(TEMPLATE, actual));
        assertFalse(IssuerRule.matches(TEMPLATE, "https://login.microsoftonline.com/"));
        assertFalse(IssuerRule.matches(TEMPLATE, "x"));
    }

    @Test
    void microsoftKeysOnTenantAndObject() throws Exception {
        ProviderSettings settings = OAuthSettings.from(
                        Settings.of(Map.of(
                                "oauth.provider.microsoft.client-id", "c",
                                "oauth.provider.microsoft.client-secret", "s")),
                        false)
                .providers()
                .get(0);
        IdentityMapper mapper = new IdentityMapper(settings, (provider, id, info, identity) -> identity);
        String actual = TEMPLATE.replace("{tenantid}", TENANT);
        String json = "{\"iss\":\"" + actual + "\",\"sub\":\"pairwise\",\"oid\":\"object\",\"email\":\"a@b.example\"}";
        Identity identity = mapper.map(new Claims(Json.object(json, 1000), JsonObject.EMPTY), java.time.Instant.EPOCH);
        assertEquals(List.of(actual, "object"), List.of(identity.issuer(), identity.subject()));
        assertEquals("false", identity.attributes().get("email_verified"), "anybody can claim an address there");
    }

    /** Its sub is another one for each application, and the person is known by oid: only a sid tells whose session it is. */
    @Test
    void microsoftLogsOutBySessionOnly() throws Exception {
        try (Fixture fixture = new Fixture()) {
            ProviderSettings settings = OAuthSettings.from(
                            Settings.of(Map.of(
                                    "oauth.provider.microsoft.client-id",
                                    Fixture.CLIENT,
                                    "oauth.provider.microsoft.client-secret",
                                    "s")),
                            false)
                    .providers()
                    .get(0);
            Remote<KeySet> keys = new Remote<>(
                    () -> Objects.requireNonNull(KeySet.parse(
                            JsonObject.of(Map.of("keys", List.of(JsonObject.of(Fixture.KEY.jwk())))))),
                    new Remote.Lifetime(Duration.ofHours(1), Duration.ofHours(1)),
                    fixture.clock);
            LogoutTokenCheck check = new LogoutTokenCheck(
                    settings, new Signatures(keys, settings.algorithms()), fixture.clock, fixture.once);
            String issuer = TEMPLATE.replace("{tenantid}", TENANT);
            List<Target> ended = new ArrayList<>();
            FakeOpenIdProviderToken token = fixture.op
                    .grants()
                    .logoutToken(Fixture.CLIENT)
                    .claim("iss", issuer)
                    .claim("tid", TENANT);
            assertThrows(ProviderException.class, () -> check.end(token.build(), target -> 0));
            check.end(token.claim("sid", "s1").build(), target -> ended.add(target) ? 1 : 0);
            assertEquals(List.of(new Target(Target.By.PROVIDER_SESSION, issuer, "s1")), ended);
        }
    }

    /** A tenant's administrator may write any address into a person's record, and any claim into the token. */
    @Test
    void anAddressIsVerifiedOnlyByWhoNamesIt() throws Exception {
        String signed = "{\"email\":\"victim@b.example\"}";
        String info = "{\"email\":\"own@b.example\",\"email_verified\":true}";
        assertEquals(List.of("victim@b.example", "false"), email("op", signed, info));
        assertEquals(List.of("own@b.example", "true"), email("op", "{}", info));
        assertEquals(List.of("own@b.example", "true"), email("op", "{\"email\":\"own@b.example\"}", info));
        String denied = "{\"email\":\"own@b.example\",\"email_verified\":false}";
        assertEquals(List.of("own@b.example", "false"), email("op", denied, info));
        assertEquals(List.of("own@b.example", "false"), email("op", "{}", info.replace("true", "\"true\"")));
        assertEquals(List.of("own@b.example", "false"), email("microsoft", info, "{}"));
    }

    private static List<String> email(String preset, String idToken, String userInfo) throws Exception {
        Map<String, String> settings = new java.util.HashMap<>(
                Map.of("oauth.provider.x.client-id", "c", "oauth.provider.x.client-secret", "s"));
        settings.put("oauth.provider.x.preset", preset.equals("op") ? "oidc" : preset);
        if (preset.equals("op")) {
            settings.put("oauth.provider.x.issuer", "https://op.example");
        }
        ProviderSettings provider =
                OAuthSettings.from(Settings.of(settings), false).providers().get(0);
        String subject = "{\"sub\":\"s\",\"oid\":\"o\"" + (idToken.equals("{}") ? "}" : "," + idToken.substring(1));
        Identity identity = new IdentityMapper(provider, (id, token, info, found) -> found)
                .map(
                        new Claims(Json.object(subject, 1000), Json.object(userInfo, 1000)),
                        java.time.Instant.ofEpochSecond(1));
        return List.of(
                String.valueOf(identity.attributes().get("email")),
                String.valueOf(identity.attributes().get("email_verified")));
    }

    @Test
    void core4Tpi01StartsALoginThatTheProviderAsksFor() {
        try (Fixture fixture = new Fixture("initiated-login", "true")) {
            StartResult result = initiated(
                    fixture,
                    "iss=" + UrlEncoded.encode(fixture.op.issuer())
                            + "&login_hint=ada&target_link_uri=https%3A%2F%2Fapp.example%2Fapp%2Fhome&prompt=none&scope=evil");
            StartResult.Started started = assertInstanceOf(StartResult.Started.class, result);
            fixture.take(started.reply().cookies());
            String url = started.reply().headerOrEmpty("Location");
            String query = URI.create(url).getRawQuery();
            assertEquals(List.of("ada"), UrlEncoded.values(query, "login_hint"));
            assertEquals(List.of(), UrlEncoded.values(query, "prompt"), "TPI-03");
            assertEquals(List.of("openid profile email"), UrlEncoded.values(query, "scope"), "TPI-03");
            CallbackResult.Proven proven =
                    assertInstanceOf(CallbackResult.Proven.class, fixture.callback(fixture.op.authorize(url)));
            assertEquals(ReturnTo.parse("/app/home"), proven.next());
        }
    }

    @Test
    void core4Tpi02RefusesAnUnknownIssuerAndAnOffSiteTarget() {
        try (Fixture fixture = new Fixture("initiated-login", "true")) {
            assertInstanceOf(StartResult.UnknownProvider.class, initiated(fixture, "iss=https%3A%2F%2Fevil.example"));
            assertInstanceOf(StartResult.UnknownProvider.class, initiated(fixture, ""));
            String iss = "iss=" + UrlEncoded.encode(fixture.op.issuer());
            for (String target : List.of(
                    "https://evil.example/",
                    "https://app.example.evil.example/",
                    "https://app.example@evil.example/",
                    "https://app.example//evil.example",
                    "/\\evil.example",
                    "javascript:alert(1)")) {
                fixture.jar.clear();
                StartResult.Started started = assertInstanceOf(
                        StartResult.Started.class,
                        initiated(fixture, iss + "&target_link_uri=" + UrlEncoded.encode(target)));
                fixture.take(started.reply().cookies());
                CallbackResult result =
                        fixture.callback(fixture.op.authorize(started.reply().headerOrEmpty("Location")));
                assertEquals(
                        null,
                        assertInstanceOf(CallbackResult.Proven.class, result).next(),
                        target);
            }
        }
        try (Fixture off = new Fixture()) {
            assertInstanceOf(
                    StartResult.UnknownProvider.class, initiated(off, "iss=" + UrlEncoded.encode(off.op.issuer())));
        }
    }

    @Test
    void codeMayAddButNotChangeThePerson() {
        try (Fixture fixture = new Fixture()) {
            OAuthLogin adds = with(fixture, (provider, id, info, identity) -> identity.withName(provider + "!"));
            assertEquals(
                    "op!",
                    assertInstanceOf(CallbackResult.Proven.class, fixture.logIn(adds))
                            .identity()
                            .name());
            OAuthLogin swaps = with(
                    fixture,
                    (provider, id, info, identity) ->
                            Identity.of("session", identity.issuer(), "root", identity.authTime()));
            assertThrows(IllegalStateException.class, () -> fixture.logIn(swaps));
        }
    }

    private static OAuthLogin with(Fixture fixture, ClaimsMapper mapper) {
        return OAuthLogin.create(
                OAuthSettings.from(Settings.of(fixture.settings()), true),
                fixture.context,
                true,
                new MemoryTokenStore(fixture.clock),
                mapper);
    }

    private static StartResult initiated(Fixture fixture, String query) {
        return fixture.login.startInitiated(
                FakeRequest.get("/auth/initiate?" + query), "https://app.example", id -> Fixture.CALLBACK);
    }

    private static boolean matches(String expected, String issuer, String tenant) throws JsonException {
        return IssuerRule.matches(expected, Json.object(Json.write(Map.of("iss", issuer, "tid", tenant)), 1000));
    }
}
