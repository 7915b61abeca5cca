package io.ostiary.servlet;

import io.ostiary.core.AnswerMode;
import io.ostiary.core.AuthEngine;
import io.ostiary.core.Policy;
import io.ostiary.core.config.ConfigurationException;
import io.ostiary.core.config.Settings;
import io.ostiary.core.runtime.Ostiary;
import io.ostiary.rbac.rules.Rules;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What each filter class makes of its init-params.
 *
 * @param filter the filter class
 * @param usualSchemes schemes that it looks at unless told otherwise, as far as they are set up
 * @param usualMode for whom it answers unless told otherwise
 * @param policy compiles its own init-params
 */
record GuardKind(Class<?> filter, Set<String> usualSchemes, AnswerMode usualMode, Function<Init, Policy> policy) {
    private static final Set<String> PEOPLE = Set.of("session", "bearer");

    static final GuardKind LOGIN_REQUIRED = forPeople(LoginRequiredFilter.class, GuardPolicies::login);
    static final GuardKind ROLE_REQUIRED = forPeople(RoleRequiredFilter.class, GuardPolicies::roles);
    static final GuardKind PERMISSION_REQUIRED = forPeople(PermissionRequiredFilter.class, GuardPolicies::permissions);
    static final GuardKind RULES = forPeople(RulesFilter.class, GuardPolicies::rules);
    static final GuardKind ANNOTATIONS = forPeople(AnnotationFilter.class, GuardPolicies::annotations);
    static final GuardKind API_KEY =
            new GuardKind(ApiKeyFilter.class, Set.of("apikey"), AnswerMode.API, GuardPolicies::apiKey);

    private static final List<GuardKind> ALL =
            List.of(LOGIN_REQUIRED, ROLE_REQUIRED, PERMISSION_REQUIRED, RULES, ANNOTATIONS, API_KEY);

    /**
     * What a filter's policy is made of.
     *
     * @param place where the filter is declared, for messages
     * @param settings its init-params
     * @param context the application
     * @param running what the application runs with
     */
    record Init(String place, Settings settings, ServletContext context, Running running) {}

    private static GuardKind forPeople(Class<?> filter, Function<Init, Policy> policy) {
        return new GuardKind(filter, PEOPLE, AnswerMode.AUTO, policy);
    }

    static Stream<Class<?>> filters() {
        return ALL.stream().map(GuardKind::filter);
    }

    static @Nullable GuardKind of(String className) {
        return ALL.stream()
                .filter(kind -> kind.filter.getName().equals(className))
                .findFirst()
                .orElse(null);
    }

    /** Where a filter is declared, for messages. */
    static String place(String filterName) {
        return "filter '" + filterName + "' (" + (filterName.equals(DropIn.RULES) ? "drop-in" : "web.xml") + ")";
    }

    /** Compiles the init-params of one filter, or stops the start with the filter's name. */
    Guard compile(String filterName, Map<String, String> initParams, ServletContext context, Running running) {
        String place = place(filterName);
        Settings settings =
                Settings.builder().map(place, "init-param", initParams).build();
        for (String demand : List.of("roles", "scopes", "permissions")) {
            if (initParams.containsKey(demand)
                    && !settings.has(demand)) { // a placeholder without a value opens nothing
                throw settings.problem(demand, "has no value; allowed: at least one, or no such init-param");
            }
        }
        Ostiary ostiary = running.ostiary();
        Policy compiled = policy.apply(new Init(place, settings, context, running));
        AnswerMode mode = settings.oneOf("mode", AnswerMode.class, usualMode);
        AuthEngine engine = ostiary.engine().accepting(schemes(settings, place, ostiary.engine()));
        settings.refuseUnknown();
        Set<String> signIn = compiled instanceof Rules ? Set.of() : signIn(filterName, context, ostiary);
        return new Guard(engine, compiled, mode, ostiary.answers(), ostiary.edges(), signIn);
    }

    /** A rules file says itself what is open, and stops the start if the sign-in pages are not. */
    private static Set<String> signIn(String filterName, ServletContext context, Ostiary ostiary) {
        FilterRegistration filter = context.getFilterRegistration(filterName);
        String path = ostiary.endpoints().path();
        boolean covers = filter != null
                && Mappings.patterns(filter).stream()
                        .anyMatch(pattern -> pattern.equals("/*") || pattern.startsWith(path));
        return !covers
                ? Set.of()
                : context.getServletRegistrations().values().stream()
                        .filter(servlet -> AuthServlet.class.getName().equals(servlet.getClassName()))
                        .map(ServletRegistration::getName)
                        .collect(Collectors.toUnmodifiableSet());
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
}
