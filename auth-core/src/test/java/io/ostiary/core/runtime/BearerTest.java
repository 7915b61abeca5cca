package io.ostiary.core.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.ostiary.core.Decision;
import io.ostiary.core.Policies;
import io.ostiary.core.config.Settings;
import io.ostiary.testkit.FakeOpenIdProvider;
import io.ostiary.testkit.FakeOpenIdProviderAnswer;
import io.ostiary.testkit.FakeOpenIdProviderToken;
import io.ostiary.testkit.FakeRequest;
import io.ostiary.testkit.MutableClock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tokens of another issuer go through the whole kit. */
final class BearerTest {
    private final MutableClock clock = new MutableClock();

    private Decision decide(FakeOpenIdProvider op, String audience, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("development", "true");
        settings.put("bearer.from.op.issuer", op.issuer());
        settings.put("bearer.from.op.audience", "api");
        Ostiary ostiary = Ostiary.start(Settings.of(settings), List.of(), clock);
        long now = clock.instant().getEpochSecond();
        Map<String, Object> claims =
                Map.of("iss", op.issuer(), "sub", "ada", "aud", audience, "iat", now, "exp", now + 60);
        String token = new FakeOpenIdProviderToken(op.grants().key(), claims)
                .header("typ", "at+jwt")
                .build();
        FakeRequest request = FakeRequest.get("/api").header("Authorization", "Bearer " + token);
        return ostiary.engine().decide(request, Policies.authenticated());
    }

    @Test
    void admitsWithAndWithoutTokensOfOurOwn() {
        try (FakeOpenIdProvider op = FakeOpenIdProvider.start(clock)) {
            assertInstanceOf(Decision.Allow.class, decide(op, "api", Map.of()));
            assertInstanceOf(Decision.Allow.class, decide(op, "api", Map.of("token.enabled", "true")));
        }
    }

    @Test
    void rfc6750Section3ChallengesAWrongOne() {
        try (FakeOpenIdProvider op = FakeOpenIdProvider.start(clock)) {
            Decision decision = decide(op, "other", Map.of());
            assertInstanceOf(Decision.Challenged.class, decision);
        }
    }

    @Test
    void deniesWithoutAVerdictWhileTheIssuerIsAway() {
        try (FakeOpenIdProvider op = FakeOpenIdProvider.start(clock)) {
            op.replace("/jwks", FakeOpenIdProviderAnswer.json(500, Map.of()));
            Decision.Unavailable decision = assertInstanceOf(Decision.Unavailable.class, decide(op, "api", Map.of()));
            assertEquals(false, decision.retryAfter().isZero());
        }
    }
}
