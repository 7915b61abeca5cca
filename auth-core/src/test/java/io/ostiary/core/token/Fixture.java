package io.ostiary.core.token;

import io.ostiary.core.AuthOutcome;
import io.ostiary.core.Identity;
import io.ostiary.core.Secret;
import io.ostiary.core.cache.MemoryDenyList;
import io.ostiary.core.cache.MemoryEpochs;
import io.ostiary.core.cache.MemoryOnceStore;
import io.ostiary.core.config.Settings;
import io.ostiary.core.crypto.MasterKey;
import io.ostiary.core.crypto.Tokens;
import io.ostiary.core.spi.AuthEvent;
import io.ostiary.core.spi.Feature;
import io.ostiary.testkit.FakeRequest;
import io.ostiary.testkit.MutableClock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A token service with everything in memory. */
final class Fixture {
    static final String ISSUER = "https://app.example";
    static final MasterKey MASTER = new MasterKey(Secret.of("k".repeat(32)));
    final MutableClock clock = new MutableClock();
    final MemoryDenyList denied = new MemoryDenyList(1000, clock);
    final MemoryEpochs epochs = new MemoryEpochs(1000, clock);
    final List<AuthEvent> events = new CopyOnWriteArrayList<>();
    final TokenSettings settings;
    final TokenStore store;
    final TokenService service;
    final Identity ada =
            Identity.of("session", "https://op.example", "ada", clock.instant()).plusRoles(Set.of("editor"));

    Fixture(String... keysAndValues) {
        settings = settings(keysAndValues);
        store = new MemoryTokenStore(1000, clock);
        service = node(settings);
    }

    static TokenSettings settings(String... keysAndValues) {
        Map<String, String> all = new HashMap<>(Map.of("token.enabled", "true"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            all.put("token." + keysAndValues[i], keysAndValues[i + 1]);
        }
        Settings read = Settings.of(all);
        TokenSettings settings = java.util.Objects.requireNonNull(TokenSettings.from(read, MASTER, ISSUER, true));
        read.refuseUnknown();
        return settings;
    }

    TokenService node(TokenSettings other) {
        Feature.Context context = new Feature.Context(
                MASTER,
                new Tokens(),
                clock,
                new MemoryOnceStore(10, clock),
                (counted, rates) -> java.time.Duration.ZERO,
                false);
        return TokenService.on(
                other,
                store,
                new TokenService.Revocation(denied, epochs),
                new TokenService.Where("/auth/token", "ostiary"),
                context,
                events::add);
    }

    TokenService.Pair issued() {
        return java.util.Objects.requireNonNull(service.issue(FakeRequest.post("/auth/token"), ada, "s1", null));
    }

    TokenService.Renewal renew(String token) {
        return service.renew(FakeRequest.post("/auth/token/refresh"), token, null, (identity, request) -> null);
    }

    AuthOutcome bearer(String token) {
        return service.authenticator().authenticate(with(token));
    }

    static FakeRequest with(String token) {
        return FakeRequest.get("/api").header("Authorization", "Bearer " + token);
    }
}
