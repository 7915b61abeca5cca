package io.ostiary.sample;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keycloak, unpacked by the build, with a realm of ours. */
final class KeycloakInterop extends InteropFlow {
    private static final Path SOURCE = Path.of("src/test/interop");
    private static final String HOME = System.getProperty("interop.keycloak", "target/interop/keycloak");
    private static final String ADMIN = "admin";
    private static final String SIGNING_KEY = """
            {"name": "next", "providerId": "rsa-generated", "providerType": "org.keycloak.keys.KeyProvider",
             "config": {"priority": ["200"], "enabled": ["true"], "active": ["true"], "algorithm": ["RS256"]}}""";
    private final HttpClient client = HttpClient.newHttpClient();
    private final String adminPassword = UUID.randomUUID().toString();
    private @Nullable InteropServer server;
    private String url = "";

    @Override
    String startProvider(Path work) throws IOException, InterruptedException {
        Path home = Path.of(HOME).toAbsolutePath();
        delete(home.resolve("data"));
        Path realms = Files.createDirectories(home.resolve("data/import"));
        Files.copy(SOURCE.resolve("realm.json"), realms.resolve("realm.json"));
        InteropServer started = InteropServer.start(home, work.resolve("keycloak.log"), environment(), command(home));
        server = started;
        url = started.awaits(Pattern.compile("Listening on: (http://127\\.0\\.0\\.1:\\d+)"))
                .group(1);
        return url + "/realms/ostiary";
    }

    @Override
    void register(String baseUrl) throws IOException, InterruptedException {
        admin("clients", Files.readString(SOURCE.resolve("client.json")).replace("@BASE@", baseUrl));
    }

    @Override
    void rotateKey() throws IOException, InterruptedException {
        admin("components", SIGNING_KEY);
    }

    @Override
    String scopes() {
        return "openid profile email";
    }

    @Override
    void stopProvider() throws InterruptedException {
        if (server != null) {
            server.stop();
        }
    }

    private Map<String, String> environment() {
        return Map.of(
                "KC_BOOTSTRAP_ADMIN_USERNAME",
                ADMIN,
                "KC_BOOTSTRAP_ADMIN_PASSWORD",
                adminPassword,
                "JAVA_OPTS_KC_HEAP",
                "-Xms64m -Xmx384m",
                "JAVA_OPTS_APPEND",
                "-XX:TieredStopAtLevel=1");
    }

    private static List<String> command(Path home) {
        return List.of(
                "sh",
                home.resolve("bin/kc.sh").toString(),
                "start-dev",
                "--import-realm",
                "--http-host=127.0.0.1",
                "--http-port=0",
                "--cache=local",
                "--http-access-log-enabled=true",
                "--http-access-log-pattern=%m %R %s");
    }

    private void admin(String what, String json) throws IOException, InterruptedException {
        String form = "grant_type=password&client_id=admin-cli&username=" + ADMIN + "&password=" + adminPassword;
        String tokens = post(
                "/realms/master/protocol/openid-connect/token", "application/x-www-form-urlencoded", form, "none", 200);
        Matcher token = Pattern.compile("\"access_token\":\"([^\"]+)\"").matcher(tokens);
        if (!token.find()) {
            throw new IOException("no token for the administrator");
        }
        post("/admin/realms/ostiary/" + what, "application/json", json, "Bearer " + token.group(1), 201);
    }

    private String post(String path, String type, String body, String authorization, int expected)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", type)
                .header("Authorization", authorization)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != expected) {
            throw new IOException(path + " answered " + answer.statusCode());
        }
        return answer.body();
    }

    /** A realm is imported once, so the one of the last run has to go. */
    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> tree = Files.walk(directory)) {
                for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
