package io.ostiary.servlet;

import io.ostiary.core.Policies;
import io.ostiary.core.Policy;
import io.ostiary.core.config.ConfigurationException;
import io.ostiary.rbac.Rbac;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.lang.annotation.Annotation;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What each annotation means (Jakarta Annotations 2.1 sections 2.9 to 2.12). */
final class AnnotationReader {
    private static final String PACKAGE = "jakarta.annotation.security.";
    private static final Set<String> DECIDING =
            Set.of(PACKAGE + "RolesAllowed", PACKAGE + "PermitAll", PACKAGE + "DenyAll");

    private AnnotationReader() {}

    static Policy permission(RequiresPermission annotation, String place, Rbac rbac) {
        try {
            return rbac.permissions().requireAll(elements("@RequiresPermission", annotation.value(), place));
        } catch (ConfigurationException said) {
            throw said;
        } catch (IllegalArgumentException malformed) {
            throw new ConfigurationException(place + ": @RequiresPermission " + malformed.getMessage());
        }
    }

    /** Returns null for an annotation that says nothing about who may call. */
    static @Nullable Policy standard(Annotation annotation, String place, Rbac rbac) {
        // By name first: where the library is missing, the types below must not even be looked at.
        if (!DECIDING.contains(annotation.annotationType().getName())) {
            return null;
        }
        if (annotation instanceof RolesAllowed allowed) {
            return roles(elements("@RolesAllowed", allowed.value(), place), place, rbac);
        }
        if (annotation instanceof PermitAll) {
            return Policies.permitAll();
        }
        if (annotation instanceof DenyAll) {
            return Policies.denyAll();
        }
        throw new ConfigurationException(
                place + ": its annotation is of another copy of jakarta.annotation-api than the"
                        + " kit's; keep one copy on the class path");
    }

    static Policy joined(List<Policy> own, String place) {
        boolean whole = own.stream().anyMatch(policy -> isWhole(policy.toString()));
        if (whole && own.size() > 1) {
            throw new ConfigurationException(
                    place + ": @PermitAll and @DenyAll stand alone, but it has another annotation as well");
        }
        return own.stream().reduce(Policy::and).orElseThrow();
    }

    private static boolean isWhole(String text) {
        return text.equals(Policies.permitAll().toString())
                || text.equals(Policies.denyAll().toString());
    }

    private static Policy roles(Set<String> wanted, String place, Rbac rbac) {
        for (String role : wanted) {
            if (!rbac.roles().contains(role)) {
                throw new ConfigurationException(place + ": @RolesAllowed names the role '" + role
                        + "', which no 'rbac.' setting names; declare it in 'rbac.roles'; known are "
                        + (rbac.roles().isEmpty() ? "none" : String.join(", ", new TreeSet<>(rbac.roles()))));
            }
        }
        return Policies.anyRole(wanted);
    }

    private static Set<String> elements(String annotation, String[] names, String place) {
        Set<String> elements = new LinkedHashSet<>(List.of(names));
        if (elements.isEmpty()) {
            throw new ConfigurationException(place + ": " + annotation + " names nothing; to close it write @DenyAll");
        }
        return elements;
    }
}
