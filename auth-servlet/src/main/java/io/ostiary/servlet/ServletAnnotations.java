package io.ostiary.servlet;

import io.ostiary.core.Policies;
import io.ostiary.core.Policy;
import io.ostiary.core.config.ConfigurationException;
import io.ostiary.rbac.Rbac;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the annotations of all servlet classes, at the start only. */
final class ServletAnnotations {
    private static final String ROLES_ALLOWED = "jakarta.annotation.security.RolesAllowed";

    private ServletAnnotations() {}

    /** Whether the application can see the standard annotations; Java drops those that it cannot see. */
    static boolean readable(ServletContext context) {
        return load(ROLES_ALLOWED, context) != null;
    }

    static AnnotationPolicy policy(ServletContext context, Rbac rbac, Policy others) {
        Map<String, Policy> policies = read(context, rbac);
        for (ServletRegistration servlet : context.getServletRegistrations().values()) {
            if (AuthServlet.class.getName().equals(servlet.getClassName())) {
                policies.put(servlet.getName(), Policies.permitAll());
            }
        }
        return new AnnotationPolicy(policies, context.getServletRegistrations().keySet(), others);
    }

    /** An annotation that nothing enforces is worse than none. */
    static void refuseUncovered(ServletContext context, Rbac rbac) {
        Set<String> annotated = read(context, rbac).keySet();
        for (ServletRegistration servlet : context.getServletRegistrations().values()) {
            for (String pattern :
                    annotated.contains(servlet.getName()) ? Mappings.patterns(servlet) : Set.<String>of()) {
                boolean covered = context.getFilterRegistrations().values().stream()
                        .filter(filter -> AnnotationFilter.class.getName().equals(filter.getClassName()))
                        .anyMatch(filter -> covers(filter, servlet.getName(), pattern));
                if (!covered) {
                    throw new ConfigurationException(place(servlet) + ": its annotation is not enforced at '" + pattern
                            + "'; map filter '" + AnnotationFilter.class.getName() + "' to '/*'");
                }
            }
        }
    }

    private static boolean covers(FilterRegistration filter, String servlet, String pattern) {
        Collection<String> names = Mappings.servlets(filter);
        return names.contains(servlet)
                || names.contains("*")
                || Mappings.patterns(filter).stream().anyMatch(own -> UrlPatterns.covers(own, pattern));
    }

    private static Map<String, Policy> read(ServletContext context, Rbac rbac) {
        Map<String, Policy> policies = new HashMap<>();
        for (ServletRegistration servlet : context.getServletRegistrations().values()) {
            Class<?> type = load(servlet.getClassName(), context);
            Policy policy = type == null ? null : policy(type, place(servlet), rbac);
            if (policy != null) {
                policies.put(servlet.getName(), policy);
            }
        }
        return policies;
    }

    /** The nearest class that says anything decides, so that a subclass does not open what its parent closes. */
    private static @Nullable Policy policy(Class<?> type, String place, Rbac rbac) {
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            List<Policy> own = new ArrayList<>();
            for (var annotation : each.getDeclaredAnnotations()) {
                Policy policy = annotation instanceof RequiresPermission permission
                        ? AnnotationReader.permission(permission, place, rbac)
                        : AnnotationReader.standard(annotation, place, rbac);
                if (policy != null) {
                    own.add(policy);
                }
            }
            if (!own.isEmpty()) {
                return AnnotationReader.joined(own, place);
            }
        }
        return null;
    }

    /** A class that the application cannot load has none of its annotations, and cannot serve either. */
    private static @Nullable Class<?> load(@Nullable String name, ServletContext context) {
        ClassLoader loader = context.getClassLoader();
        ClassLoader own = ServletAnnotations.class.getClassLoader(); // an embedded application may have none
        try {
            return name == null ? null : Class.forName(name, false, loader == null ? own : loader);
        } catch (ClassNotFoundException | LinkageError absent) {
            return null;
        }
    }

    private static String place(ServletRegistration servlet) {
        return "servlet '" + servlet.getName() + "' (" + servlet.getClassName() + ")";
    }
}
