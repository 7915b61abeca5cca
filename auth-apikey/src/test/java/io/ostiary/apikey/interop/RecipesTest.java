package io.ostiary.apikey.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.ostiary.apikey.ApiKeyFeature;
import io.ostiary.apikey.ApiKeyRecord;
import io.ostiary.apikey.ApiKeys;
import io.ostiary.apikey.FileApiKeyStore;
import io.ostiary.apikey.signature.SignatureAlgorithm;
import io.ostiary.core.AuthOutcome;
import io.ostiary.core.Secret;
import io.ostiary.core.cache.MemoryOnceStore;
import io.ostiary.core.config.Settings;
import io.ostiary.core.crypto.MasterKey;
import io.ostiary.core.crypto.Tokens;
import io.ostiary.core.spi.Authenticator;
import io.ostiary.core.spi.Feature;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs each recipe of docs/service-to-service.md against a real server: it succeeds, and fails if one byte changes. */
final class RecipesTest {
    private static final Path DOC = Path.of("..", "docs", "service-to-service.md");
    private static final List<String> CHANGES = List.of("method", "path", "query", "content-type", "body");

    @TempDir
    Path directory;

    private final HttpServer server;
    private List<Authenticator> authenticators = List.of();
    private Map<String, String> environment = Map.of();
    private volatile String tampered = "";

    RecipesTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() throws Exception {
        InstantSource clock = InstantSource.system();
        MasterKey master = new MasterKey(Secret.of("m".repeat(32)));
        Path file = directory.resolve("keys.properties");
        ApiKeys keys = new ApiKeys(FileApiKeyStore.openOrCreate(file, clock), new Tokens(), clock);
        ApiKeys.Issued shared = keys.create(draft());
        ApiKeys.IssuedSecret secret = Objects.requireNonNull(keys.shareSecret(shared.record(), master, Duration.ZERO));
        ApiKeys.Issued trusted = keys.create(draft());
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        String open = Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
        keys.trustPublicKey(trusted.record(), SignatureAlgorithm.ED25519, open, Duration.ZERO);
        Path pem = directory.resolve("client.pem");
        Files.writeString(
                pem,
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(pair.getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
        authenticators = new ApiKeyFeature()
                .configure(
                        Settings.of(Map.of("apikey.file", file.toString())),
                        new Feature.Context(
                                master,
                                new Tokens(),
                                clock,
                                new MemoryOnceStore(1000, clock),
                                (key, rates) -> java.time.Duration.ZERO,
                                false))
                .authenticators();
        server.createContext("/", this::answer);
        server.start();
        environment = Map.of(
                "BASE", "http://127.0.0.1:" + server.getAddress().getPort(),
                "API_KEY", shared.key().revealText(),
                "SIGNING_SECRET", new String(secret.secret().revealBytes(), StandardCharsets.US_ASCII),
                "PRIVATE_KEY", pem.toString(),
                "shared", shared.key().id(),
                "trusted", trusted.key().id());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static ApiKeys.Draft draft() {
        return new ApiKeys.Draft(
                "live", "billing", "test", ApiKeyRecord.Grant.of(Set.of(), Set.of("orders:write")), null);
    }

    /** Like an engine that accepts both schemes: the first that finds something decides. */
    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        ExchangeRequest request = new ExchangeRequest(exchange, body, tampered);
        AuthOutcome outcome = AuthOutcome.absent();
        for (Authenticator authenticator : authenticators) {
            outcome = outcome.equals(AuthOutcome.absent()) ? authenticator.authenticate(request) : outcome;
        }
        byte[] text = (outcome instanceof AuthOutcome.Authenticated found
                        ? "hello " + found.identity().name() + " by "
                                + found.identity().scheme()
                        : String.valueOf(outcome))
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(outcome instanceof AuthOutcome.Authenticated ? 200 : 401, text.length);
        exchange.getResponseBody().write(text);
        exchange.close();
    }

    private record Ran(int code, String output) {}

    private Ran run(String recipe, String keyId, String fileName, String... command) throws Exception {
        Path script = directory.resolve(fileName);
        Files.writeString(script, block(recipe));
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(command))).redirectErrorStream(true);
        builder.command().add(script.toString());
        builder.environment().putAll(environment);
        builder.environment().put("KEY_ID", keyId);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), recipe);
        return new Ran(process.exitValue(), output);
    }

    private static String block(String recipe) throws IOException {
        Matcher matcher = Pattern.compile("<!-- recipe: " + recipe + " -->\n```[a-z]+\n(.*?)\n```\n", Pattern.DOTALL)
                .matcher(Files.readString(DOC));
        assertTrue(matcher.find(), recipe);
        return matcher.group(1) + "\n";
    }

    private static void requireProgram(String... command) {
        boolean there;
        try {
            there = new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException | InterruptedException e) {
            there = false;
        }
        assumeTrue(there, "skipped: this machine cannot run " + String.join(" ", command));
    }

    private void assertSucceedsAndFailsWhenChanged(
            String recipe, String keyId, String expected, List<String> changes, String file, String... command)
            throws Exception {
        Ran right = run(recipe, keyId, file, command);
        assertEquals(new Ran(0, expected), new Ran(right.code, right.output.strip()));
        for (String change : changes) {
            tampered = change;
            Ran wrong = run(recipe, keyId, file, command);
            assertNotEquals(0, wrong.code, recipe + " with another " + change + ": " + wrong.output);
        }
    }

    private String id(String name) {
        return Objects.requireNonNull(environment.get(name));
    }

    @Test
    void curlWithAKey() throws Exception {
        requireProgram("curl", "--version");
        assertSucceedsAndFailsWhenChanged(
                "curl-key", "", "hello billing by apikey", List.of("x-api-key"), "recipe.sh", "bash");
    }

    @Test
    void curlAndOpensslWithEd25519() throws Exception {
        requireProgram("curl", "--version");
        requireProgram("openssl", "version");
        assertSucceedsAndFailsWhenChanged(
                "curl-ed25519", id("trusted"), "hello billing by signature", CHANGES, "recipe.sh", "bash");
    }

    @Test
    void pythonWithHmac() throws Exception {
        requireProgram("python3", "--version");
        assertSucceedsAndFailsWhenChanged(
                "python-hmac", id("shared"), "hello billing by signature", CHANGES, "recipe.py", "python3");
    }

    @Test
    void nodeWithHmac() throws Exception {
        requireProgram("node", "--version");
        assertSucceedsAndFailsWhenChanged(
                "node-hmac", id("shared"), "hello billing by signature", CHANGES, "recipe.js", "node");
    }

    @Test
    void javaWithKeyAndSignature() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        assertSucceedsAndFailsWhenChanged(
                "java-both",
                id("shared"),
                "hello billing by signature",
                List.of("path", "body"),
                "Recipe.java",
                java,
                "-cp",
                classes);
    }
}
