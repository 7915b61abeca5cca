package io.ostiary.bench;

import java.util.Locale;

/** One kind of request, the same for every contender. */
public enum Scenario {
    PUBLIC("/public", 200),
    SESSION("/user", 200),
    ROLE("/admin", 200),
    ROLE_DENIED("/admin", 403),
    ANONYMOUS_PAGE("/user", 302),
    ANONYMOUS_API("/user", 401),
    KEY("/api/v1", 200),
    KEY_WRONG("/api/v1", 401),
    JWT_HS256("/bearer", 200),
    JWT_RS256("/bearer", 200),
    JWT_ES256("/bearer", 200),
    NEW_JWT_HS256("/bearer", 200, 40_000),
    NEW_JWT_RS256("/bearer", 200, 4_000),
    NEW_JWT_ES256("/bearer", 200, 400),
    SIGNED_HMAC("/signed", 200, 20_000),
    SIGNED_ED25519("/signed", 200, 600);

    private final String path;
    private final int status;
    private final int batch;

    Scenario(String path, int status) {
        this(path, status, 0);
    }

    Scenario(String path, int status, int batch) {
        this.path = path;
        this.status = status;
        this.batch = batch;
    }

    String path() {
        return path;
    }

    int status() {
        return status;
    }

    /** How many different ones are sent for one figure, each of them once; 0 if the same one is sent again and again. */
    int batch() {
        return batch;
    }

    boolean isJwt() {
        return name().contains("JWT_");
    }

    boolean isSigned() {
        return name().startsWith("SIGNED_");
    }

    /** For example {@code es256}; empty if there is nothing to verify. */
    String algorithm() {
        return isJwt() || isSigned()
                ? name().substring(name().lastIndexOf('_') + 1).toLowerCase(Locale.ROOT)
                : "";
    }

    /** For a table. */
    String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
