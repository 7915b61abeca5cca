package io.ostiary.testkit;

import io.ostiary.core.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JWT in the making, right until a test bends it. Not thread-safe. */
public final class FakeOpenIdProviderToken {
    private final Map<String, Object> header = new LinkedHashMap<>();
    private final Map<String, Object> claims;
    private FakeOpenIdProviderKey key;
    private @Nullable String algorithm;
    private @Nullable String raw;

    /**
     * Begins a token.
     *
     * @param key signs it
     * @param claims what it says; copied
     */
    public FakeOpenIdProviderToken(FakeOpenIdProviderKey key, Map<String, ?> claims) {
        this.key = key;
        this.claims = new LinkedHashMap<>(claims);
        header.put("alg", key.algorithm());
        header.put("kid", key.kid());
    }

    /**
     * Sets or removes a claim.
     *
     * @param name claim name
     * @param value null removes it
     * @return this
     */
    public FakeOpenIdProviderToken claim(String name, @Nullable Object value) {
        set(claims, name, value);
        return this;
    }

    /**
     * Sets or removes a header member.
     *
     * @param name member name
     * @param value null removes it
     * @return this
     */
    public FakeOpenIdProviderToken header(String name, @Nullable Object value) {
        set(header, name, value);
        return this;
    }

    /**
     * Signs with another key; the header stays as it is.
     *
     * @param other the key
     * @return this
     */
    public FakeOpenIdProviderToken signedBy(FakeOpenIdProviderKey other) {
        key = other;
        return this;
    }

    /**
     * Signs by another algorithm and says so in the header.
     *
     * @param name algorithm that fits the key
     * @return this
     */
    public FakeOpenIdProviderToken algorithm(String name) {
        algorithm = name;
        return header("alg", name);
    }

    /**
     * Uses this very text instead.
     *
     * @param text any text
     * @return this
     */
    public FakeOpenIdProviderToken raw(String text) {
        raw = text;
        return this;
    }

    /**
     * Returns the claims.
     *
     * @return changeable
     */
    public Map<String, Object> claims() {
        return claims;
    }

    /**
     * Signs.
     *
     * @return compact form
     */
    public String build() {
        if (raw != null) {
            return raw;
        }
        return compact(Json.write(header), Json.write(claims), key, algorithm == null ? key.algorithm() : algorithm);
    }

    /**
     * Signs texts that need not be JSON.
     *
     * @param header header text
     * @param payload payload text
     * @param key signs
     * @param algorithm by which
     * @return compact form
     */
    public static String compact(String header, String payload, FakeOpenIdProviderKey key, String algorithm) {
        String input = encode(header) + '.' + encode(payload);
        return input + '.' + Base64.getUrlEncoder().withoutPadding().encodeToString(key.sign(algorithm, input));
    }

    /**
     * Encodes a part.
     *
     * @param text any text
     * @return base64url of its UTF-8 bytes, without padding
     */
    public static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void set(Map<String, Object> map, String name, @Nullable Object value) {
        if (value == null) {
            map.remove(name);
        } else {
            map.put(name, value);
        }
    }
}
