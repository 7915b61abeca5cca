package io.ostiary.core.session;

import io.ostiary.core.Secret;
import io.ostiary.core.cache.MemoryDenyList;
import io.ostiary.core.cache.MemoryOnceStore;
import io.ostiary.core.config.Settings;
import io.ostiary.core.crypto.MasterKey;
import io.ostiary.core.crypto.Tokens;
import io.ostiary.core.spi.AuthListener;
import io.ostiary.core.spi.DenyList;
import io.ostiary.core.spi.Feature;
import io.ostiary.testkit.MutableClock;
import java.util.Map;

/** Sessions on a given store, with everything else in memory. */
final class Fixture {
    private Fixture() {}

    static Sessions sessions(SessionSettings settings, SessionStore store, MutableClock clock, AuthListener listener) {
        DenyList denied = new MemoryDenyList(100, clock);
        return sessions(settings, store, denied, clock, listener, "k".repeat(32));
    }

    static Sessions sessions(
            SessionSettings settings,
            SessionStore store,
            DenyList denied,
            MutableClock clock,
            AuthListener listener,
            String key) {
        Feature.Context context = new Feature.Context(
                new MasterKey(Secret.of(key)),
                new Tokens(),
                clock,
                new MemoryOnceStore(10, clock),
                (counted, rates) -> java.time.Duration.ZERO,
                false);
        RememberStore remembered = new MemoryRememberStore(100, clock);
        return new Sessions(settings, store, remembered, denied, context, listener);
    }

    static SessionSettings settings(String... keysAndValues) {
        Map<String, String> all = new java.util.HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            all.put("session." + keysAndValues[i], keysAndValues[i + 1]);
        }
        return SessionSettings.from(Settings.of(all), true);
    }
}
