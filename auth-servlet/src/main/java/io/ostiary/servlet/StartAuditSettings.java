package io.ostiary.servlet;

import io.ostiary.core.Secret;
import io.ostiary.core.config.Settings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How the start is looked over.
 *
 * @param mode {@code start.audit}: what to do with what is found
 * @param open {@code start.open}: url-patterns of servlets that are meant to be open to everybody
 * @param doubtful what is found in the settings themselves
 */
record StartAuditSettings(Mode mode, Set<String> open, List<String> doubtful) {
    private static final Set<String> SWITCHES = Set.of("headers.mode", "guard.path", "csrf.mode", "limits.mode");
    private static final Pattern EXAMPLE =
            Pattern.compile("change.?(me|it)|example|demo|secret|passw|test|dummy|sample|0123456789|abcdefgh");
    private static final int FEWEST_CHARACTERS = 10;

    enum Mode {
        WARN,
        REFUSE,
        OFF
    }

    StartAuditSettings {
        open = Set.copyOf(open);
        doubtful = List.copyOf(doubtful);
    }

    static StartAuditSettings from(Settings settings) {
        Mode mode = settings.oneOf("start.audit", Mode.class, Mode.WARN);
        Set<String> open = settings.set("start.open", Set.of());
        List<String> doubtful = new ArrayList<>();
        if (!settings.flag("development", false)) {
            doubtful.addAll(secrets(settings));
            SWITCHES.stream()
                    .sorted()
                    .filter(key -> "off".equals(settings.optionalText(key)))
                    .forEach(key -> doubtful.add("'" + key + "' is off: only for trying things out"));
        }
        return new StartAuditSettings(mode, open, doubtful);
    }

    private static List<String> secrets(Settings settings) {
        List<String> keys = new ArrayList<>(List.of("secret"));
        settings.names("oauth.provider").forEach(name -> keys.add("oauth.provider." + name + ".client-secret"));
        List<String> found = new ArrayList<>();
        for (String key : keys) {
            Secret secret = settings.secret(key, 1);
            if (secret != null && guessable(new String(secret.revealBytes(), StandardCharsets.UTF_8))) {
                found.add("'" + key + "' looks like one out of an example; make one: openssl rand -base64 32");
            }
        }
        return found;
    }

    private static boolean guessable(String secret) {
        return secret.chars().distinct().count() < FEWEST_CHARACTERS
                || EXAMPLE.matcher(secret.toLowerCase(Locale.ROOT)).find();
    }
}
