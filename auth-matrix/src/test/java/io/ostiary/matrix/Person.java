package io.ostiary.matrix;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A browser without the page: it keeps cookies. */
final class Person {
    private final Matrix matrix;
    private final String contextPath;
    private final Map<String, String> cookies = new TreeMap<>();

    Person(Matrix matrix, String contextPath) {
        this.matrix = matrix;
        this.contextPath = contextPath;
    }

    /** The whole login; returns the answer to the callback, which leads to {@code next}. */
    Wire.Answer signIn(String name, String next, String... roles) throws IOException {
        matrix.provider().grants().person(Map.of("sub", name, "roles", List.of(roles)));
        Wire.Answer start = open("/auth/login/op?next=" + next);
        if (start.status() != 302) {
            return start;
        }
        String callback = matrix.provider().authorize(start.header("Location"));
        return open("/auth/callback/op?"
                + (callback.contains("?") ? URI.create(callback).getRawQuery() : callback));
    }

    /** A GET as a browser makes it when somebody follows a link. */
    Wire.Answer open(String target) throws IOException {
        return get(target, "Accept: text/html", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Site: none");
    }

    Wire.Answer get(String target, String... headers) throws IOException {
        List<String> all = new ArrayList<>(Arrays.asList(headers));
        if (!cookies.isEmpty()) {
            all.add(cookieLine());
        }
        Wire.Answer answer = matrix.wire().get(contextPath + target, all.toArray(new String[0]));
        for (String line : answer.all("Set-Cookie")) {
            String pair = line.split(";", 2)[0];
            String name = pair.substring(0, pair.indexOf('='));
            String value = pair.substring(pair.indexOf('=') + 1);
            if (value.isEmpty() || line.contains("Max-Age=0")) {
                cookies.remove(name);
            } else {
                cookies.put(name, value);
            }
        }
        return answer;
    }

    /** The line for the Cookie header; empty for nobody. */
    String cookieLine() {
        List<String> pairs = new ArrayList<>();
        cookies.forEach((name, value) -> pairs.add(name + "=" + value));
        return pairs.isEmpty() ? "" : "Cookie: " + String.join("; ", pairs);
    }

    Map<String, String> cookies() {
        return Map.copyOf(cookies);
    }
}
