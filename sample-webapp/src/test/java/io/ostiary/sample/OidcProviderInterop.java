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
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The certified provider of npm: pushed requests required, claims in user information only. */
final class OidcProviderInterop extends InteropFlow {
    private static final Path SOURCE = Path.of("src/test/interop");
    private InteropServer server;

    @Override
    String startProvider(Path work) throws IOException, InterruptedException {
        Path directory = Files.createDirectories(work.resolve("oidc-provider"));
        for (String name : List.of("op.mjs", "package.json", "package-lock.json")) {
            Files.copy(SOURCE.resolve(name), directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        InteropServer.run(
                directory, work.resolve("npm.log"), List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"));
        server = InteropServer.start(
                directory, work.resolve("oidc-provider.log"), Map.of(), List.of("node", "op.mjs"));
        return server.awaits(Pattern.compile("^ISSUER (.*)$")).group(1);
    }

    @Override
    void register(String baseUrl) throws IOException, InterruptedException {
        server.tell("application " + baseUrl);
        server.awaits(Pattern.compile("^READY$"));
    }

    @Override
    void rotateKey() throws IOException, InterruptedException {
        server.tell("rotate");
        server.awaits(Pattern.compile("^ROTATED$"));
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

    @Override
    void stopProvider() throws InterruptedException {
        if (server != null) {
            server.stop();
        }
    }
}
