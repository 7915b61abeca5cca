package io.ostiary.bench;

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
    JWT_ES256("/bearer", 200);

    private final String path;
    private final int status;

    Scenario(String path, int status) {
        this.path = path;
        this.status = status;
    }

    String path() {
        return path;
    }

    int status() {
        return status;
    }
}
