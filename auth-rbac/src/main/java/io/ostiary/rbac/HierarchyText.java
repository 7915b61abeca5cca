package io.ostiary.rbac;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads {@code admin > editor > viewer; auditor > viewer}. */
final class HierarchyText {
    private static final String ALLOWED =
            "; allowed: chains of at least two roles such as 'admin > editor > viewer', separated by ';'";

    private HierarchyText() {}

    /** Returns the direct juniors of each role; throws IllegalArgumentException with what is wrong. */
    static Map<String, Set<String>> parse(String text) {
        Map<String, Set<String>> juniors = new LinkedHashMap<>();
        for (String chain : text.split(";", -1)) {
            List<String> roles = chain(chain.strip());
            for (int i = 0; i + 1 < roles.size(); i++) {
                juniors.computeIfAbsent(roles.get(i), unused -> new LinkedHashSet<>())
                        .add(roles.get(i + 1));
            }
        }
        return juniors;
    }

    private static List<String> chain(String chain) {
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("has an empty chain" + ALLOWED);
        }
        List<String> roles = new ArrayList<>();
        for (String part : chain.split(">", -1)) {
            String role = part.strip();
            if (!RoleNames.wellFormed(role)) {
                throw new IllegalArgumentException(
                        "has the chain '" + chain + "' with the name '" + role + "'; " + RoleNames.FORM);
            }
            roles.add(role);
        }
        if (roles.size() < 2) {
            throw new IllegalArgumentException("has the chain '" + chain + "' of one role" + ALLOWED);
        }
        return roles;
    }
}
