package io.ostiary.core.path;

import io.ostiary.core.AttributeKey;
import io.ostiary.core.AuthRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A container that was told to accept ambiguous targets, and then cannot say what they mean. */
class ThrowingPath implements AuthRequest {
    @Override
    public String method() {
        return "GET";
    }

    @Override
    public String contextPath() {
        return "";
    }

    @Override
    public String path() {
        throw new IllegalArgumentException("ambiguous");
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
        return false;
    }

    @Override
    public <T> @Nullable T attribute(AttributeKey<T> key) {
        return null;
    }

    @Override
    public <T> void attribute(AttributeKey<T> key, @Nullable T value) {}

    @Override
    public byte[] body(int maxBytes) {
        return new byte[0];
    }
}
