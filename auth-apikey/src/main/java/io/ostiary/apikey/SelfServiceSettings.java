package io.ostiary.apikey;

import io.ostiary.core.Policies;
import io.ostiary.core.Policy;
import io.ostiary.core.StepUp;
import io.ostiary.core.config.Settings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How people look after keys of their own.
 *
 * @param on {@code apikey.self-service}; false by default
 * @param adminRoles {@code apikey.admin-roles}: who sees and withdraws all keys; nobody by default
 * @param maxKeys {@code apikey.self-service.max-keys}: keys that hold at one time, for each person; 10 by default
 * @param maxLifetime {@code apikey.self-service.max-lifetime}; 365 days by default
 * @param freshLogin {@code apikey.self-service.fresh-login}: how long ago somebody may have signed in who makes, renames
 *     or rotates a key; null, which is the default, for any time
 * @param env {@code apikey.self-service.env}: environment that the key's text names; {@code live} by default
 */
record SelfServiceSettings(
        boolean on,
        Set<String> adminRoles,
        int maxKeys,
        Duration maxLifetime,
        @Nullable Duration freshLogin,
        String env) {
    static final List<String> KEYS = List.of(
            "self-service",
            "admin-roles",
            "self-service.max-keys",
            "self-service.max-lifetime",
            "self-service.fresh-login",
            "self-service.env");

    static SelfServiceSettings from(Settings own) {
        boolean on = own.flag("self-service", false);
        if (!own.has("self-service")) {
            for (String key : KEYS) {
                if (own.has(key)) {
                    throw own.problem(key, "has no use without 'apikey.self-service'; allowed: with that set");
                }
            }
        }
        Set<String> admins = own.set("admin-roles", Set.of());
        if (!Names.areWords(admins)) {
            throw own.problem("admin-roles", "is '" + String.join(",", admins) + "'; allowed: " + Names.WORDS_ALLOWED);
        }
        return new SelfServiceSettings(
                on,
                admins,
                own.number("self-service.max-keys", 10, 1, 1_000),
                own.duration(
                        "self-service.max-lifetime", Duration.ofDays(365), Duration.ofDays(1), Duration.ofDays(3_650)),
                own.has("self-service.fresh-login")
                        ? own.duration(
                                "self-service.fresh-login", Duration.ZERO, Duration.ofMinutes(1), Duration.ofDays(1))
                        : null,
                own.matching("self-service.env", "[a-z]{2,8}", "2 to 8 lower-case letters", "live"));
    }

    int maxDays() {
        return Math.toIntExact(maxLifetime.toDays());
    }

    /** What it takes to make or change a key; to list and to withdraw it takes a session only. */
    Policy toChange(InstantSource clock) {
        Policy anybody = Policies.authenticated();
        return freshLogin == null ? anybody : anybody.and(StepUp.provenWithin(freshLogin, clock));
    }
}
