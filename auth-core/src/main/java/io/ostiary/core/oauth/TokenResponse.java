package io.ostiary.core.oauth;

import io.ostiary.core.json.JsonObject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a token endpoint gave (RFC 6749 section 5.1, OpenID Connect Core 3.1.3.3).
 *
 * @param accessToken opaque to us
 * @param refreshToken null if there is none
 * @param idToken null if there is none
 * @param lifetime how long the access token may be used; never longer than a day, however long the provider says
 * @param scope null if it is the one asked for
 */
record TokenResponse(
        String accessToken,
        @Nullable String refreshToken,
        @Nullable String idToken,
        Duration lifetime,
        @Nullable String scope) {
    private static final int MAX_TOKEN_LENGTH = 64 * 1024;
    private static final double MAX_SECONDS = Duration.ofDays(1).toSeconds();
    /** For a provider that does not say, or says nonsense: soon, never "for ever". */
    private static final long UNKNOWN_SECONDS = 300;

    /**
     * Reads a response.
     *
     * @param body of the response
     * @param typeMayBeMissing for a provider that is known to leave {@code token_type} out, against RFC 6749 section 5.1
     */
    static TokenResponse parse(JsonObject body, boolean typeMayBeMissing) throws ProviderException {
        String access = token(body, "access_token");
        String type = typeMayBeMissing && !body.has("token_type") ? "Bearer" : body.text("token_type");
        if (access == null || type == null || !type.equalsIgnoreCase("Bearer")) {
            throw ProviderException.invalid("token endpoint: no bearer token");
        }
        return new TokenResponse(
                access,
                token(body, "refresh_token"),
                token(body, "id_token"),
                lifetime(body.number("expires_in")),
                body.text("scope"));
    }

    /** Hides the tokens. */
    @Override
    public String toString() {
        return "TokenResponse[hidden]";
    }

    /** A member that is there but no token is not the same as none. */
    private static @Nullable String token(JsonObject body, String name) throws ProviderException {
        if (!body.has(name)) {
            return null;
        }
        String text = body.text(name);
        boolean visible = text != null && text.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
        if (text == null || text.isEmpty() || text.length() > MAX_TOKEN_LENGTH || !visible) {
            throw ProviderException.invalid("token endpoint: " + name + " is not a token");
        }
        return text;
    }

    private static Duration lifetime(@Nullable Double seconds) {
        if (seconds == null || seconds < 1) {
            return Duration.ofSeconds(UNKNOWN_SECONDS);
        }
        return Duration.ofSeconds((long) Math.min(seconds, MAX_SECONDS));
    }
}
