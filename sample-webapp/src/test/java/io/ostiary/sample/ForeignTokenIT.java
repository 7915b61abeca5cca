package io.ostiary.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.sample.launcher.Options;
import io.ostiary.sample.launcher.RunningSample;
import io.ostiary.sample.launcher.SampleLauncher;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Access tokens of the development provider open the API. */
final class ForeignTokenIT {
    private static final Pattern COMMANDS = Pattern.compile("id=\"foreign\"><code>(.*?)</code>", Pattern.DOTALL);
    private static RunningSample sample;

    @BeforeAll
    static void start() throws Exception {
        sample = SampleLauncher.start(Options.onFreePorts());
    }

    @AfterAll
    static void stop() {
        sample.close();
    }

    @Test
    void theCommandsOfTheTokensPageWorkWhenPasted() throws Exception {
        Visitor vic = new Visitor(sample.baseUrl());
        vic.logIn("vic", "/app/tokens/");
        String page = vic.open("/app/tokens/").body();
        Matcher commands = COMMANDS.matcher(page);
        assertTrue(commands.find(), page);
        String pasted = commands.group(1)
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&#x3D;", "=")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
        Process shell = new ProcessBuilder("sh", "-c", pasted)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String answer = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, shell.waitFor());
        assertTrue(answer.contains("\"subject\":\"nightly-report\""), answer);
        assertTrue(answer.contains("\"scheme\":\"bearer\""), answer);
        assertTrue(answer.contains("\"roles\":[]"), answer);
    }

    /** RFC 9068 section 4: an ID token is no access token, whoever signed it. */
    @Test
    void rfc9068Section4TheTokenOfALoginThereOpensNothing() throws Exception {
        String provider = Objects.requireNonNull(sample.providerUrl());
        Visitor vic = new Visitor(sample.baseUrl());
        String form = provider + "/authorize?response_type=code&client_id=x&scope=openid&state=s&redirect_uri="
                + sample.baseUrl() + "/x";
        String code = vic.location(vic.post(form, "username=vic")).replaceFirst(".*[?&]code=([^&]*).*", "$1");
        String pair = vic.post(
                        provider + "/token",
                        "grant_type=authorization_code&client_id=x&client_secret=y&code=" + code + "&redirect_uri="
                                + sample.baseUrl() + "/x")
                .body();
        for (String name : new String[] {"id_token", "access_token"}) {
            Matcher token =
                    Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]+)\"").matcher(pair);
            assertTrue(token.find(), pair);
            assertEquals(
                    401,
                    new Visitor(sample.baseUrl())
                            .get("/api/me", "Authorization", "Bearer " + token.group(1))
                            .statusCode());
        }
    }
}
