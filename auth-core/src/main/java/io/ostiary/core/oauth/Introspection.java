package io.ostiary.core.oauth;

import io.ostiary.core.UrlEncoded;
import io.ostiary.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Asks an issuer what a token is (RFC 7662). Blocks; only so many at a time, so that a slow issuer does not take every thread. */
final class Introspection {
    private static final int MAX_AT_ONCE = 32;
    private final BearerIssuer.Introspected settings;
    private final CappedHttp http;
    private final Semaphore places = new Semaphore(MAX_AT_ONCE);

    Introspection(BearerIssuer.Introspected settings, CappedHttp http) {
        this.settings = settings;
        this.http = http;
    }

    /** Null if the token is not active, or is used in another way than as a bearer token. */
    @Nullable
    JsonObject ask(String token) throws ProviderException {
        if (!places.tryAcquire()) {
            throw ProviderException.unavailable("introspection: too many questions at once");
        }
        try {
            byte[] body = ("token=" + UrlEncoded.encode(token) + "&token_type_hint=access_token")
                    .getBytes(StandardCharsets.US_ASCII);
            JsonObject answer = http.send(settings.endpoint(), "POST", headers(), body, "introspection")
                    .okObject("introspection");
            Boolean active = answer.flag("active");
            if (active == null) {
                throw ProviderException.invalid("introspection: 'active' is missing");
            }
            String type = answer.text("token_type");
            boolean bearer = !answer.has("token_type") || "Bearer".equalsIgnoreCase(type);
            return active && bearer ? answer : null;
        } finally {
            places.release();
        }
    }

    /** RFC 6749 section 2.3.1: both halves are form-encoded before they are joined. */
    private Map<String, String> headers() {
        String secret = new String(settings.clientSecret().revealBytes(), StandardCharsets.UTF_8);
        String pair = UrlEncoded.encode(settings.clientId()) + ":" + UrlEncoded.encode(secret);
        return Map.of(
                "Accept",
                "application/json",
                "Content-Type",
                "application/x-www-form-urlencoded",
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }
}
