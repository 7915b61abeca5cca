package io.ostiary.core.jose;

import io.ostiary.core.json.Json;
import io.ostiary.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the application for tokens of its own: one that signs, and others that are still, or already, believed while
 * keys change. Immutable and thread-safe.
 */
public final class KeyRing {
    private final SigningKey current;
    private final List<Other> others;

    /**
     * A key that does not sign.
     *
     * @param key the key
     * @param until from then on it is not believed
     */
    public record Other(SigningKey key, Instant until) {}

    /**
     * Puts keys together.
     *
     * @param current signs
     * @param others are only believed
     */
    public KeyRing(SigningKey current, List<Other> others) {
        this.current = current;
        this.others = List.copyOf(others);
    }

    /**
     * Signs claims.
     *
     * @param type goes into {@code typ}
     * @param claims what {@link Json#write} takes
     * @return a JWT in compact form
     */
    public String sign(String type, Map<String, ?> claims) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("alg", current.algorithm().header());
        header.put("typ", type);
        header.put("kid", current.kid());
        String input = encoded(bytes(Json.write(header))) + '.' + encoded(bytes(Json.write(claims)));
        return input + '.' + encoded(current.sign(bytes(input)));
    }

    /**
     * Checks a signature. The key says by which algorithm, never the token.
     *
     * @param token a token
     * @param now the time
     * @return the claims, still to be checked for issuer, audience and time; null if no key of ours signed it
     */
    public @Nullable JsonObject verify(SignedJwt token, Instant now) {
        SigningKey key = key(token.kid(), now);
        boolean holds = key != null
                && key.algorithm().header().equals(token.algorithm())
                && key.verifies(token.input(), token.signature());
        return holds ? token.unverifiedClaims() : null;
    }

    /**
     * Returns the public keys that tokens may be checked with.
     *
     * @param now the time
     * @return a JWK set (RFC 7517 section 5); without keys if they are secret
     */
    public String jwks(Instant now) {
        List<Map<String, String>> keys = Stream.concat(
                        Stream.of(current),
                        others.stream()
                                .filter(other -> now.isBefore(other.until()))
                                .map(Other::key))
                .map(SigningKey::publicJwk)
                .filter(jwk -> !jwk.isEmpty())
                .map(jwk -> (Map<String, String>) new TreeMap<>(jwk))
                .toList();
        return Json.write(Map.of("keys", keys));
    }

    /** Shows the number of keys only. */
    @Override
    public String toString() {
        return "KeyRing[" + (others.size() + 1) + "]";
    }

    private @Nullable SigningKey key(@Nullable String kid, Instant now) {
        if (current.kid().equals(kid)) {
            return current;
        }
        return others.stream()
                .filter(other -> other.key().kid().equals(kid) && now.isBefore(other.until()))
                .map(Other::key)
                .findFirst()
                .orElse(null);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
