package io.ostiary.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.ostiary.core.oauth.OAuthTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The certified provider of npm: pushed requests required, claims in user information only. */
final class OidcProviderInterop extends InteropFlow {
    private static final Path SOURCE = Path.of("src/test/interop");
    private @Nullable InteropServer server;

    @Override
    String startProvider(Path work) throws IOException, InterruptedException {
        Path directory = Files.createDirectories(work.resolve("oidc-provider"));
        for (String name : List.of("op.mjs", "package.json", "package-lock.json")) {
            Files.copy(SOURCE.resolve(name), directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        InteropServer.run(
                directory, work.resolve("npm.log"), List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"));
        InteropServer started = InteropServer.start(
                directory, work.resolve("oidc-provider.log"), Map.of(), List.of("node", "op.mjs"));
        server = started;
        return started.awaits(Pattern.compile("^ISSUER (.*)$")).group(1);
    }

    @Override
    void register(String baseUrl) throws IOException, InterruptedException {
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

    @Override
    String scopes() {
        return "openid profile email groups";
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
