package io.ostiary.servlet;

import io.ostiary.core.AnswerMode;
import io.ostiary.core.AuthEngine;
import io.ostiary.core.Policies;
import io.ostiary.core.Policy;
import io.ostiary.core.config.ConfigurationException;
import io.ostiary.core.config.Settings;
import io.ostiary.core.runtime.Ostiary;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What each filter class makes of its init-params.
 *
 * @param filter the filter class
 * @param usualSchemes schemes that it looks at unless told otherwise, as far as they are set up
 * @param usualMode for whom it answers unless told otherwise
 * @param policy compiles its own init-params
 */
record GuardKind(Class<?> filter, Set<String> usualSchemes, AnswerMode usualMode, Function<Settings, Policy> policy) {
    private static final Set<String> PEOPLE = Set.of("session", "bearer");

    static final GuardKind LOGIN_REQUIRED =
            new GuardKind(LoginRequiredFilter.class, PEOPLE, AnswerMode.AUTO, settings -> Policies.authenticated());
    static final GuardKind ROLE_REQUIRED =
            new GuardKind(RoleRequiredFilter.class, PEOPLE, AnswerMode.AUTO, GuardKind::rolePolicy);
    static final GuardKind API_KEY =
            new GuardKind(ApiKeyFilter.class, Set.of("apikey"), AnswerMode.API, settings -> Policies.authenticated());

    private static final List<GuardKind> ALL = List.of(LOGIN_REQUIRED, ROLE_REQUIRED, API_KEY);

    private enum Match {
        ANY,
        ALL
    }

    static @Nullable GuardKind of(String className) {
        return ALL.stream()
                .filter(kind -> kind.filter.getName().equals(className))
                .findFirst()
                .orElse(null);
    }

    /** Compiles the init-params of one filter, or stops the start with the filter's name. */
    Guard compile(String filterName, Map<String, String> initParams, Ostiary ostiary) {
        String place = "filter '" + filterName + "' (web.xml)";
        Settings settings =
                Settings.builder().map(place, "init-param", initParams).build();
        Policy compiled = policy.apply(settings);
        AnswerMode mode = settings.oneOf("mode", AnswerMode.class, usualMode);
        AuthEngine engine = ostiary.engine().accepting(schemes(settings, place, ostiary.engine()));
        settings.refuseUnknown();
        return new Guard(engine, compiled, mode, ostiary.answers());
    }

    private Set<String> schemes(Settings settings, String place, AuthEngine engine) {
        Set<String> known = engine.schemes();
        Set<String> usual = usualSchemes.stream().filter(known::contains).collect(Collectors.toSet());
        if (usual.isEmpty() && !settings.has("schemes")) {
            throw new ConfigurationException(place + ": it looks at " + String.join(", ", new TreeSet<>(usualSchemes))
                    + ", but nothing of that kind is set up; set up are: " + String.join(", ", known)
                    + (usualSchemes.contains("apikey") ? "; for API keys set 'apikey.file'" : ""));
        }
        return settings.setOf("schemes", known, usual);
    }

    private static Policy rolePolicy(Settings settings) {
        Set<String> roles = settings.requiredSet("roles", "one or more role names, comma separated");
        return settings.oneOf("match", Match.class, Match.ANY) == Match.ANY
                ? Policies.anyRole(roles)
                : Policies.allRoles(roles);
    }
}
