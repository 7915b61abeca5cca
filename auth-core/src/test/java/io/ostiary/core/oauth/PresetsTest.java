package io.ostiary.core.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.ostiary.core.FailureReason;
import io.ostiary.core.Identity;
import io.ostiary.core.config.Settings;
import io.ostiary.core.json.Json;
import io.ostiary.core.json.JsonException;
import io.ostiary.core.json.JsonObject;
import io.ostiary.testkit.FakeOpenIdProviderAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every preset with documents in the form in which its provider sends them. */
final class PresetsTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_767_268_800);

    @ParameterizedTest
    @ValueSource(strings = {"google", "microsoft", "microsoft-consumers", "keycloak", "auth0", "okta", "gitlab"})
    void understandsTheDocumentsOfAnOpenIdProvider(String name) throws Exception {
        JsonObject documents = documents(name);
        ProviderSettings settings = settings(name, documents);
        Metadata metadata = Metadata.parse(object(documents, "discovery"), settings.issuer(), false);
        assertNotNull(metadata.jwksUri());
        JsonObject expect = object(documents, "expect");
        assertEquals(
                expect.text("method"),
                ClientMethod.AUTO.resolve(metadata.clientMethods()).name());
        JsonObject idToken = object(documents, "idToken");
        assertEquals(true, IssuerRule.matches(settings.issuer(), idToken));
        Claims claims = new Claims(idToken, documents.has("userInfo") ? object(documents, "userInfo") : empty());
        Identity identity = new IdentityMapper(settings, (provider, id, info, found) -> found).map(claims, NOW);
        assertEquals(expect.text("issuer"), identity.issuer());
        assertIs(expect, identity);
        boolean fresh = !identity.authTime().equals(IdentityMapper.UNKNOWN_TIME);
        assertEquals(expect.flag("fresh"), fresh);
    }

    @ParameterizedTest
    @ValueSource(strings = {"github", "facebook", "linkedin", "discord", "oauth2"})
    void logsInWithTheAnswersOfAPlainProvider(String name) throws Exception {
        JsonObject documents = documents(name);
        JsonObject expect = object(documents, "expect");
        try (Fixture fixture = new Fixture()) {
            Map<String, String> settings = fixture.settings(
                    "preset", name,
                    "authorization-endpoint", fixture.op.issuer() + "/authorize",
                    "token-endpoint", fixture.op.issuer() + "/token",
                    "userinfo-endpoint", fixture.op.issuer() + "/userinfo");
            settings.remove("oauth.provider.op.issuer");
            more(documents).forEach((key, value) -> settings.put("oauth.provider.op." + key, value));
            fixture.op.replace("/token", json(object(documents, "token")));
            fixture.op.replace("/userinfo", json(object(documents, "userInfo")));
            fixture.op.replace("/userinfo/emails", json(documents.has("emails") ? documents.list("emails") : Map.of()));
            CallbackResult result = fixture.logIn(fixture.login(settings));
            Identity identity =
                    assertInstanceOf(CallbackResult.Proven.class, result).identity();
            assertEquals("oauth:op", identity.issuer());
            assertIs(expect, identity);
            assertEquals(fixture.clock.instant(), identity.authTime());
        }
        Metadata known = Preset.named(name).metadata();
        assertEquals(
                expect.text("authorize"),
                known == null ? null : known.authorizationEndpoint().toString());
        assertEquals(
                expect.text("token"),
                known == null ? null : known.tokenEndpoint().toString());
    }

    @Test
    void microsoftConsumersAreOneTenant() throws Exception {
        ProviderSettings settings = settings("microsoft-consumers", documents("microsoft-consumers"));
        assertEquals(
                "https://login.microsoftonline.com/consumers/v2.0/.well-known/openid-configuration",
                String.valueOf(settings.discovery()));
        JsonObject other = object(documents("microsoft"), "idToken");
        assertEquals(false, IssuerRule.matches(settings.issuer(), other), "a work account");
    }

    /** RFC 6749 section 5.1: others have to say it. */
    @Test
    void onlyLinkedInMayLeaveOutTheTypeOfItsToken() {
        try (Fixture fixture = new Fixture()) {
            fixture.op.grants().tokenResponse(response -> response.remove("token_type"));
            fixture.refused(FailureReason.PROVIDER_RESPONSE_INVALID);
        }
    }

    private static void assertIs(JsonObject expect, Identity identity) {
        Map<String, String> attributes = new TreeMap<>(identity.attributes());
        assertEquals(expect.text("subject"), identity.subject());
        assertEquals(expect.text("name"), identity.name());
        assertEquals(expect.text("email"), attributes.get("email"));
        assertEquals(expect.text("email_verified"), attributes.get("email_verified"));
        List<String> roles = expect.texts("roles");
        assertEquals(roles == null ? List.of() : roles, List.copyOf(new TreeSet<>(identity.roles())));
    }

    private static ProviderSettings settings(String name, JsonObject documents) throws JsonException {
        String id = "oauth.provider." + (name.startsWith("microsoft") ? "microsoft" : name) + ".";
        Map<String, String> all = new TreeMap<>(Map.of(id + "client-id", "c", id + "client-secret", "s"));
        more(documents).forEach((key, value) -> all.put(id + key, value));
        Settings settings = Settings.of(all);
        OAuthSettings oauth = OAuthSettings.from(settings, false);
        settings.refuseUnknown();
        return oauth.providers().get(0);
    }

    private static Map<String, String> more(JsonObject documents) {
        Map<String, String> more = new TreeMap<>();
        JsonObject settings = documents.object("settings");
        if (settings != null) {
            settings.names().forEach(name -> more.put(name, String.valueOf(settings.text(name))));
        }
        return more;
    }

    private static FakeOpenIdProviderAnswer json(@Nullable Object body) {
        return FakeOpenIdProviderAnswer.json(200, Objects.requireNonNull(plain(body)));
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof JsonObject object) {
            return plain(object.asMap());
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> plain = new LinkedHashMap<>();
            map.forEach((key, member) -> plain.put(key, plain(member)));
            return plain;
        }
        return value instanceof List<?> list
                ? list.stream().map(PresetsTest::plain).toList()
                : value;
    }

    private static JsonObject object(JsonObject from, String name) {
        return Objects.requireNonNull(from.object(name), name);
    }

    private static JsonObject empty() {
        return JsonObject.EMPTY;
    }

    private static JsonObject documents(String name) throws IOException, JsonException {
        try (InputStream in = PresetsTest.class.getResourceAsStream("presets/" + name + ".json")) {
            return Json.object(Objects.requireNonNull(in, name).readAllBytes(), 100_000);
        }
    }
}
