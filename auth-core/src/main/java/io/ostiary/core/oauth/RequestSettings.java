package io.ostiary.core.oauth;

import io.ostiary.core.config.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a login request asks for beside the usual.
 *
 * @param formPost whether the answer comes as a POST
 * @param push when the request is pushed (RFC 9126)
 * @param maxAge how old the person's last proof may be; null for any age
 * @param acrValues accepted classes of proof, best first; empty for any
 * @param parameters further parameters
 */
record RequestSettings(
        boolean formPost,
        Push push,
        @Nullable Duration maxAge,
        List<String> acrValues,
        Map<String, String> parameters) {
    private static final Duration MAX_AGE_LIMIT = Duration.ofDays(90);
    private static final Set<String> OURS = Set.of(
            "response_type",
            "response_mode",
            "client_id",
            "client_secret",
            "redirect_uri",
            "scope",
            "state",
            "nonce",
            "code_challenge",
            "code_challenge_method",
            "request",
            "request_uri",
            "prompt",
            "max_age",
            "acr_values",
            "login_hint",
            "id_token_hint");

    RequestSettings {
        acrValues = List.copyOf(acrValues);
        parameters = Map.copyOf(parameters);
    }

    /** How the provider answers. */
    enum Mode {
        QUERY,
        FORM_POST
    }

    /** When a request is pushed. */
    enum Push {
        /** When the provider offers it. */
        AUTO,
        ALWAYS,
        NEVER
    }

    static RequestSettings from(Settings section, Preset preset) {
        Map<String, String> parameters = parameters(section);
        boolean formPost = section.oneOf("response-mode", Mode.class, Mode.QUERY) == Mode.FORM_POST;
        if (formPost) {
            parameters.put("response_mode", "form_post");
        }
        Set<String> prompt =
                section.setOf("prompt", new LinkedHashSet<>(List.of("login", "consent", "select_account")), Set.of());
        if (!prompt.isEmpty()) {
            parameters.put("prompt", String.join(" ", prompt));
        }
        Duration maxAge = null;
        List<String> acrValues = List.of();
        if (preset.openId()) {
            maxAge = maxAge(section);
            acrValues = new ArrayList<>(section.set("acr-values", Set.of()));
        }
        if (maxAge != null) {
            parameters.put("max_age", Long.toString(maxAge.toSeconds()));
        }
        if (!acrValues.isEmpty()) {
            parameters.put("acr_values", String.join(" ", acrValues));
        }
        Push push = section.oneOf("pushed-requests", Push.class, Push.AUTO);
        return new RequestSettings(formPost, push, maxAge, acrValues, parameters);
    }

    private static @Nullable Duration maxAge(Settings section) {
        Duration age = section.duration("max-age", MAX_AGE_LIMIT.plusDays(1), Duration.ZERO, MAX_AGE_LIMIT);
        return age.compareTo(MAX_AGE_LIMIT) > 0 ? null : age;
    }

    private static Map<String, String> parameters(Settings section) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : section.set("parameters", Set.of())) {
            int equals = pair.indexOf('=');
            String name = equals < 1 ? "" : pair.substring(0, equals);
            if (!name.matches("[A-Za-z0-9_.-]{1,64}") || OURS.contains(name)) {
                throw section.problem(
                        "parameters",
                        "has '" + pair + "'; allowed: name=value, comma separated, without the parameters that have a"
                                + " setting of their own or belong to the protocol, for example hd=example.com");
            }
            parameters.put(name, pair.substring(equals + 1));
        }
        return parameters;
    }
}
