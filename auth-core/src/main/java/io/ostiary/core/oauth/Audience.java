package io.ostiary.core.oauth;

import io.ostiary.core.json.JsonObject;
import java.util.List;

/** For whom a token is. */
final class Audience {
    private Audience() {}

    /** True if {@code aud} names this client and nobody else, be it as text or in an array. */
    static boolean isOnly(String client, JsonObject claims) {
        if (client.equals(claims.text("aud"))) {
            return true;
        }
        List<String> audience = claims.texts("aud");
        return audience != null && !audience.isEmpty() && audience.stream().allMatch(client::equals);
    }
}
