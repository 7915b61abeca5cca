package io.ostiary.servlet;

import io.ostiary.core.config.Settings;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the kit is dropped into an application whose {@code web.xml} does not know it.
 *
 * @param enabled {@code drop-in.enabled}: false leaves the application alone, for those who set it up in Java
 * @param rules {@code drop-in.rules}: the rules file; null for the one beside the settings
 * @param params {@code drop-in.mode} and {@code drop-in.schemes}: init-params of the filter
 */
record DropInSettings(boolean enabled, @Nullable String rules, Map<String, String> params) {
    private static final String SECTION = "drop-in";

    DropInSettings {
        params = Map.copyOf(params);
    }

    static DropInSettings from(Settings all) {
        Settings settings = all.section(SECTION);
        Map<String, String> params = new HashMap<>();
        for (String key : new String[] {"mode", "schemes"}) {
            String value = settings.optionalText(key);
            if (value != null) {
                params.put(key, value);
            }
        }
        return new DropInSettings(settings.flag("enabled", true), settings.optionalText("rules"), params);
    }

    /** Where the application sets up its filters itself, nothing that is said about others may look as if it counted. */
    static void refuseUnused(Settings all) {
        boolean enabled = from(all).enabled();
        for (String key : all.keys(SECTION)) {
            if (enabled || !key.equals("enabled")) {
                throw all.section(SECTION)
                        .problem(
                                key,
                                "has no effect, because the application sets up its filters itself; allowed: no 'drop-in'"
                                        + " setting but 'drop-in.enabled = false'");
            }
        }
    }
}
