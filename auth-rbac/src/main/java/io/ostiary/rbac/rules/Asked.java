package io.ostiary.rbac.rules;

import io.ostiary.core.AttributeKey;
import io.ostiary.core.AuthRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The request that an explanation is about: a method and a path, and nothing else.
 *
 * @param method as sent
 * @param path canonical
 */
record Asked(String method, String path) implements AuthRequest {
    @Override
    public String contextPath() {
        return "";
    }

    @Override
    public @Nullable String queryString() {
        return null;
    }

    @Override
    public List<String> headers(String name) {
        return List.of();
    }

    @Override
    public List<String> cookies(String name) {
        return List.of();
    }

    @Override
    public String remoteAddress() {
        return "127.0.0.1";
    }

    @Override
    public boolean secure() {
        return true;
    }

    @Override
    public <T> @Nullable T attribute(AttributeKey<T> key) {
        return null;
    }

    @Override
    public <T> void attribute(AttributeKey<T> key, @Nullable T value) {
        throw new UnsupportedOperationException("a policy writes nothing");
    }

    @Override
    public byte[] body(int maxBytes) {
        return new byte[0];
    }
}
