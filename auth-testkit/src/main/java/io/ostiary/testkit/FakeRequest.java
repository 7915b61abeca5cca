package io.ostiary.testkit;

import io.ostiary.core.AttributeKey;
import io.ostiary.core.AuthRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request that a test writes down: {@code FakeRequest.get("/app").header("Accept", "text/html")}. Not thread-safe. */
public final class FakeRequest implements AuthRequest {
    private final String method;
    private final String path;
    private final @Nullable String queryString;
    private final Map<String, List<String>> headers = new HashMap<>();
    private final Map<String, List<String>> cookies = new HashMap<>();
    private final Map<String, Object> attributes = new HashMap<>();
    private String contextPath = "";
    private @Nullable String rawPath;
    private String remoteAddress = "127.0.0.1";
    private boolean secure;
    private byte[] body = new byte[0];

    private FakeRequest(String method, String target) {
        int question = target.indexOf('?');
        this.method = method;
        this.path = question < 0 ? target : target.substring(0, question);
        this.queryString = question < 0 ? null : target.substring(question + 1);
        header("Host", "app.example");
    }

    /**
     * A GET.
     *
     * @param target canonical path, and a query if there is one
     * @return a request from 127.0.0.1 for the host app.example
     */
    public static FakeRequest get(String target) {
        return new FakeRequest("GET", target);
    }

    /**
     * A POST.
     *
     * @param target canonical path, and a query if there is one
     * @return a request from 127.0.0.1 for the host app.example
     */
    public static FakeRequest post(String target) {
        return new FakeRequest("POST", target);
    }

    /**
     * Any method.
     *
     * @param method HTTP method
     * @param target canonical path, and a query if there is one
     * @return a request from 127.0.0.1 for the host app.example
     */
    public static FakeRequest of(String method, String target) {
        return new FakeRequest(method, target);
    }

    /**
     * Adds a header line; {@code Host} is replaced.
     *
     * @param name header name
     * @param value header value
     * @return this
     */
    public FakeRequest header(String name, String value) {
        String key = name.toLowerCase(Locale.ROOT);
        if (key.equals("host")) {
            headers.remove(key);
        }
        headers.computeIfAbsent(key, unused -> new ArrayList<>()).add(value);
        return this;
    }

    /**
     * Adds a cookie.
     *
     * @param name cookie name
     * @param value cookie value
     * @return this
     */
    public FakeRequest cookie(String name, String value) {
        cookies.computeIfAbsent(name, unused -> new ArrayList<>()).add(value);
        return this;
    }

    /**
     * Mounts the application.
     *
     * @param path empty or {@code /name}
     * @return this
     */
    public FakeRequest contextPath(String path) {
        contextPath = path;
        return this;
    }

    /**
     * Sets the path as it was sent, where that differs from what the stack made of it.
     *
     * @param path percent-encoded, with the context path
     * @return this
     */
    public FakeRequest sentAs(String path) {
        rawPath = path;
        return this;
    }

    /**
     * Sets the peer.
     *
     * @param address address literal
     * @return this
     */
    public FakeRequest remoteAddress(String address) {
        remoteAddress = address;
        return this;
    }

    /**
     * Puts the connection under TLS.
     *
     * @return this
     */
    public FakeRequest overTls() {
        secure = true;
        return this;
    }

    /**
     * Sets a JSON document as body.
     *
     * @param json the document
     * @return this
     */
    public FakeRequest json(String json) {
        body = json.getBytes(StandardCharsets.UTF_8);
        return header("Content-Type", "application/json");
    }

    /**
     * Sets a form as body.
     *
     * @param form urlencoded text
     * @return this
     */
    public FakeRequest form(String form) {
        body = form.getBytes(StandardCharsets.UTF_8);
        return header("Content-Type", "application/x-www-form-urlencoded");
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String contextPath() {
        return contextPath;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public String rawPath() {
        return rawPath == null ? AuthRequest.super.rawPath() : rawPath;
    }

    @Override
    public @Nullable String queryString() {
        return queryString;
    }

    @Override
    public List<String> headers(String name) {
        String key = name.toLowerCase(Locale.ROOT);
        if (key.equals("cookie") && !headers.containsKey(key) && !cookies.isEmpty()) {
            List<String> pairs = new ArrayList<>();
            cookies.forEach((cookie, values) -> values.forEach(value -> pairs.add(cookie + '=' + value)));
            return List.of(String.join("; ", pairs));
        }
        return headers.getOrDefault(key, List.of());
    }

    @Override
    public List<String> cookies(String name) {
        return cookies.getOrDefault(name, List.of());
    }

    @Override
    public String remoteAddress() {
        return remoteAddress;
    }

    @Override
    public boolean secure() {
        return secure;
    }

    @Override
    public <T> @Nullable T attribute(AttributeKey<T> key) {
        Object value = attributes.get(key.toString());
        return value == null ? null : key.cast(value);
    }

    @Override
    public <T> void attribute(AttributeKey<T> key, @Nullable T value) {
        if (value == null) {
            attributes.remove(key.toString());
        } else {
            attributes.put(key.toString(), value);
        }
    }

    @Override
    public byte[] body(int maxBytes) throws IOException {
        if (body.length > maxBytes) {
            throw new BodyTooLargeException(maxBytes);
        }
        return body.clone();
    }
}
