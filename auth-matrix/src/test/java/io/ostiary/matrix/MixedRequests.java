package io.ostiary.matrix;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

/** Requests of many kinds, each of which knows what its answer should be in the world as it is. */
final class MixedRequests {
    private static final Pattern STACK = Pattern.compile("\\bat [a-z]+(\\.[A-Za-z0-9_$]+)+\\(|Exception|io\\.ostiary");
    private static final String API = "Accept: application/json";
    private static final List<String> ODD = List.of(
            "/admin;x=1/y", "/%61dmin/x", "//admin/x", "/app/%2e%2e/admin/x", "/admin%2fx", "/public/..%2fadmin/x");
    private static final List<String> LATE = List.of("late-include", "late-forward", "late-async");
    private final Matrix matrix;
    private final String ada;
    private final String vic;

    MixedRequests(Matrix matrix) throws IOException {
        this.matrix = matrix;
        this.ada = matrix.signedIn("ada", "admin").cookieLine();
        this.vic = matrix.signedIn("vic", "user").cookieLine();
    }

    /** What else is broken at the moment. */
    record World(boolean storeDown, boolean providerDown) {}

    /** Whether protected code ran for it, and what is wrong about the answer, if anything is. */
    record Verdict(boolean admitted, String wrong) {}

    enum Kind {
        NOBODY,
        NOBODY_BROWSING,
        SESSION,
        ROLE,
        NO_ROLE,
        MADE_UP_SESSION,
        KEY,
        WRONG_KEY,
        ODD_PATH,
        FORWARD,
        TOO_LATE,
        THROWS,
        LOGIN,
        GONE_IN_THE_HEAD,
        GONE_IN_THE_BODY,
        NOT_HTTP;

        static Kind any(Random random) {
            Kind kind = values()[random.nextInt(values().length)];
            boolean seldom = kind == LOGIN && random.nextInt(4) > 0;
            return seldom ? SESSION : kind;
        }
    }

    Verdict send(Kind kind, World world, int seed) throws IOException {
        int pick = Math.floorMod(seed, 1000);
        boolean down = world.storeDown();
        return switch (kind) {
            case NOBODY -> refused(kind, get("/admin/x", API), 401);
            case NOBODY_BROWSING -> refused(kind, browse("/app/home"), 302);
            case SESSION -> down ? refused(kind, get("/app/x", ada), 503) : admitted(kind, get("/app/x", ada), "app");
            case ROLE ->
                down ? refused(kind, get("/admin/x", ada), 503) : admitted(kind, get("/admin/x", ada), "admin");
            case NO_ROLE -> refused(kind, get("/admin/x", API, vic), down ? 503 : 403);
            case MADE_UP_SESSION -> refused(kind, get("/app/x", API, madeUp(pick)), down ? 503 : 401);
            case KEY -> admitted(kind, get("/api/x", "X-API-KEY: " + matrix.key()), "api");
            case WRONG_KEY -> refused(kind, get("/api/x", "X-API-KEY: " + matrix.key() + pick), 401);
            case ODD_PATH -> refused(kind, get(ODD.get(pick % ODD.size()), API), 400, 401, 404);
            case FORWARD -> refused(kind, get("/public/x?how=forward&to=/admin/x", API), 401);
            case TOO_LATE ->
                refused(kind, get("/public/x?how=" + LATE.get(pick % LATE.size()) + "&to=/admin/x", API), 200, 0);
            case THROWS -> refused(kind, get("/public/x?how=throw&to=y"), 500);
            case LOGIN -> login(kind, world);
            case GONE_IN_THE_HEAD -> gone("GET /admin/x HTTP/1.1\r\nHost: 127.0.0.1\r\n" + ada + "\r\nX: y");
            case GONE_IN_THE_BODY -> gone(body());
            case NOT_HTTP -> noHttp(matrix.wire().send("\u0016\u0003\u0001" + pick + "\r\n\r\n"));
        };
    }

    private Verdict login(Kind kind, World world) throws IOException {
        Wire.Answer answer = matrix.person().signIn("eve", "/app/home");
        return world.storeDown() || world.providerDown()
                ? refused(kind, answer, 400, 401, 403, 502, 503)
                : refused(kind, answer, 302);
    }

    private String body() {
        return "POST /auth/sessions/end HTTP/1.1\r\nHost: 127.0.0.1:" + matrix.port() + "\r\nOrigin: http://127.0.0.1:"
                + matrix.port() + "\r\n" + ada
                + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nhandle=";
    }

    /** Of the right form. */
    private static String madeUp(int pick) {
        return "Cookie: session=" + String.format("%043d", pick);
    }

    private Wire.Answer get(String target, String... headers) throws IOException {
        return matrix.wire().get(target, headers);
    }

    private Wire.Answer browse(String target) throws IOException {
        return get(target, "Accept: text/html", "Sec-Fetch-Mode: navigate");
    }

    private Verdict gone(String part) throws IOException {
        try (Socket socket = matrix.wire().connect()) {
            socket.getOutputStream().write(part.getBytes(StandardCharsets.ISO_8859_1));
        }
        return new Verdict(false, "");
    }

    /** No application sees it, and what the container says is its own: Tomcat shows where its parser was. */
    private static Verdict noHttp(Wire.Answer answer) {
        boolean right = answer.status() == 400 || answer.status() == 0;
        return new Verdict(false, right ? "" : Kind.NOT_HTTP + " " + answer);
    }

    private static Verdict admitted(Kind kind, Wire.Answer answer, String zone) {
        boolean right = answer.status() == 200 && answer.body().startsWith(ZoneServlet.SECRET + zone);
        return new Verdict(right, right ? "" : kind + " " + answer);
    }

    private static Verdict refused(Kind kind, Wire.Answer answer, int... statuses) {
        boolean expected = false;
        for (int status : statuses) {
            expected |= status == answer.status();
        }
        boolean tells = answer.body().contains(ZoneServlet.SECRET)
                || STACK.matcher(answer.body()).find();
        return new Verdict(false, expected && !tells ? "" : kind + " " + answer);
    }
}
