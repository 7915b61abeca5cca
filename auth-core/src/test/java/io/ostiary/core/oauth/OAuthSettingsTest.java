package io.ostiary.core.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ostiary.core.config.ConfigurationException;
import io.ostiary.core.config.Settings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class OAuthSettingsTest {
    private static final String OP = "settings: 'oauth.provider.op.";

    @Test
    void needsNoProvider() {
        OAuthSettings settings = OAuthSettings.from(Settings.of(Map.of()), false);
        assertEquals(List.of(), settings.providers());
        assertEquals(Duration.ofMinutes(10), settings.loginTimeout());
        assertEquals(Duration.ofSeconds(10), settings.requestTimeout());
        assertEquals(Duration.ofHours(24), settings.tokenLifetime());
    }

    @Test
    void leavesOutAProviderOfWhichNothingIsSet() {
        Settings settings = Settings.builder(name -> null)
                .map(
                        "settings",
                        "",
                        Map.of(
                                "oauth.provider.google.client-id", "${env:GOOGLE_CLIENT_ID:-}",
                                "oauth.provider.google.client-secret", "${env:GOOGLE_CLIENT_SECRET:-}"))
                .build();
        assertEquals(List.of(), OAuthSettings.from(settings, false).providers());
    }

    @ParameterizedTest
    @MethodSource("presets")
    void knowsProviders(String id, String issuer, String label) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("oauth.provider." + id + ".client-id", "c");
        settings.put("oauth.provider." + id + ".client-secret", "s");
        ProviderSettings provider =
                OAuthSettings.from(Settings.of(settings), false).providers().get(0);
        assertEquals(List.of(issuer, label), List.of(provider.issuer(), provider.label()));
    }

    static Stream<Arguments> presets() {
        return Stream.of(
                Arguments.of("google", "https://accounts.google.com", "Google"),
                Arguments.of("microsoft", "https://login.microsoftonline.com/{tenantid}/v2.0", "Microsoft"),
                Arguments.of("gitlab", "https://gitlab.com", "GitLab"),
                Arguments.of("github", "https://github.com", "GitHub"),
                Arguments.of("facebook", "https://www.facebook.com", "Facebook"),
                Arguments.of("linkedin", "https://www.linkedin.com", "LinkedIn"),
                Arguments.of("discord", "https://discord.com", "Discord"));
    }

    @Test
    void aTenantOfItsOwnHasOneIssuer() {
        String tenant = "11111111-2222-3333-4444-555555555555";
        ProviderSettings provider = OAuthSettings.from(
                        Settings.of(Map.of(
                                "oauth.provider.microsoft.client-id", "c",
                                "oauth.provider.microsoft.client-secret", "s",
                                "oauth.provider.microsoft.tenant", tenant)),
                        false)
                .providers()
                .get(0);
        assertEquals("https://login.microsoftonline.com/" + tenant + "/v2.0", provider.issuer());
    }

    @Test
    void anotherInstanceOfAPresetHasAnIssuerOfItsOwn() {
        ProviderSettings provider = OAuthSettings.from(
                        Settings.of(Map.of(
                                "oauth.provider.corp.preset", "github",
                                "oauth.provider.corp.client-id", "c",
                                "oauth.provider.corp.client-secret", "s",
                                "oauth.provider.corp.userinfo-endpoint", "https://git.corp.example/api/v3/user")),
                        false)
                .providers()
                .get(0);
        assertEquals("oauth:corp", provider.issuer());
    }

    @ParameterizedTest(name = "{0}={1}")
    @MethodSource("mistakes")
    void refusesToStart(String key, String value, String message) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("oauth.provider.op.issuer", "https://op.example");
        values.put("oauth.provider.op.client-id", "c");
        values.put("oauth.provider.op.client-secret", "canary");
        if (value.isEmpty()) {
            values.remove("oauth.provider.op." + key);
        } else {
            values.put(key.startsWith("oauth.") ? key : "oauth.provider.op." + key, value);
        }
        ConfigurationException refusal = assertThrows(ConfigurationException.class, () -> {
            Settings settings = Settings.of(values);
            OAuthSettings.from(settings, false);
            settings.refuseUnknown();
        });
        assertEquals(message, refusal.getMessage());
        assertFalse(String.valueOf(refusal.getMessage()).contains("canary"));
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of(
                        "issuer",
                        "",
                        "settings: 'oauth.provider.op.issuer' is required: the provider's issuer, for example https://login.example/realms/main"),
                Arguments.of(
                        "client-id",
                        "",
                        "settings: 'oauth.provider.op.client-id' is required: the client identifier that the provider gave to this application"),
                Arguments.of(
                        "client-secret",
                        "",
                        OP
                                + "client-secret' is required: the secret that the provider gave to this application; or set 'client-authentication' to private-key-jwt, or to none for a public client"),
                Arguments.of(
                        "client-authentication",
                        "none",
                        OP + "client-secret' contradicts 'client-authentication' none; remove one of them"),
                Arguments.of(
                        "issuer",
                        "http://op.example",
                        OP
                                + "issuer' is not https; allowed: an https address, or http on localhost, 127.0.0.1 or [::1] while the development switch is on"),
                Arguments.of(
                        "issuer",
                        "http://127.0.0.1:9000",
                        OP
                                + "issuer' is not https; allowed: an https address, or http on localhost, 127.0.0.1 or [::1] while the development switch is on"),
                Arguments.of(
                        "scopes", "profile", OP + "scopes' lacks openid, without which the provider sends no ID token"),
                Arguments.of(
                        "id-token-algorithms",
                        "none",
                        OP
                                + "id-token-algorithms' is 'none'; allowed: one or more of ES256, ES384, ES512, PS256, PS384, PS512, RS256, RS384, RS512, comma separated"),
                Arguments.of(
                        "id-token-algorithms",
                        "RS256, HS256",
                        OP
                                + "id-token-algorithms' is 'RS256, HS256'; allowed: one or more of ES256, ES384, ES512, PS256, PS384, PS512, RS256, RS384, RS512, comma separated"),
                Arguments.of(
                        "roles-claim",
                        "roles",
                        OP
                                + "roles-claim' is 'roles'; allowed: a JSON pointer that begins with '/', for example /roles or /realm_access/roles"),
                Arguments.of(
                        "parameters",
                        "state=x",
                        OP
                                + "parameters' has 'state=x'; allowed: name=value, comma separated, without the parameters that have a setting of their own or belong to the protocol, for example hd=example.com"),
                Arguments.of(
                        "preset",
                        "gogle",
                        OP
                                + "preset' is 'gogle'; allowed: one of oidc, oauth2, google, microsoft, keycloak, auth0, okta, gitlab, github, facebook, linkedin, discord"),
                Arguments.of(
                        "scops",
                        "openid",
                        OP + "scops' is not a known setting; did you mean 'oauth.provider.op.scopes'?"),
                Arguments.of(
                        "oauth.login-timeout",
                        "600",
                        "settings: 'oauth.login-timeout' is '600'; allowed: a duration with its unit from 1m to 1h, for example 30s, 15m, 12h, 7d or PT30M"),
                Arguments.of(
                        "oauth.provider.Op.client-id",
                        "c",
                        "settings: 'oauth.provider.Op.client-id' has a provider id that is not allowed; allowed: a small letter, then up to 31 small letters, digits and dashes"),
                Arguments.of(
                        "oauth.provider.plain.preset",
                        "oauth2",
                        "settings: 'oauth.provider.plain.authorization-endpoint' is required with preset oauth2: an https address of the provider"));
    }

    @Test
    void refusesAKeyThatIsNone() {
        ConfigurationException refusal = assertThrows(
                ConfigurationException.class,
                () -> OAuthSettings.from(
                        Settings.of(Map.of(
                                "oauth.provider.op.issuer", "https://op.example",
                                "oauth.provider.op.client-id", "c",
                                "oauth.provider.op.client-authentication", "private-key-jwt",
                                "oauth.provider.op.private-key", "canary")),
                        false));
        assertEquals(
                OP + "private-key' is required with 'client-authentication' private-key-jwt: a PKCS#8 key in PEM that"
                        + " fits 'private-key-algorithm' rs256, RSA with at least 2048 bits or EC, for example"
                        + " ${file:/run/secrets/client.pem}",
                refusal.getMessage());
    }

    @Test
    void showsNoSecret() {
        Map<String, String> values = Map.of(
                "oauth.provider.op.issuer", "https://op.example",
                "oauth.provider.op.client-id", "c",
                "oauth.provider.op.client-secret", "canary");
        OAuthSettings settings = OAuthSettings.from(Settings.of(values), false);
        assertFalse((settings + " " + settings.providers()).contains("canary"));
    }
}
