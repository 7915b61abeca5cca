package io.ostiary.sample;

import java.io.IOException;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A caller with a cookie jar that follows no redirect by itself. */
final class Visitor {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    private final String baseUrl;
    private final Consumer<HttpResponse<?>> witness;
    private final Map<String, String> cookies = new HashMap<>();

    Visitor(String baseUrl) {
        this(baseUrl, response -> {});
    }

    /** {@code witness} sees each answer. */
    Visitor(String baseUrl, Consumer<HttpResponse<?>> witness) {
        this.baseUrl = baseUrl;
        this.witness = witness;
    }

    HttpResponse<String> get(String target, String... headers) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(absolute(target)).GET(), headers);
    }

    /** A GET as a browser makes it when somebody follows a link. */
    HttpResponse<String> open(String target) throws IOException, InterruptedException {
        return get(target, "Accept", "text/html,application/xhtml+xml", "Sec-Fetch-Mode", "navigate");
    }

    /** A form of a page of the target's own site, unless the headers say something else. */
    HttpResponse<String> post(String target, String form, String... headers) throws IOException, InterruptedException {
        URI to = absolute(target);
        HttpRequest.Builder request = HttpRequest.newBuilder(to)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
        if (!List.of(headers).contains("Origin")) {
            request.header("Origin", to.getScheme() + "://" + to.getAuthority());
        }
        return send(request, headers);
    }

    /** What a script of a page of the target's own site sends. */
    HttpResponse<String> postJson(String target, String json) throws IOException, InterruptedException {
        URI to = absolute(target);
        return send(HttpRequest.newBuilder(to)
                .header("Content-Type", "application/json")
                .header("Origin", to.getScheme() + "://" + to.getAuthority())
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    /** The whole login of a persona through the provider's own form; ends where the application sends the browser. */
    HttpResponse<String> logIn(String persona, String next) throws IOException, InterruptedException {
        return logIn(persona, next, "/auth");
    }

    /** The same where the kit's pages are elsewhere. */
    HttpResponse<String> logIn(String persona, String next, String endpoints) throws IOException, InterruptedException {
        HttpResponse<String> start = open(endpoints + "/login/dev?next=" + next);
        String provider = location(start);
        HttpResponse<String> form = open(provider);
        if (form.statusCode() != 200) {
            throw new IllegalStateException("the provider's form: " + form.statusCode());
        }
        HttpResponse<String> posted = post(provider, "username=" + persona);
        return open(location(posted));
    }

    Visitor with(String name, String value) {
        cookies.put(name, value);
        return this;
    }

    Map<String, String> cookies() {
        return Map.copyOf(cookies);
    }

    String location(HttpResponse<?> response) {
        String location = response.headers()
                .firstValue("Location")
                .orElseThrow(() -> new IllegalStateException("no Location with status " + response.statusCode()));
        return response.uri().resolve(location).toString();
    }

    private URI absolute(String target) {
        return URI.create(target.startsWith("http") ? target : baseUrl + target);
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String... headers)
            throws IOException, InterruptedException {
        if (headers.length > 0) {
            request.headers(headers);
        }
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        HttpResponse<String> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        witness.accept(response);
        for (String line : response.headers().allValues("Set-Cookie")) {
            for (HttpCookie cookie : HttpCookie.parse(line.replaceFirst("(?i); *SameSite=[a-z]+", ""))) {
                if (cookie.getMaxAge() == 0) {
                    cookies.remove(cookie.getName());
                } else {
                    cookies.put(cookie.getName(), cookie.getValue());
                }
            }
        }
        return response;
    }
}
