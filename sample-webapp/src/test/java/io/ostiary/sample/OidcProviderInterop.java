package io.ostiary.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.ostiary.core.oauth.OAuthTokens;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The certified provider of npm: pushed requests required, claims in user information only. */
final class OidcProviderInterop extends InteropFlow {
    private static final Path SOURCE = Path.of("src/test/interop");
    private final KeyPair clientKey = key();
    private @Nullable InteropServer server;

    @Override
    String startProvider(Path work) throws IOException, InterruptedException {
        Path directory = Files.createDirectories(work.resolve("oidc-provider"));
        for (String name : List.of("op.mjs", "package.json", "package-lock.json")) {
            Files.copy(SOURCE.resolve(name), directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        InteropServer.run(
                directory,
                work.resolve("npm.log"),
                List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"));
        InteropServer started =
                InteropServer.start(directory, work.resolve("oidc-provider.log"), Map.of(), List.of("node", "op.mjs"));
        server = started;
        return started.awaits(Pattern.compile("^ISSUER (.*)$")).group(1);
    }

    @Override
    void register(String baseUrl) throws IOException, InterruptedException {
        RSAPublicKey key = (RSAPublicKey) clientKey.getPublic();
        Objects.requireNonNull(server)
                .tell("key {\"kty\":\"RSA\",\"kid\":\"client\",\"use\":\"sig\",\"n\":\"" + number(key.getModulus())
                        + "\",\"e\":\"" + number(key.getPublicExponent()) + "\"}");
        ask("application " + baseUrl, Pattern.compile("^READY$"));
    }

    @Override
    void rotateKey() throws IOException, InterruptedException {
        ask("rotate", Pattern.compile("^ROTATED$"));
    }

    /** Keycloak tells old from new by whole seconds, and would have to be waited for. */
    @Test
    void aRefreshTokenThatWasUsedBeforeEndsTheSession() throws Exception {
        InteropTokens tokens = tokens();
        tokens.logIn(person("ada"));
        assertInstanceOf(OAuthTokens.Result.Fresh.class, tokens.ask());
        tokens.turnBack();
        assertInstanceOf(OAuthTokens.Result.Ended.class, tokens.ask());
        assertEquals(1, tokens.ended().size());
    }

    /** OpenID Connect Core 9: pushed request, code and refresh, each with an assertion of its own. */
    @Test
    void core9PrivateKeyJwtIsTaken() throws Exception {
        String pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(clientKey.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        InteropTokens tokens = tokens(Map.of(
                "oauth.provider.op.client-id", "ostiary-interop-key",
                "oauth.provider.op.client-secret", "",
                "oauth.provider.op.client-authentication", "private-key-jwt",
                "oauth.provider.op.private-key", pem,
                "oauth.provider.op.private-key-id", "client"));
        tokens.logIn(person("ada"));
        assertInstanceOf(OAuthTokens.Result.Fresh.class, tokens.ask());
    }

    @Override
    String scopes() {
        return "openid profile email groups";
    }

    private static KeyPair key() {
        try {
            return KeyPairGenerator.getInstance("RSA").generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String number(BigInteger value) {
        byte[] bytes = value.toByteArray();
        int start = bytes[0] == 0 ? 1 : 0;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOfRange(bytes, start, bytes.length));
    }

    private void ask(String order, Pattern answer) throws IOException, InterruptedException {
        InteropServer running = Objects.requireNonNull(server);
        running.tell(order);
        running.awaits(answer);
    }

    @Override
    void stopProvider() throws InterruptedException {
        if (server != null) {
            server.stop();
        }
    }
}
