package io.ostiary.rbac.rules;

import io.ostiary.core.Policies;
import io.ostiary.core.Policy;
import io.ostiary.rbac.Rbac;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads {@code role admin, editor and permission report.read}. Not thread-safe; one object for each requirement. */
final class RequirementText {
    private static final String ALLOWED =
            "allowed: permit, deny, authenticated, role A, B (any of them), all-roles A, B,"
                    + " permission X, Y (any of them), all-permissions X, Y; several joined by 'and'";
    private final Rbac rbac;
    private final Set<String> roles = new HashSet<>();
    private final Set<String> permissions = new HashSet<>();

    private RequirementText(Rbac rbac) {
        this.rbac = rbac;
    }

    /** Throws IllegalArgumentException with what is wrong. The text has single blanks only. */
    static Requirement parse(String text, Rbac rbac) {
        RequirementText reader = new RequirementText(rbac);
        return switch (text) {
            case "permit" -> new Requirement(true, Policies.permitAll(), Set.of(), Set.of());
            case "deny" -> new Requirement(false, Policies.denyAll(), Set.of(), Set.of());
            default -> reader.conjunction(text);
        };
    }

    private Requirement conjunction(String text) {
        Policy all = null;
        for (String clause : text.split(" and ", -1)) {
            Policy policy = clause(clause);
            all = all == null ? policy : all.and(policy);
        }
        if (all == null) {
            throw new IllegalStateException("a text always has a first clause");
        }
        return new Requirement(false, all, roles, permissions);
    }

    private Policy clause(String clause) {
        if (clause.equals("authenticated")) {
            return Policies.authenticated();
        }
        int blank = clause.indexOf(' ');
        String word = blank < 0 ? clause : clause.substring(0, blank);
        String list = blank < 0 ? "" : clause.substring(blank + 1);
        Policy policy = switch (word) {
            case "role" -> Policies.anyRole(roles(word, list));
            case "all-roles" -> Policies.allRoles(roles(word, list));
            case "permission" -> any(permissions(word, list));
            case "all-permissions" -> rbac.permissions().requireAll(permissions(word, list));
            default -> null;
        };
        return known(policy, clause);
    }

    private static Policy known(@Nullable Policy policy, String clause) {
        if (policy == null) {
            throw new IllegalArgumentException("the requirement '" + clause + "' is not known; " + ALLOWED);
        }
        return policy;
    }

    private Policy any(Set<String> wanted) {
        return wanted.size() == 1
                ? rbac.permissions().require(wanted.iterator().next())
                : rbac.permissions().requireAny(wanted);
    }

    private Set<String> roles(String word, String list) {
        Set<String> wanted = elements(word, list);
        for (String role : wanted) {
            if (!rbac.roles().contains(role)) {
                throw new IllegalArgumentException("names the role '" + role
                        + "', which no 'rbac.' setting names; declare it in 'rbac.roles'; known are "
                        + (rbac.roles().isEmpty() ? "none" : String.join(", ", new TreeSet<>(rbac.roles()))));
            }
        }
        roles.addAll(wanted);
        return wanted;
    }

    private Set<String> permissions(String word, String list) {
        Set<String> wanted = elements(word, list);
        permissions.addAll(wanted);
        return wanted;
    }

    private static Set<String> elements(String word, String list) {
        Set<String> elements = new LinkedHashSet<>();
        for (String part : list.split(",", -1)) {
            String element = part.strip();
            if (element.isEmpty()) {
                throw new IllegalArgumentException("'" + word + "' has an empty name; " + ALLOWED);
            }
            if (!elements.add(element)) {
                throw new IllegalArgumentException("'" + word + "' names '" + element + "' twice");
            }
        }
        return elements;
    }
}
