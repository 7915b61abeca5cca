package io.ostiary.matrix;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A browser without the page: it keeps cookies, for any library. */
final class Visitor {
    private static final List<String> BROWSER =
            List.of("Accept: text/html", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Site: none");
    private final Wire wire;
    private final Map<String, String> cookies = new TreeMap<>();

    Visitor(Wire wire) {
        this.wire = wire;
    }

    Wire.Answer open(String target) throws IOException {
        return keep(wire.send(Wire.head("GET " + target + " HTTP/1.1", host(), headers(BROWSER))));
    }

    /** Sends a form whose fields need no encoding. */
    Wire.Answer post(String target, Map<String, String> fields) throws IOException {
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + field.getValue())
                .collect(Collectors.joining("&"));
        List<String> headers = headers(List.of(
                "Accept: text/html",
                "Origin: http://" + host(),
                "Content-Type: application/x-www-form-urlencoded",
                "Content-Length: " + body.getBytes(StandardCharsets.ISO_8859_1).length));
        return keep(wire.send(Wire.head("POST " + target + " HTTP/1.1", host(), headers) + body));
    }

    private String host() {
        return "127.0.0.1:" + wire.port();
    }

    private List<String> headers(List<String> first) {
        List<String> headers = new ArrayList<>(first);
        if (!cookies.isEmpty()) {
            headers.add(cookieLine());
        }
        return headers;
    }

    private Wire.Answer keep(Wire.Answer answer) {
        for (String line : answer.all("Set-Cookie")) {
            String pair = line.split(";", 2)[0];
            String name = pair.substring(0, pair.indexOf('='));
            String value = pair.substring(pair.indexOf('=') + 1);
            if (value.isEmpty() || line.contains("Max-Age=0") || value.equals("deleteMe")) {
                cookies.remove(name);
            } else {
                cookies.put(name, value);
            }
        }
        return answer;
    }

    /** The line for the Cookie header. */
    String cookieLine() {
        return cookies.entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; ", "Cookie: ", ""));
    }
}
