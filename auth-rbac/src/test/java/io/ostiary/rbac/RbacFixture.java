package io.ostiary.rbac;

import io.ostiary.core.Identity;
import io.ostiary.core.config.ConfigurationException;
import io.ostiary.core.config.Settings;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.function.Executable;

/** Identities and settings that these tests share. */
public final class RbacFixture {
    /** The issuer of all users here. */
    public static final String ISSUER = "https://id.example";

    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    private RbacFixture() {}

    public static Identity user(String subject, String... roles) {
        return Identity.of("session", ISSUER, subject, TIME).plusRoles(Set.of(roles));
    }

    /** Takes key, value, key, value. */
    public static Settings settings(String... pairs) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            values.put(pairs[i], pairs[i + 1]);
        }
        return Settings.of(values);
    }

    public static void assertRefused(String message, Executable start) {
        Assertions.assertEquals(
                message,
                Assertions.assertThrows(ConfigurationException.class, start).getMessage());
    }
}
