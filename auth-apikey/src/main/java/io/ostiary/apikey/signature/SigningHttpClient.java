package io.ostiary.apikey.signature;

import io.ostiary.core.Secret;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's HTTP client with an API key, a signature, or both on each request. A request that got no answer is sent once
 * more with a new nonce if its method is idempotent (RFC 9110 section 9.2.2). Thread-safe.
 */
public final class SigningHttpClient {
    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "PUT", "DELETE", "OPTIONS");
    private final HttpClient client;
    private final @Nullable RequestSigner signer;
    private final @Nullable Secret apiKey;
    private final String header;

    /**
     * Wraps a client.
     *
     * @param client must not follow redirects, or key and signature would go wherever an answer says
     * @param signer signs each request; null for no signature
     * @param apiKey text of the API key; null to send none
     * @param header name of the header for the API key, for example {@code X-API-KEY}
     * @throws IllegalArgumentException if the client follows redirects, or there is neither signer nor key
     */
    public SigningHttpClient(
            HttpClient client, @Nullable RequestSigner signer, @Nullable Secret apiKey, String header) {
        if (client.followRedirects() != HttpClient.Redirect.NEVER) {
            throw new IllegalArgumentException("a client that follows redirects would give the key away");
        }
        if (signer == null && apiKey == null) {
            throw new IllegalArgumentException("a signing client needs a signer or a key");
        }
        this.client = client;
        this.signer = signer;
        this.apiKey = apiKey;
        this.header = header;
    }

    /**
     * Signs and sends.
     *
     * @param request without headers of this class; its body is held in memory to be digested
     * @param handler takes the answer's body
     * @param <T> type of the answer's body
     * @return the answer, whatever its status
     * @throws IOException if there was no answer
     * @throws InterruptedException if the thread was interrupted
     */
    public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
            throws IOException, InterruptedException {
        byte[] body = request.bodyPublisher().map(BodyBytes::of).orElseGet(() -> new byte[0]);
        try {
            return client.send(signed(request, body), handler);
        } catch (IOException noAnswer) {
            if (!IDEMPOTENT.contains(request.method())) {
                throw noAnswer;
            }
            return client.send(signed(request, body), handler);
        }
    }

    private HttpRequest signed(HttpRequest request, byte[] body) {
        HttpRequest.Builder copy = HttpRequest.newBuilder(request, (name, value) -> true);
        if (request.bodyPublisher().isPresent()) {
            copy.method(request.method(), HttpRequest.BodyPublishers.ofByteArray(body));
        }
        if (apiKey != null) {
            copy.setHeader(header, new String(apiKey.revealBytes(), StandardCharsets.US_ASCII));
        }
        if (signer != null) {
            String type = request.headers().firstValue("content-type").orElse(null);
            signer.sign(request.method(), request.uri(), type, body).forEach(copy::setHeader);
        }
        return copy.build();
    }
}
