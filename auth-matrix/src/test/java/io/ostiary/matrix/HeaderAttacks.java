package io.ostiary.matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** What each line of the header file comes to in this application: whole requests, written out. */
final class HeaderAttacks {
    private final Matrix matrix;
    private final String session;
    private final String other;

    /**
     * Fills in what the file leaves open.
     *
     * @param session value of a session's cookie
     * @param other another one
     */
    HeaderAttacks(Matrix matrix, String session, String other) {
        this.matrix = matrix;
        this.session = session;
        this.other = other;
    }

    /**
     * One request of a line.
     *
     * @param mayOpen whether what it asks for is its sender's own
     */
    record Request(String requestLine, List<String> headers, String body, boolean mayOpen) {
        Request body(String text) {
            return new Request(requestLine, headers, text, mayOpen);
        }

        String bytes(int port) {
            List<String> all = new ArrayList<>(headers);
            if (!body.isEmpty() || requestLine.startsWith("POST")) {
                all.add("Content-Length: " + body.length());
            }
            return Wire.head(requestLine, "127.0.0.1:" + port, all) + body;
        }
    }

    /** The requests of a line, at least one; the last is the one whose status counts. */
    List<Request> of(String id, String requestLine, String headers) {
        String key = matrix.key();
        return switch (id) {
            case "H10" -> each(25, n -> get("/ctx/api/x", "X-Forwarded-For: 10.0.0." + n, "X-API-KEY: wrong"));
            case "H12" ->
                each(
                        List.of("[::ffff:1.1.1.1]:80", "unknown", "_hidden", "999.1.1.1", "<script>"),
                        address -> "GET /auth/login HTTP/1.1",
                        address -> "X-Forwarded-For: " + address);
            case "H13" -> List.of(get("/auth/login", "X-Forwarded-For: " + "1".repeat(7000)));
            case "H14", "H15", "H16", "H17", "H18", "H19", "H22" -> links(requestLine, headers);
            case "H20" -> List.of(request("GET https://127.0.0.1:%d/admin/x HTTP/1.1".formatted(matrix.port())));
            case "H29" -> List.of(get("/api/v1/data?X-API-KEY=" + key + "&api_key=" + key));
            case "H30" -> List.of(get("/api/v1/data", "Cookie: X-API-KEY=" + key));
            case "H31" ->
                each(
                        List.of(
                                key.substring(0, key.length() - 1),
                                flipped(key),
                                key + " x",
                                key.toUpperCase(Locale.ROOT),
                                key + "%00",
                                key + "," + key),
                        value -> "GET /api/v1/data HTTP/1.1",
                        value -> "X-API-KEY: " + value);
            case "H34", "H35" -> List.of(get("/app/home", "Cookie: session=" + session + "; session=" + other));
            case "H36" -> List.of(get("/app/home", "Cookie: =session=" + session));
            case "H37" -> List.of(get("/app/home", "Cookie: \u00e2\u0080\u0080session=" + session));
            case "H38" -> List.of(own(get("/app/home", "Cookie: $Version=1; session=" + session + "; $Path=/")));
            case "H40" ->
                List.of(
                        get("/app/home", "Cookie: " + "c=1; ".repeat(200) + "session=x"),
                        get("/app/home", "Cookie: session=" + "x".repeat(7000)),
                        get("/app/home", "Cookie: session_0=x; session_2=y; session=99999; session.count=-1"));
            case "H42" -> List.of(get("/auth/login;jsessionid=attackerchosen"));
            case "H43" -> List.of(get("/api/v1/data", "Authorization: ApiKey " + key, "Authorization: ApiKey wrong"));
            default -> more(id, requestLine, headers);
        };
    }

    private List<Request> more(String id, String requestLine, String headers) {
        String cookie = "Cookie: session=" + session;
        return switch (id) {
            case "H45" -> List.of(request("POST /app/transfer HTTP/1.1", cookie, "Origin: null"));
            case "H46" ->
                List.of(request(
                        "POST /app/transfer HTTP/1.1",
                        cookie,
                        "Origin: https://app.example.evil.example",
                        "Sec-Fetch-Site: same-origin"));
            case "H57" ->
                each(
                        List.of("null", "https://app.example.evil", "https://evilapp.example", "http://app.example"),
                        origin -> "GET /api/v1/data HTTP/1.1",
                        origin -> "Origin: " + origin);
            case "H60" ->
                List.of(request(
                        "GET /app/ws HTTP/1.1",
                        cookie,
                        "Origin: https://evil.example",
                        "Connection: Upgrade",
                        "Upgrade: websocket",
                        "Sec-WebSocket-Version: 13",
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="));
            case "H61" ->
                List.of(get(
                        "/admin/x",
                        "Connection: Upgrade, HTTP2-Settings",
                        "Upgrade: h2c",
                        "HTTP2-Settings: AAMAAABkAAQAAP__"));
            case "H63" ->
                List.of(form("POST /auth/login?username=admin HTTP/1.1", "application/x-www-form-urlencoded")
                        .body("username=alice&password=x"));
            case "H64" ->
                List.of(
                        form("POST /auth/logout HTTP/1.1", "application/x-www-form-urlencoded; charset=utf-16")
                                .body("\0n\0e\0x\0t\0=\0/\0/\0e"),
                        form("POST /auth/logout HTTP/1.1", "application/x-www-form-urlencoded; charset=IBM037")
                                .body("next=//evil.example"));
            case "H65" ->
                each(
                        List.of(
                                "Accept: application/json",
                                "X-Requested-With: XMLHttpRequest",
                                "Accept: */*;q=0,text/html"),
                        header -> "GET /admin/x HTTP/1.1",
                        header -> header);
            case "H66" ->
                List.of(get("/app/home", "Accept-Language: ../../x", "Cookie: locale=<script>alert(1)</script>"));
            case "H69" ->
                each(
                        List.of(
                                "Range: bytes=0-10",
                                "If-None-Match: *",
                                "If-Modified-Since: Fri, 27 Nov 2026 00:00:00 GMT"),
                        header -> "GET /admin/x HTTP/1.1",
                        header -> header);
            default -> List.of(request(requestLine, headers.equals("-") ? new String[0] : headers.split("[|]")));
        };
    }

    /** As it stands, and at each place of the kit that makes links. */
    private List<Request> links(String requestLine, String headers) {
        String[] lines = headers.split("[|]");
        List<Request> all = new ArrayList<>();
        all.add(request(requestLine, lines));
        for (String place : List.of("/auth/login", "/auth/login/op", "/app/home", "/auth/logout")) {
            String absolute = requestLine.contains("http://evil.example") ? "http://evil.example" : "";
            List<String> with = new ArrayList<>(List.of(lines));
            with.add("Accept: text/html");
            all.add(request("GET " + absolute + place + " HTTP/1.1", with.toArray(new String[0])));
        }
        return all;
    }

    private static String flipped(String key) {
        char last = key.charAt(key.length() - 1);
        return key.substring(0, key.length() - 1) + (last == 'a' ? 'b' : 'a');
    }

    private Request form(String requestLine, String type) {
        return request(requestLine, "Content-Type: " + type, "Origin: http://127.0.0.1:" + matrix.port());
    }

    private static Request own(Request request) {
        return new Request(request.requestLine(), request.headers(), request.body(), true);
    }

    private static Request get(String target, String... headers) {
        return request("GET " + target + " HTTP/1.1", headers);
    }

    private static Request request(String requestLine, String... headers) {
        return new Request(requestLine, List.of(headers), "", false);
    }

    private static List<Request> each(int times, IntFunction<Request> one) {
        return IntStream.rangeClosed(1, times).mapToObj(one).toList();
    }

    private static List<Request> each(
            List<String> values, UnaryOperator<String> requestLine, UnaryOperator<String> header) {
        return values.stream()
                .map(value -> request(requestLine.apply(value), header.apply(value)))
                .toList();
    }
}
