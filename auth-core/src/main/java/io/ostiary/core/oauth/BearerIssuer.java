package io.ostiary.core.oauth;

import io.ostiary.core.Secret;
import io.ostiary.core.config.Settings;
import io.ostiary.core.jose.JwsAlgorithm;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Somebody else whose access tokens are taken.
 *
 * @param id what settings call it
 * @param issuer expected {@code iss}, character by character
 * @param jwksUri where its keys are; null if its metadata says
 * @param audience what must be in {@code aud}
 * @param algorithms by which it may sign
 * @param plainType whether a token that does not call itself an access token (RFC 9068) is taken
 * @param name JSON pointer to a display name
 * @param roles JSON pointer to an array of role names; null if it gives none
 * @param introspection null if its tokens are JWTs only
 */
record BearerIssuer(
        String id,
        String issuer,
        @Nullable URI jwksUri,
        String audience,
        Set<JwsAlgorithm> algorithms,
        boolean plainType,
        String name,
        @Nullable String roles,
        @Nullable Introspected introspection) {
    private static final String ID = "[a-z][a-z0-9-]{0,31}";
    private static final String POINTER = "(/[^/~]*(~[01][^/~]*)*){1,16}";
    private static final String POINTER_ALLOWED = "a JSON pointer that begins with '/', for example /roles";
    private static final Duration MAX_CACHE = Duration.ofMinutes(5);

    /**
     * Where to ask about tokens that say nothing themselves (RFC 7662).
     *
     * @param endpoint its address
     * @param clientId who we are there
     * @param clientSecret proves it, by HTTP Basic
     * @param cache how long an answer is believed, and so the longest that a withdrawn token still works
     */
    record Introspected(URI endpoint, String clientId, Secret clientSecret, Duration cache) {}

    /** Whether tokens must say that they are access tokens. */
    private enum Type {
        AT_JWT,
        JWT
    }

    static BearerIssuer from(Settings bearer, String id, boolean development) {
        Settings section = bearer.section("from." + id);
        if (!id.matches(ID)) {
            throw section.problem(
                    "issuer",
                    "has a name that is not allowed; allowed: a small letter, then up to 31 small letters, digits and"
                            + " dashes");
        }
        URI issuer = Addresses.read(section, "issuer", development);
        if (issuer == null) {
            throw section.problem("issuer", "is required: the issuer, for example https://login.example/realms/main");
        }
        String roles = section.matching("roles-claim", POINTER, POINTER_ALLOWED, "");
        return new BearerIssuer(
                id,
                issuer.toString(),
                Addresses.read(section, "jwks-uri", development),
                section.requiredText("audience", "the name of this API at the issuer, which its tokens carry in 'aud'"),
                algorithms(section),
                section.oneOf("type", Type.class, Type.AT_JWT) == Type.JWT,
                section.matching("name-claim", POINTER, POINTER_ALLOWED, "/name"),
                roles.isEmpty() ? null : roles,
                introspected(section, development));
    }

    private static Set<JwsAlgorithm> algorithms(Settings section) {
        Set<String> known =
                Stream.of(JwsAlgorithm.values()).map(JwsAlgorithm::name).collect(Collectors.toCollection(TreeSet::new));
        return section.setOf("algorithms", known, Set.of("RS256", "ES256")).stream()
                .map(JwsAlgorithm::valueOf)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(JwsAlgorithm.class)));
    }

    private static @Nullable Introspected introspected(Settings section, boolean development) {
        URI endpoint = Addresses.read(section, "introspection-endpoint", development);
        if (endpoint == null) {
            for (String key : List.of("client-id", "client-secret", "introspection-cache")) {
                if (section.has(key)) {
                    throw section.problem(key, "is set, but 'introspection-endpoint' is not; set that or remove this");
                }
            }
            return null;
        }
        Secret secret = section.secret("client-secret", 1);
        String client = section.requiredText("client-id", "who this API is to the introspection endpoint");
        if (secret == null) {
            throw section.problem("client-secret", "is required: the secret of this API at the introspection endpoint");
        }
        Duration cache =
                section.duration("introspection-cache", Duration.ofSeconds(30), Duration.ofSeconds(1), MAX_CACHE);
        return new Introspected(endpoint, client, secret, cache);
    }

    /** Shows which, and no secret. */
    @Override
    public String toString() {
        return "BearerIssuer[" + id.toLowerCase(Locale.ROOT) + ", " + issuer + "]";
    }
}
