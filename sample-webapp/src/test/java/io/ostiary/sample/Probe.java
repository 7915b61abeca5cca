package io.ostiary.sample;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Asks a server for many targets and does not wait for the end of an answer that has none. */
final class Probe {
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** What has not ended by then is a stream. */
    private static final int SECONDS = 15;

    private static final int MOST = 4_000_000;

    private final String server;
    private final Map<String, String> cookies = new TreeMap<>();

    /** {@code cookies} are those of somebody who has signed in, or none. */
    Probe(String server, Map<String, String> cookies) {
        this.server = server;
        this.cookies.putAll(cookies);
    }

    /**
     * What was answered.
     *
     * @param location path and query of a redirect within the server; otherwise as it came, or empty
     * @param cookies names of the cookies that were set
     * @param ended false if the body went on and on
     */
    record Answer(int status, String location, String type, List<String> cookies, String body, boolean ended) {
        boolean is(String kind) {
            return type.startsWith(kind);
        }

        @Override
        public String toString() {
            return status + (location.isEmpty() ? "" : " to " + location) + " (" + body.length()
                    + (ended ? " characters)" : " characters and more)");
        }
    }

    /** A GET as a browser makes it when somebody follows a link. */
    Answer open(String target) throws IOException, InterruptedException {
        return send("GET", target, "Accept", "text/html,application/xhtml+xml,*/*", "Sec-Fetch-Mode", "navigate");
    }

    Answer send(String method, String target, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + target))
                .timeout(PATIENCE)
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        cookies.forEach((name, value) -> request.header("Cookie", name + "=" + value));
        HttpResponse<InputStream> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        List<String> set = response.headers().allValues("Set-Cookie");
        set.forEach(this::keep);
        CompletableFuture<String> body = CompletableFuture.supplyAsync(() -> text(response.body()));
        boolean ended = body.thenApply(text -> true)
                .completeOnTimeout(false, SECONDS, TimeUnit.SECONDS)
                .join();
        response.body().close();
        return new Answer(
                response.statusCode(),
                response.headers().firstValue("Location").orElse("").replace(server, ""),
                response.headers().firstValue("Content-Type").orElse(""),
                set.stream().map(line -> line.split("=", 2)[0]).toList(),
                ended ? body.join().replace(server, "") : "",
                ended);
    }

    private void keep(String line) {
        String[] pair = line.split(";", 2)[0].split("=", 2);
        if (line.contains("Max-Age=0")) {
            cookies.remove(pair[0]);
        } else {
            cookies.put(pair[0], pair[1]);
        }
    }

    private static String text(InputStream in) {
        try {
            return new String(in.readNBytes(MOST), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "broken off: " + e.getMessage();
        }
    }
}
