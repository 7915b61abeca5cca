package io.ostiary.core.oauth;

import io.ostiary.core.json.Json;
import io.ostiary.core.json.JsonException;
import io.ostiary.core.json.JsonObject;
import java.util.List;
import java.util.Locale;

/**
 * What a provider's server answered.
 *
 * @param status HTTP status
 * @param contentType value of the header in lower case; empty if absent
 * @param body whole body; may hold tokens, so it is never shown
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record HttpAnswer(int status, String contentType, byte[] body) {
    HttpAnswer {
        contentType = contentType.toLowerCase(Locale.ROOT);
    }

    /** A redirect is no answer: following one would carry a secret, or this server's network position, elsewhere. */
    JsonObject okObject(String what) throws ProviderException {
        requireOk(what);
        try {
            return Json.object(body, CappedHttp.MAX_BODY);
        } catch (JsonException e) {
            throw ProviderException.invalid(what + ": " + e.getMessage());
        }
    }

    List<Object> okArray(String what) throws ProviderException {
        requireOk(what);
        try {
            return Json.array(body, CappedHttp.MAX_BODY);
        } catch (JsonException e) {
            throw ProviderException.invalid(what + ": " + e.getMessage());
        }
    }

    /** True for a fault that passes by itself. */
    boolean temporary() {
        return status >= 500 || status == 429;
    }

    boolean isJson() {
        return contentType.startsWith("application/json")
                || contentType.startsWith("application/") && contentType.contains("+json");
    }

    private void requireOk(String what) throws ProviderException {
        if (temporary()) {
            throw ProviderException.unavailable(what + ": status " + status);
        }
        if (status != 200) {
            throw ProviderException.invalid(what + ": status " + status);
        }
        if (!isJson()) {
            throw ProviderException.invalid(what + ": content type is not JSON");
        }
    }

    @Override
    public String toString() {
        return "HttpAnswer[" + status + "]";
    }
}
