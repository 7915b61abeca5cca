package io.ostiary.apikey.interop;

import com.sun.net.httpserver.HttpExchange;
import io.ostiary.core.AttributeKey;
import io.ostiary.core.AuthRequest;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A request of the JDK's HTTP server, with one thing changed on the way if a test wants that. */
final class ExchangeRequest implements AuthRequest {
    private final HttpExchange exchange;
    private final byte[] body;
    private final String tampered;

    ExchangeRequest(HttpExchange exchange, byte[] body, String tampered) {
        this.exchange = exchange;
        this.body = body;
        this.tampered = tampered;
    }

    private String changed(String what, String value) {
        return tampered.equals(what) ? value + "x" : value;
    }

    @Override
    public String method() {
        return changed("method", exchange.getRequestMethod());
    }

    @Override
    public String contextPath() {
        return "";
    }

    @Override
    public String path() {
        return exchange.getRequestURI().getPath();
    }

    @Override
    public String rawPath() {
        return changed("path", exchange.getRequestURI().getRawPath());
    }

    @Override
    public @Nullable String queryString() {
        String query = exchange.getRequestURI().getRawQuery();
        return query == null ? null : changed("query", query);
    }

    @Override
    public List<String> headers(String name) {
        return exchange.getRequestHeaders().getOrDefault(name, List.of()).stream()
                .map(value -> changed(name.toLowerCase(Locale.ROOT), value))
                .toList();
    }

    @Override
    public List<String> cookies(String name) {
        return List.of();
    }

    @Override
    public String remoteAddress() {
        return exchange.getRemoteAddress().getAddress().getHostAddress();
    }

    @Override
    public boolean secure() {
        return false;
    }

    @Override
    public <T> @Nullable T attribute(AttributeKey<T> key) {
        return null;
    }

    @Override
    public <T> void attribute(AttributeKey<T> key, @Nullable T value) {}

    @Override
    public byte[] body(int maxBytes) throws IOException {
        byte[] seen = changed("body", new String(body, java.nio.charset.StandardCharsets.UTF_8))
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        if (seen.length > maxBytes) {
            throw new BodyTooLargeException(maxBytes);
        }
        return seen;
    }
}
