package io.ostiary.testkit;

import io.ostiary.core.UrlEncoded;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that a {@link FakeOpenIdProvider} received.
 *
 * @param method HTTP method
 * @param path path below the issuer
 * @param query raw query; null if there is none
 * @param headers first value of each header, names in lower case
 * @param body whole body
 */
public record FakeOpenIdProviderRequest(
        String method, String path, @Nullable String query, Map<String, String> headers, String body) {
    /** Copies. */
    public FakeOpenIdProviderRequest {
        headers = Map.copyOf(headers);
    }

    /**
     * Reads a form field.
     *
     * @param name field name
     * @return null if it is absent or comes more than once
     */
    public @Nullable String form(String name) {
        return only(UrlEncoded.values(body, name));
    }

    /**
     * Reads a query parameter.
     *
     * @param name parameter name
     * @return null if it is absent or comes more than once
     */
    public @Nullable String parameter(String name) {
        return only(UrlEncoded.values(query, name));
    }

    /**
     * Reads a header.
     *
     * @param name header name
     * @return null if it is absent
     */
    public @Nullable String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    private static @Nullable String only(List<String> values) {
        return values.size() == 1 ? values.get(0) : null;
    }
}
