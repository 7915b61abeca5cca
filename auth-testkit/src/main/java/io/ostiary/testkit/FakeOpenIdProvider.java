package io.ostiary.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.ostiary.testkit.FakeOpenIdProviderAnswer.Manner;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An OpenID Provider on 127.0.0.1 for tests: right by itself, and wrong in any way that a test wants. Its time is the
 * test's, so that tokens expire when the test says so. Thread-safe.
 */
public final class FakeOpenIdProvider implements AutoCloseable {
    private static final long DRIP_MILLIS = 50;
    private final HttpServer server;
    private final ExecutorService threads;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final String issuer;
    private final FakeOpenIdProviderGrants grants;
    private final List<FakeOpenIdProviderRequest> requests = new CopyOnWriteArrayList<>();
    private final Map<String, UnaryOperator<FakeOpenIdProviderAnswer>> bent = new ConcurrentHashMap<>();
    private final Map<String, FakeOpenIdProviderAnswer> replaced = new ConcurrentHashMap<>();
    private final Map<String, Object> discovery = new ConcurrentHashMap<>();

    private FakeOpenIdProvider(HttpServer server, InstantSource clock) {
        this.server = server;
        this.issuer = "http://127.0.0.1:" + server.getAddress().getPort();
        this.grants = new FakeOpenIdProviderGrants(issuer, clock);
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "fake-openid-provider");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", this::serve);
    }

    /**
     * Starts a provider.
     *
     * @param clock its time
     * @return a running provider on a free port
     */
    public static FakeOpenIdProvider start(InstantSource clock) {
        // The JDK's server waits for the peer's acknowledgement between headers and body unless told not to: 40 ms
        // each.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0);
            FakeOpenIdProvider provider = new FakeOpenIdProvider(HttpServer.create(address, 0), clock);
            provider.server.start();
            return provider;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns the issuer.
     *
     * @return an http address without a slash at its end
     */
    public String issuer() {
        return issuer;
    }

    /**
     * Returns who it vouches for and with which keys.
     *
     * @return changeable by tests
     */
    public FakeOpenIdProviderGrants grants() {
        return grants;
    }

    /**
     * Changes a member of the discovery document.
     *
     * @param name member name
     * @param value null removes it
     */
    public void discovery(String name, @Nullable Object value) {
        discovery.put(name, value == null ? Removed.REMOVED : value);
    }

    /**
     * Replaces what an endpoint answers; the endpoint still does what it does.
     *
     * @param path for example {@code /token}
     * @param change gets the right answer
     */
    public void bend(String path, UnaryOperator<FakeOpenIdProviderAnswer> change) {
        bent.put(path, change);
    }

    /**
     * Puts an answer in place of an endpoint, which then does nothing.
     *
     * @param path for example {@code /token}
     * @param answer what it answers
     */
    public void replace(String path, FakeOpenIdProviderAnswer answer) {
        replaced.put(path, answer);
    }

    /** Answers rightly again everywhere. */
    public void straighten() {
        bent.clear();
        replaced.clear();
        discovery.clear();
    }

    /**
     * Returns what was received.
     *
     * @param path for example {@code /token}
     * @return in order of arrival
     */
    public List<FakeOpenIdProviderRequest> requests(String path) {
        return requests.stream().filter(request -> request.path().equals(path)).toList();
    }

    /**
     * Plays the person who is sent to the authorization endpoint and says yes.
     *
     * @param authorizationUrl the whole address
     * @return the query of the callback, with code, state and iss
     */
    public String authorize(String authorizationUrl) {
        return grants.authorize(URI.create(authorizationUrl).getRawQuery());
    }

    /** Stops at once; what hangs is released. */
    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private enum Removed {
        REMOVED
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            FakeOpenIdProviderRequest request = read(exchange);
            requests.add(request);
            FakeOpenIdProviderAnswer instead = replaced.get(request.path());
            FakeOpenIdProviderAnswer answer = instead == null ? bent(request) : instead;
            write(exchange, answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private FakeOpenIdProviderAnswer bent(FakeOpenIdProviderRequest request) {
        return bent.getOrDefault(request.path(), UnaryOperator.identity()).apply(answer(request));
    }

    private FakeOpenIdProviderAnswer answer(FakeOpenIdProviderRequest request) {
        return switch (request.path()) {
            case "/.well-known/openid-configuration" -> FakeOpenIdProviderAnswer.json(200, document());
            case "/jwks" -> FakeOpenIdProviderAnswer.json(200, Map.of("keys", grants.jwks()));
            case "/authorize" ->
                FakeOpenIdProviderAnswer.redirect(
                        request.parameter("redirect_uri") + "?" + grants.authorize(request.query()));
            case "/token" -> grants.token(request);
            case "/userinfo" -> grants.userInfo(request);
            case "/par" -> grants.push(request);
            case "/logout" -> FakeOpenIdProviderAnswer.text(200, "text/plain", "bye");
            default -> FakeOpenIdProviderAnswer.text(404, "text/plain", "not here");
        };
    }

    private Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("issuer", issuer);
        document.put("authorization_endpoint", issuer + "/authorize");
        document.put("token_endpoint", issuer + "/token");
        document.put("userinfo_endpoint", issuer + "/userinfo");
        document.put("jwks_uri", issuer + "/jwks");
        document.put("end_session_endpoint", issuer + "/logout");
        document.put("authorization_response_iss_parameter_supported", true);
        document.put("id_token_signing_alg_values_supported", List.of("RS256", "ES256"));
        discovery.forEach(document::put);
        document.values().removeIf(Removed.REMOVED::equals);
        return document;
    }

    private void write(HttpExchange exchange, FakeOpenIdProviderAnswer answer)
            throws IOException, InterruptedException {
        if (answer.manner() == Manner.HANGING) {
            closed.await();
            return;
        }
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(answer.status(), answer.manner() == Manner.DRIPPING ? 0 : length(answer));
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(answer.body());
            while (answer.manner() == Manner.DRIPPING && !closed.await(DRIP_MILLIS, TimeUnit.MILLISECONDS)) {
                out.write(' ');
                out.flush();
            }
        }
    }

    private static long length(FakeOpenIdProviderAnswer answer) {
        return answer.body().length == 0 ? -1 : answer.body().length;
    }

    private static FakeOpenIdProviderRequest read(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        URI uri = exchange.getRequestURI();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        return new FakeOpenIdProviderRequest(
                exchange.getRequestMethod(), uri.getPath(), uri.getRawQuery(), headers, body);
    }
}
