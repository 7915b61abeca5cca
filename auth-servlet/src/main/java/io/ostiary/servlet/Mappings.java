package io.ostiary.servlet;

import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletRegistration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where filters and servlets are mapped, each place once. Some containers say null for none (Open Liberty, where the
 * interface promises an empty collection) or the same once for each dispatcher type (Undertow).
 */
final class Mappings {
    private Mappings() {}

    /** The url-patterns of a filter. */
    static List<String> patterns(FilterRegistration filter) {
        return each(filter.getUrlPatternMappings());
    }

    /** The names of the servlets that a filter is mapped to; {@code *} for all. */
    static List<String> servlets(FilterRegistration filter) {
        return each(filter.getServletNameMappings());
    }

    /** The url-patterns of a servlet. */
    static List<String> patterns(ServletRegistration servlet) {
        return each(servlet.getMappings());
    }

    private static List<String> each(@Nullable Collection<String> told) {
        return told == null ? List.of() : told.stream().distinct().toList();
    }
}
