package io.ostiary.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ostiary.core.oauth.OAuthTokens;
import io.ostiary.core.spi.LogoutTargets.Target;
import io.ostiary.sample.launcher.Options;
import io.ostiary.sample.launcher.RunningSample;
import io.ostiary.sample.launcher.SampleLauncher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The sample with a provider that somebody else wrote, through that provider's own pages. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class InteropFlow {
    private static final Path WORK = Path.of("target/interop").toAbsolutePath();
    private RunningSample sample;
    private Path transcript;
    private String issuer;
    private Map<String, String> settings;

    /** Starts the provider and returns its issuer. */
    abstract String startProvider(Path work) throws Exception;

    /** Makes the provider know the application. */
    abstract void register(String baseUrl) throws Exception;

    /** Makes the provider sign with a new key. */
    abstract void rotateKey() throws Exception;

    abstract String scopes();

    abstract void stopProvider() throws Exception;

    @BeforeAll
    void start() throws Exception {
        Files.createDirectories(WORK);
        String name = getClass().getSimpleName();
        transcript = WORK.resolve(name + "-transcript.txt");
        Files.deleteIfExists(transcript);
        issuer = startProvider(WORK);
        settings = settings();
        Path file = WORK.resolve(name + "-auth.properties");
        Files.write(
                file,
                settings.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.toList()));
        sample = SampleLauncher.start(Options.onFreePorts().withConfig(file));
        register(sample.baseUrl());
    }

    @AfterAll
    void stop() throws Exception {
        if (sample != null) {
            sample.close();
        }
        stopProvider();
    }

    @Test
    void aPersonGetsInWithTheRolesOfTheProvider() throws Exception {
        InteropPerson ada = person("ada");
        assertEquals(200, ada.logIn());
        assertEquals(1, ada.askedForPassword());
        String who = ada.visitor().open("/app/whoami").body();
        assertTrue(who.contains("\"name\":\"ada\"") && who.contains("\"admin\""), who);
        assertTrue(ada.visitor().get("/api/me").body().contains("\"email\":\"ada@example.test\""));
        assertEquals(200, ada.visitor().open("/admin/whoami").statusCode());
        InteropPerson vic = person("vic");
        assertEquals(200, vic.logIn());
        assertEquals(403, vic.visitor().open("/admin/whoami").statusCode());
    }

    @Test
    void rpInitiated2ALogoutEndsTheSessionAtTheProviderToo() throws Exception {
        InteropPerson ada = person("ada");
        ada.logIn();
        assertEquals(200, ada.elsewhere().logIn(), "the provider still knows the browser");
        assertTrue(ada.logOut().startsWith(sample.baseUrl() + "/auth/logged-out?"));
        assertEquals(302, ada.visitor().open("/app/whoami").statusCode());
        assertEquals(1, ada.askedForPassword());
        ada.logIn();
        assertEquals(2, ada.askedForPassword(), "the next login asks again");
    }

    @Test
    void backChannel25ALogoutInOneBrowserEndsTheOtherSession() throws Exception {
        assumeTrue(
                person("nobody")
                                .visitor()
                                .post("/auth/backchannel-logout/op", "")
                                .statusCode()
                        != 404,
                "POST /auth/backchannel-logout/{provider} is not there");
        InteropPerson here = person("ada");
        here.logIn();
        InteropPerson there = here.elsewhere();
        assertEquals(200, there.logIn());
        assertEquals(0, there.askedForPassword(), "one session at the provider, two here");
        InteropPerson stranger = person("ada");
        stranger.logIn();
        here.logOut();
        assertEquals(302, there.visitor().open("/app/whoami").statusCode());
        assertEquals(200, stranger.visitor().open("/app/whoami").statusCode(), "another session of the same person");
    }

    @Test
    void refreshesUntilTheSessionAtTheProviderEnds() throws Exception {
        InteropPerson ada = person("ada");
        InteropTokens tokens = tokens();
        tokens.logIn(ada);
        var first = assertInstanceOf(OAuthTokens.Result.Fresh.class, tokens.ask());
        var second = assertInstanceOf(OAuthTokens.Result.Fresh.class, tokens.ask(), "with a rotated refresh token");
        assertNotEquals(first.accessToken(), second.accessToken());
        tokens.logOutAtProvider(ada);
        assertInstanceOf(OAuthTokens.Result.Ended.class, tokens.ask());
        assertEquals(
                List.of(Target.By.LOGIN),
                tokens.ended().stream().map(Target::by).toList());
    }

    @Test
    void followsAKeyRotation() throws Exception {
        assertEquals(200, person("ada").logIn());
        String before = keys();
        rotateKey();
        assertNotEquals(before, keys());
        assertEquals(200, person("ada").logIn());
    }

    final InteropTokens tokens() {
        return tokens(Map.of());
    }

    /** With other settings; an empty one is left out. */
    final InteropTokens tokens(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(settings);
        all.putAll(more);
        all.values().removeIf(String::isEmpty);
        return new InteropTokens(all, sample.baseUrl());
    }

    final InteropPerson person(String name) {
        return new InteropPerson(sample.baseUrl(), name, transcript);
    }

    private String keys() throws Exception {
        Visitor visitor = new Visitor(issuer);
        String metadata = visitor.get("/.well-known/openid-configuration").body();
        return visitor.get(metadata.replaceFirst(".*\"jwks_uri\":\"([^\"]+)\".*", "$1"))
                .body();
    }

    private Map<String, String> settings() {
        return Map.of(
                "development", "true",
                "rbac.hierarchy", "admin > editor > viewer",
                "rbac.store", "memory",
                "oauth.provider.op.issuer", issuer,
                "oauth.provider.op.client-id", "ostiary-interop",
                "oauth.provider.op.client-secret", "interop-client-secret",
                "oauth.provider.op.scopes", scopes(),
                "oauth.provider.op.roles-claim", "/groups",
                "oauth.provider.op.logout", "provider",
                "oauth.provider.op.keep-tokens", "true");
    }
}
