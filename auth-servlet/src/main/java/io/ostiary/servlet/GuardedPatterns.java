package io.ostiary.servlet;

import io.ostiary.core.config.Settings;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The paths that guards protect. */
final class GuardedPatterns {
    private GuardedPatterns() {}

    /** What guards are mapped to. */
    static List<String> of(ServletContext context) {
        List<String> patterns = new ArrayList<>();
        for (FilterRegistration filter : context.getFilterRegistrations().values()) {
            if (kind(filter) != null) {
                patterns.addAll(Mappings.patterns(filter));
            }
        }
        return patterns;
    }

    /** The same, what rules files name, and what the servlets are mapped to that guards are mapped to by name. */
    static List<String> of(ServletContext context, Running running) {
        List<String> patterns = new ArrayList<>(of(context));
        for (FilterRegistration filter : context.getFilterRegistrations().values()) {
            GuardKind kind = kind(filter);
            if (RulesFilter.class.getName().equals(filter.getClassName())) {
                patterns.addAll(rules(filter, context, running));
            }
            for (String name : kind == null ? List.<String>of() : Mappings.servlets(filter)) {
                ServletRegistration servlet = context.getServletRegistration(name);
                patterns.addAll(servlet == null ? List.of() : Mappings.patterns(servlet));
            }
        }
        return patterns;
    }

    /** A mistake in them stops the start here as it would there. */
    private static List<String> rules(FilterRegistration filter, ServletContext context, Running running) {
        String place = GuardKind.place(filter.getName());
        Settings params = Settings.builder()
                .map(place, "init-param", filter.getInitParameters())
                .build();
        return GuardPolicies.rules(new GuardKind.Init(place, params, context, running))
                .guardedPatterns();
    }

    private static @Nullable GuardKind kind(FilterRegistration filter) {
        return filter.getClassName() == null ? null : GuardKind.of(filter.getClassName());
    }
}
