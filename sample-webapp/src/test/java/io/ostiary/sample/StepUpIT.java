package io.ostiary.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ostiary.core.UrlEncoded;
import io.ostiary.sample.launcher.Options;
import io.ostiary.sample.launcher.RunningSample;
import io.ostiary.sample.launcher.SampleLauncher;
import java.net.http.HttpResponse;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page that wants a fresh proof, against the built WAR. */
final class StepUpIT {
    private static final long HOUR = 3600;
    private static RunningSample sample;

    @BeforeAll
    static void start() throws Exception {
        sample = SampleLauncher.start(Options.onFreePorts());
    }

    @AfterAll
    static void stop() {
        sample.close();
    }

    private static HttpResponse<String> logIn(Visitor visitor, String start, long provenAt) throws Exception {
        String form = visitor.location(visitor.open(start));
        String claims = "{\"name\":\"Vic\",\"amr\":[\"pwd\"],\"auth_time\":" + provenAt + "}";
        return visitor.open(visitor.location(visitor.post(form, "username=vic&claims=" + UrlEncoded.encode(claims))));
    }

    @Test
    void anOldProofOpensTheRestAndAFreshOneTheVault() throws Exception {
        Visitor vic = new Visitor(sample.baseUrl());
        long now = Instant.now().getEpochSecond();
        logIn(vic, "/auth/login/dev?next=/app/", now - HOUR);
        assertEquals(200, vic.open("/app/whoami").statusCode());
        String asked = sample.baseUrl() + "/auth/login?next=%2Fapp%2Fvault&reason=step-up";
        assertEquals(asked, vic.location(vic.open("/app/vault")));
        assertEquals(
                200, vic.open("/auth/login?next=%2Fapp%2Fvault&reason=step-up").statusCode());
        HttpResponse<String> landing = logIn(vic, "/auth/login/dev?next=/app/vault&reason=step-up", now);
        assertEquals(sample.baseUrl() + "/app/vault", vic.location(landing));
        assertEquals(200, vic.open("/app/vault").statusCode());
    }
}
