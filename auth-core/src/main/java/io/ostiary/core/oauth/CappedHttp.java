package io.ostiary.core.oauth;

import io.ostiary.core.spi.Meters;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The only way out to a provider: no redirects, no cookies, no compression, at most {@value #MAX_BODY} bytes, and one
 * deadline for the whole exchange, so that a server that sends a byte a minute does not hold a thread. Thread-safe.
 */
final class CappedHttp {
    static final int MAX_BODY = 1024 * 1024;
    private final ReentrantLock making = new ReentrantLock();
    private final Duration deadline;
    private final @Nullable Meters meters;
    private volatile @Nullable HttpClient client;

    CappedHttp(Duration deadline, @Nullable Meters meters) {
        this.deadline = deadline;
        this.meters = meters;
    }

    /** Made when it is first needed: it reads every certificate that the platform trusts, which a start need not wait for. */
    private HttpClient client() {
        HttpClient known = client;
        if (known != null) {
            return known;
        }
        making.lock();
        try {
            HttpClient made = client;
            if (made == null) {
                made = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(deadline)
                        .build();
                client = made;
            }
            return made;
        } finally {
            making.unlock();
        }
    }

    HttpAnswer get(URI uri, Map<String, String> headers, String what) throws ProviderException {
        return send(uri, "GET", headers, null, what);
    }

    HttpAnswer send(URI uri, String method, Map<String, String> headers, byte @Nullable [] body, String what)
            throws ProviderException {
        if (meters == null) {
            return exchange(uri, method, headers, body, what);
        }
        long begun = meters.now();
        String outcome = "unavailable";
        try {
            HttpAnswer answer = exchange(uri, method, headers, body, what);
            outcome = outcome(answer.status());
            return answer;
        } catch (ProviderException failed) {
            outcome = failed.isUnavailable() ? "unavailable" : "invalid";
            throw failed;
        } finally {
            meters.time(
                    "ostiary.provider.calls", meters.now() - begun, "call", what.replace(' ', '_'), "outcome", outcome);
        }
    }

    private static String outcome(int status) {
        if (status / 100 == 2) {
            return "success";
        }
        return status / 100 == 5 ? "failed" : "refused";
    }

    private HttpAnswer exchange(
            URI uri, String method, Map<String, String> headers, byte @Nullable [] body, String what)
            throws ProviderException {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(deadline);
            headers.forEach(request::setHeader);
            request.method(
                    method,
                    body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(body));
            return await(client().sendAsync(request.build(), info -> new CappedBody(MAX_BODY)), what);
        } catch (IllegalArgumentException notAnAddress) {
            throw ProviderException.invalid(what + ": not an address");
        }
    }

    private HttpAnswer await(CompletableFuture<HttpResponse<byte[]>> exchange, String what) throws ProviderException {
        try {
            HttpResponse<byte[]> response = exchange.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
            if (response.headers().firstValue("Content-Encoding").isPresent()) {
                throw ProviderException.invalid(what + ": compressed though nobody asked");
            }
            return new HttpAnswer(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    response.body());
        } catch (TimeoutException e) {
            exchange.cancel(true);
            throw ProviderException.unavailable(what + ": no answer in time");
        } catch (InterruptedException e) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            throw ProviderException.unavailable(what + ": interrupted");
        } catch (ExecutionException e) {
            throw ProviderException.unavailable(what + ": " + kind(e.getCause()));
        }
    }

    /** The class says enough; a message may hold an address with a secret in it. */
    private static String kind(@Nullable Throwable cause) {
        return cause instanceof IOException ? cause.getClass().getSimpleName() : "failed";
    }
}
