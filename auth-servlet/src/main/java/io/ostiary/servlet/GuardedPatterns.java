package io.ostiary.servlet;

import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.List;

/** The url-patterns that guards are mapped to. */
final class GuardedPatterns {
    private GuardedPatterns() {}

    static List<String> of(ServletContext context) {
        List<String> patterns = new ArrayList<>();
        for (FilterRegistration filter : context.getFilterRegistrations().values()) {
            if (filter.getClassName() != null && GuardKind.of(filter.getClassName()) != null) {
                patterns.addAll(Mappings.patterns(filter));
            }
        }
        return patterns;
    }
}
