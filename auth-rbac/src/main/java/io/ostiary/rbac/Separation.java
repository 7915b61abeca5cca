package io.ostiary.rbac;

import java.util.Set;
import java.util.TreeSet;

/**
 * Roles of which nobody may have more than a few (NIST RBAC, separation of duty).
 *
 * @param name what settings call it
 * @param kind whether having or using them is limited
 * @param roles at least two
 * @param atMost how many of them are allowed; fewer than there are
 */
record Separation(String name, Kind kind, Set<String> roles, int atMost) {
    /** When the limit counts. */
    enum Kind {
        /** Nobody may have more of the roles, at any time. */
        STATIC,
        /** Somebody may have more of the roles, but not use them in the same session. */
        DYNAMIC
    }

    Separation {
        roles = Set.copyOf(roles);
    }

    boolean violatedBy(Set<String> effective) {
        int held = 0;
        for (String role : roles) {
            held += effective.contains(role) ? 1 : 0;
        }
        return held > atMost;
    }

    boolean touches(Set<String> effective) {
        return roles.stream().anyMatch(effective::contains);
    }

    @Override
    public String toString() {
        return "'" + name + "' (at most " + atMost + " of " + String.join(", ", new TreeSet<>(roles)) + ")";
    }
}
