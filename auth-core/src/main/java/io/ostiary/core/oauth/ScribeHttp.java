package io.ostiary.core.oauth;

import com.github.scribejava.core.httpclient.HttpClient;
import com.github.scribejava.core.httpclient.multipart.MultipartPayload;
import com.github.scribejava.core.model.OAuthAsyncRequestCallback;
import com.github.scribejava.core.model.OAuthRequest;
import com.github.scribejava.core.model.Response;
import com.github.scribejava.core.model.Verb;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Lets scribejava send through {@link CappedHttp}; its own client has no deadline, follows redirects and has no cap. */
final class ScribeHttp implements HttpClient {
    private static final String FORM = "application/x-www-form-urlencoded";
    private final CappedHttp http;

    ScribeHttp(CappedHttp http) {
        this.http = http;
    }

    @Override
    public Response execute(
            @Nullable String userAgent, Map<String, String> headers, Verb verb, String url, byte @Nullable [] body)
            throws IOException {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Accept", "application/json");
        all.put("Content-Type", FORM);
        HttpAnswer answer = http.send(URI.create(url), verb.name(), all, body, "token endpoint");
        if (answer.temporary()) {
            throw ProviderException.unavailable("token endpoint: status " + answer.status());
        }
        return new Response(
                answer.status(),
                "",
                Map.of("Content-Type", answer.contentType()),
                new ByteArrayInputStream(answer.body()));
    }

    @Override
    public Response execute(@Nullable String userAgent, Map<String, String> headers, Verb verb, String url, String body)
            throws IOException {
        return execute(userAgent, headers, verb, url, body.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Response execute(
            @Nullable String userAgent, Map<String, String> headers, Verb verb, String url, MultipartPayload body) {
        throw notUsed();
    }

    @Override
    public Response execute(@Nullable String userAgent, Map<String, String> headers, Verb verb, String url, File body) {
        throw notUsed();
    }

    @Override
    public <T> Future<T> executeAsync(
            @Nullable String userAgent,
            Map<String, String> headers,
            Verb verb,
            String url,
            byte @Nullable [] body,
            OAuthAsyncRequestCallback<T> callback,
            OAuthRequest.ResponseConverter<T> converter) {
        throw notUsed();
    }

    @Override
    public <T> Future<T> executeAsync(
            @Nullable String userAgent,
            Map<String, String> headers,
            Verb verb,
            String url,
            MultipartPayload body,
            OAuthAsyncRequestCallback<T> callback,
            OAuthRequest.ResponseConverter<T> converter) {
        throw notUsed();
    }

    @Override
    public <T> Future<T> executeAsync(
            @Nullable String userAgent,
            Map<String, String> headers,
            Verb verb,
            String url,
            String body,
            OAuthAsyncRequestCallback<T> callback,
            OAuthRequest.ResponseConverter<T> converter) {
        throw notUsed();
    }

    @Override
    public <T> Future<T> executeAsync(
            @Nullable String userAgent,
            Map<String, String> headers,
            Verb verb,
            String url,
            File body,
            OAuthAsyncRequestCallback<T> callback,
            OAuthRequest.ResponseConverter<T> converter) {
        throw notUsed();
    }

    @Override
    public void close() {
        // Nothing of its own to close.
    }

    private static UnsupportedOperationException notUsed() {
        return new UnsupportedOperationException("tokens are asked for with a form, one at a time");
    }
}
