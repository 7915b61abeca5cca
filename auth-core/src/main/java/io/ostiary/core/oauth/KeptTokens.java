package io.ostiary.core.oauth;

import io.ostiary.core.json.Json;
import io.ostiary.core.json.JsonException;
import io.ostiary.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The provider's tokens of one login, and what a refreshed ID token must agree with (OpenID Connect Core 12.2).
 *
 * @param login to what they belong
 * @param accessToken null if only the ID token is kept
 * @param refreshToken null if there is none
 * @param idToken null for plain OAuth 2.0
 * @param expiresAt when the access token ends
 */
record KeptTokens(
        Login login,
        @Nullable String accessToken,
        @Nullable String refreshToken,
        @Nullable String idToken,
        Instant expiresAt) {
    private static final int MAX_JSON = 512 * 1024;

    /**
     * Whose they are.
     *
     * @param provider provider id
     * @param issuer the identity's issuer
     * @param subject the token's {@code sub}; empty for plain OAuth 2.0
     * @param nonce of the login request
     * @param authTime {@code auth_time} of the first ID token; null if it had none
     */
    record Login(
            String provider,
            String issuer,
            String subject,
            String nonce,
            @Nullable Long authTime) {
        @Override
        public String toString() {
            return "Login[" + provider + "]";
        }
    }

    boolean usableAt(Instant time) {
        return accessToken != null && time.isBefore(expiresAt);
    }

    KeptTokens refreshed(TokenResponse response, Instant now) {
        return new KeptTokens(
                login,
                response.accessToken(),
                response.refreshToken() == null ? refreshToken : response.refreshToken(),
                response.idToken() == null ? idToken : response.idToken(),
                now.plus(response.lifetime()));
    }

    byte[] encode() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("p", login.provider());
        json.put("i", login.issuer());
        json.put("s", login.subject());
        json.put("n", login.nonce());
        putIfThere(json, "t", login.authTime());
        putIfThere(json, "a", accessToken);
        putIfThere(json, "r", refreshToken);
        putIfThere(json, "d", idToken);
        json.put("e", expiresAt.getEpochSecond());
        return Json.write(json).getBytes(StandardCharsets.UTF_8);
    }

    /** Null if it is of another version; forged it cannot be, it was sealed. */
    static @Nullable KeptTokens decode(byte[] bytes) {
        try {
            JsonObject json = Json.object(bytes, MAX_JSON);
            String provider = json.text("p");
            String issuer = json.text("i");
            String subject = json.text("s");
            String nonce = json.text("n");
            Long expires = json.whole("e");
            if (provider == null || issuer == null || subject == null || nonce == null || expires == null) {
                return null;
            }
            Login login = new Login(provider, issuer, subject, nonce, json.whole("t"));
            return new KeptTokens(
                    login, json.text("a"), json.text("r"), json.text("d"), Instant.ofEpochSecond(expires));
        } catch (JsonException otherVersion) {
            return null;
        }
    }

    /** Hides the tokens. */
    @Override
    public String toString() {
        return "KeptTokens[" + login.provider() + "]";
    }

    private static void putIfThere(Map<String, Object> json, String name, @Nullable Object value) {
        if (value != null) {
            json.put(name, value);
        }
    }
}
