package io.ostiary.core.oauth;

import io.ostiary.core.ReturnTo;
import io.ostiary.core.json.Json;
import io.ostiary.core.json.JsonException;
import io.ostiary.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A login that is under way, as the browser keeps it for us, sealed.
 *
 * @param stateDigest binds it to the callback's state
 * @param nonce binds the ID token to it
 * @param verifier binds the code to it (RFC 7636)
 * @param provider provider id
 * @param issuer whose answer it waits for
 * @param redirectUri sent with the request, to be sent again with the code
 * @param next where the person wanted to go; null if not known
 * @param issuedAt when it began, in whole seconds
 * @param anew whether the person was to prove anew who they are
 */
record PendingLogin(
        String stateDigest,
        String nonce,
        String verifier,
        String provider,
        String issuer,
        String redirectUri,
        @Nullable ReturnTo next,
        Instant issuedAt,
        boolean anew) {
    /** A longer one would make a cookie that browsers drop, and the login with it. */
    private static final int MAX_NEXT = 1024;

    private static final int MAX_JSON = 8192;

    byte[] encode() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("s", stateDigest);
        json.put("n", nonce);
        json.put("v", verifier);
        json.put("p", provider);
        json.put("i", issuer);
        json.put("r", redirectUri);
        if (next != null && next.location().length() <= MAX_NEXT) {
            json.put("x", next.location());
        }
        json.put("t", issuedAt.getEpochSecond());
        json.put("a", anew);
        return Json.write(json).getBytes(StandardCharsets.UTF_8);
    }

    /** Null if it is of another version; forged it cannot be, it was sealed. */
    static @Nullable PendingLogin decode(byte[] bytes) {
        try {
            JsonObject json = Json.object(bytes, MAX_JSON);
            String state = json.text("s");
            String nonce = json.text("n");
            String verifier = json.text("v");
            String provider = json.text("p");
            String issuer = json.text("i");
            String redirectUri = json.text("r");
            String next = json.text("x");
            Long time = json.whole("t");
            Boolean anew = json.flag("a");
            if (state == null || nonce == null || verifier == null || provider == null || issuer == null) {
                return null;
            }
            if (redirectUri == null || time == null || anew == null) {
                return null;
            }
            ReturnTo target = next == null ? null : new ReturnTo(next);
            return new PendingLogin(
                    state, nonce, verifier, provider, issuer, redirectUri, target, Instant.ofEpochSecond(time), anew);
        } catch (JsonException otherVersion) {
            return null;
        }
    }

    /** Hides the nonce and the verifier. */
    @Override
    public String toString() {
        return "PendingLogin[" + provider + "]";
    }
}
