package io.ostiary.rbac.rules;

import io.ostiary.core.Identity;
import io.ostiary.core.Policy;
import io.ostiary.rbac.Rbac;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a rule takes.
 *
 * @param open whether it takes nothing
 * @param policy decides
 * @param roles that the requirement names
 * @param permissions that the requirement names
 */
record Requirement(boolean open, Policy policy, Set<String> roles, Set<String> permissions) {
    Requirement {
        roles = Set.copyOf(roles);
        permissions = Set.copyOf(permissions);
    }

    /** Says of each role and permission in it whether somebody has it, and by which roles it could be had. */
    List<String> account(Identity identity, Rbac rbac) {
        List<String> lines = new ArrayList<>();
        for (String role : new TreeSet<>(roles)) {
            lines.add("role " + role + ": " + (identity.hasRole(role) ? "held" : "not held"));
        }
        for (String permission : new TreeSet<>(permissions)) {
            List<String> with = rbac.permissions().rolesWith(permission);
            lines.add("permission " + permission + ": "
                    + (rbac.permissions().holds(identity, permission) ? "held" : "not held") + "; it comes with "
                    + (with.isEmpty() ? "no role" : "the roles " + String.join(", ", with)));
        }
        return lines;
    }
}
