package io.ostiary.core.token;

import io.ostiary.core.Secret;
import io.ostiary.core.config.Settings;
import io.ostiary.core.crypto.MasterKey;
import io.ostiary.core.jose.KeyRing;
import io.ostiary.core.jose.SigningKey;
import io.ostiary.core.jose.TokenAlgorithm;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Settings of tokens, all below {@code token.}.
 *
 * @param issuer {@code issuer}: goes into {@code iss}; the base URL by default
 * @param audience {@code audience}: goes into {@code aud} and must be there; the issuer by default
 * @param clientId {@code client-id}: goes into {@code client_id}; {@code ostiary} by default
 * @param scopes {@code scopes}: what a client may ask for; none by default
 * @param keys {@code algorithm}, {@code signing-key} and {@code key.<name>.pem|until}
 * @param accessLifetime {@code access-lifetime}: 15 minutes by default
 * @param refreshLifetime {@code refresh-lifetime}: of the whole family, from the login on; 30 days by default
 * @param refreshGrace {@code refresh-grace}: how long a used refresh token gives the same successor; 30 seconds by default
 * @param leeway {@code leeway}: by how much clocks may differ; 60 seconds by default
 * @param delivery {@code delivery}: how tokens reach the client; {@code cookies-only} by default
 * @param maxFamilies {@code max-families}: most refresh families in memory; 100000 by default
 * @param secure whether cookies go over TLS only; follows from the base URL
 */
public record TokenSettings(
        String issuer,
        String audience,
        String clientId,
        Set<String> scopes,
        KeyRing keys,
        Duration accessLifetime,
        Duration refreshLifetime,
        Duration refreshGrace,
        Duration leeway,
        Delivery delivery,
        int maxFamilies,
        boolean secure) {
    private static final String SCOPE = "[!#-\\[\\]-~]+";

    /** How tokens reach the client. */
    public enum Delivery {
        /** In cookies that no script reads; the body holds no token. */
        COOKIES_ONLY,
        /** In the body, for clients that are no browsers. */
        BODY_ONLY,
        /** In both, unless the client says in {@code X-Token-Delivery} which one it wants. */
        DUAL
    }

    /** Copies. */
    public TokenSettings {
        scopes = Set.copyOf(scopes);
    }

    /**
     * Returns the names of the cookies that prove somebody on any page.
     *
     * @return empty if no token is ever in a cookie
     */
    public Set<String> provingCookies() {
        return usesCookies() ? Set.of(accessCookie()) : Set.of();
    }

    boolean usesCookies() {
        return delivery != Delivery.BODY_ONLY;
    }

    String accessCookie() {
        return secure ? "__Host-ostiary-access" : "ostiary-access";
    }

    /**
     * Reads the settings.
     *
     * @param all all settings
     * @param master the application's secret, of which keys are derived
     * @param baseUrl the issuer unless another is set
     * @param secure whether the application is served over TLS
     * @return null if {@code token.enabled} is not true
     * @throws io.ostiary.core.config.ConfigurationException if one is wrong
     */
    public static @Nullable TokenSettings from(Settings all, MasterKey master, String baseUrl, boolean secure) {
        Settings settings = all.section("token");
        if (!settings.flag("enabled", false)) {
            return null;
        }
        String issuer = settings.text("issuer", baseUrl);
        if (issuer.indexOf('#') >= 0) {
            throw settings.problem("issuer", "contains '#'; allowed: an address without it");
        }
        Duration second = Duration.ofSeconds(1);
        Duration minute = Duration.ofMinutes(1);
        return new TokenSettings(
                issuer,
                settings.text("audience", issuer),
                settings.text("client-id", "ostiary"),
                scopes(settings),
                keys(settings, master),
                settings.duration("access-lifetime", Duration.ofMinutes(15), minute, Duration.ofHours(24)),
                settings.duration("refresh-lifetime", Duration.ofDays(30), minute, Duration.ofDays(90)),
                settings.duration("refresh-grace", Duration.ofSeconds(30), second, minute),
                settings.duration("leeway", minute, second, Duration.ofSeconds(120)),
                settings.oneOf("delivery", Delivery.class, Delivery.COOKIES_ONLY),
                settings.number("max-families", 100_000, 1, 100_000_000),
                secure);
    }

    private static Set<String> scopes(Settings settings) {
        Set<String> scopes = settings.set("scopes", Set.of());
        if (!scopes.stream().allMatch(scope -> scope.matches(SCOPE))) {
            throw settings.problem(
                    "scopes",
                    "has a scope that RFC 6749 section 3.3 does not allow; allowed: visible ASCII"
                            + " without blanks, quotes and backslashes");
        }
        return scopes;
    }

    private static KeyRing keys(Settings settings, MasterKey master) {
        TokenAlgorithm algorithm = settings.oneOf("algorithm", TokenAlgorithm.class, TokenAlgorithm.ES256);
        String current = settings.matching(
                "signing-key", "[A-Za-z0-9_-]{1,40}", "1 to 40 letters, digits, dashes or underscores", "1");
        if (settings.has("key." + current + ".until")) {
            throw settings.problem(
                    "key." + current + ".until", "ends the key that signs; allowed: for other keys only");
        }
        List<KeyRing.Other> others = new ArrayList<>();
        for (String name : settings.names("key")) {
            if (!name.equals(current)) {
                others.add(new KeyRing.Other(key(settings, algorithm, master, name), until(settings, name)));
            }
        }
        return new KeyRing(key(settings, algorithm, master, current), others);
    }

    private static SigningKey key(Settings settings, TokenAlgorithm algorithm, MasterKey master, String name) {
        String place = "key." + name + ".pem";
        Secret material = settings.secret(place, MasterKey.MIN_BYTES);
        if (material == null) {
            if (algorithm == TokenAlgorithm.RS256) {
                throw settings.problem(
                        place,
                        "is required for rs256: an RSA key of at least 2048 bits as PKCS#8 in PEM, for example"
                                + " ${file:/path/to/key.pem}");
            }
            return SigningKey.derived(algorithm, master, name);
        }
        SigningKey key = SigningKey.of(algorithm, material);
        if (key == null) {
            throw settings.problem(
                    place,
                    "is no key for " + algorithm + "; allowed: PKCS#8 in PEM, RSA of at least 2048 bits;"
                            + " for hs256 at least 32 bytes of random text");
        }
        return key;
    }

    private static Instant until(Settings settings, String name) {
        String key = "key." + name + ".until";
        String allowed = "when this key is believed no more, for example 2026-12-31T00:00:00Z";
        String text = settings.requiredText(key, allowed);
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw settings.problem(key, "is '" + text + "'; allowed: " + allowed);
        }
    }
}
