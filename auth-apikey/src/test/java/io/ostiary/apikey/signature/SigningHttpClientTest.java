package io.ostiary.apikey.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.ostiary.core.Secret;
import io.ostiary.core.crypto.Tokens;
import io.ostiary.testkit.MutableClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SigningHttpClientTest {
    private final List<String> inputs = Collections.synchronizedList(new ArrayList<>());
    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
    private final HttpServer server;
    private final RequestSigner signer = new RequestSigner(
            "AAAAAAAAAAAAAAA1", SignatureKey.shared(Secret.of("s".repeat(32))), null, new Tokens(), new MutableClock());
    private volatile int drop;

    SigningHttpClientTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() {
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    /** Drops the connection without an answer as often as a test wants. */
    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        inputs.add(String.valueOf(exchange.getRequestHeaders().getFirst("Signature-Input")));
        seen.add(exchange.getRequestHeaders().getFirst("X-API-KEY") + " " + body);
        if (inputs.size() > drop) {
            exchange.sendResponseHeaders(204, -1);
        }
        exchange.close();
    }

    private int send(HttpRequest.Builder request) throws Exception {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        SigningHttpClient signing = new SigningHttpClient(client, signer, Secret.of("ost_x"), "X-API-KEY");
        return signing.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private HttpRequest.Builder request() {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/a"));
    }

    @Test
    void sendsKeySignatureAndBodyOfAnyPublisher() throws Exception {
        byte[] body = "x".repeat(100_000).getBytes(StandardCharsets.UTF_8);
        assertEquals(
                204,
                send(request().PUT(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))));
        assertEquals(List.of("ost_x " + "x".repeat(100_000)), seen);
        assertEquals(
                true,
                inputs.get(0).startsWith("sig1=(\"@method\" \"@authority\" \"@path\" \"@query\" \"content-digest\");"));
    }

    @Test
    void keepsTheHeadersOfTheRequestAndDigestsNoBodyWhereThereIsNone() throws Exception {
        assertEquals(
                204,
                send(request()
                        .header("X-API-KEY", "mine")
                        .header("Content-Type", "text/plain")
                        .GET()));
        assertEquals(List.of("ost_x "), seen);
        assertEquals(
                true,
                inputs.get(0).startsWith("sig1=(\"@method\" \"@authority\" \"@path\" \"@query\" \"content-type\");"));
    }

    @Test
    void sendsAnIdempotentRequestOnceMoreWithANewNonce() throws Exception {
        drop = 1;
        assertEquals(204, send(request().PUT(HttpRequest.BodyPublishers.ofString("x"))));
        assertEquals(2, inputs.size());
        assertNotEquals(inputs.get(0), inputs.get(1));
        assertEquals(List.of("ost_x x", "ost_x x"), seen);
    }

    @Test
    void sendsAPostOnceOnly() {
        drop = 1;
        assertThrows(IOException.class, () -> send(request().POST(HttpRequest.BodyPublishers.ofString("x"))));
        assertEquals(1, inputs.size());
    }

    @Test
    void refusesAClientThatFollowsRedirects() {
        HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        String message = Objects.requireNonNull(assertThrows(
                        IllegalArgumentException.class, () -> new SigningHttpClient(client, signer, null, "X-API-KEY"))
                .getMessage());
        assertEquals("a client that follows redirects would give the key away", message);
        assertEquals(
                "a signing client needs a signer or a key",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new SigningHttpClient(HttpClient.newHttpClient(), null, null, "X-API-KEY"))
                        .getMessage());
    }

    @Test
    void neverPrintsAKey() {
        assertEquals(
                "SignatureKey[hmac-sha256]",
                SignatureKey.shared(Secret.of("s".repeat(32))).toString());
        assertThrows(IllegalArgumentException.class, () -> SignatureKey.shared(Secret.of("s".repeat(31))));
        assertThrows(
                IllegalStateException.class,
                () -> SignatureKey.shared(Secret.of("s".repeat(32))).encodedPublic());
    }
}
