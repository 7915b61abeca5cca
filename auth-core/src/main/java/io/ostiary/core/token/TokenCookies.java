package io.ostiary.core.token;

import io.ostiary.core.AuthRequest;
import io.ostiary.core.SetCookie;
import java.time.Duration;
import java.util.List;

/** The two cookies of tokens: one that goes everywhere, and one that goes to the token endpoints only. Thread-safe. */
final class TokenCookies {
    private final TokenSettings settings;
    private final String path;

    /** Takes the path of the token endpoints inside the application. */
    TokenCookies(TokenSettings settings, String path) {
        this.settings = settings;
        this.path = path;
    }

    List<String> access(AuthRequest request) {
        return inUse() ? request.cookies(accessName()) : List.of();
    }

    List<String> refresh(AuthRequest request) {
        return inUse() ? request.cookies(refreshName()) : List.of();
    }

    List<SetCookie> set(AuthRequest request, String access, String refresh, Duration refreshLeft) {
        return List.of(
                new SetCookie(accessName(), access, "/", settings.accessLifetime(), settings.secure(), "Lax"),
                new SetCookie(refreshName(), refresh, path(request), refreshLeft, settings.secure(), "Strict"));
    }

    List<SetCookie> removed(AuthRequest request) {
        return inUse()
                ? set(request, "", "", Duration.ZERO).stream()
                        .map(SetCookie::removed)
                        .toList()
                : List.of();
    }

    private boolean inUse() {
        return settings.usesCookies();
    }

    private String path(AuthRequest request) {
        return request.contextPath() + path;
    }

    private String accessName() {
        return settings.accessCookie();
    }

    private String refreshName() {
        return settings.secure() ? "__Secure-ostiary-refresh" : "ostiary-refresh";
    }
}
