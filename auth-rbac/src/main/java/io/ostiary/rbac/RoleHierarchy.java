package io.ostiary.rbac;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which role implies which others: a directed graph without cycles (NIST RBAC, general hierarchy). Immutable and
 * thread-safe; what each role implies is worked out once, when the hierarchy is made. Names count exactly as spelt.
 */
public final class RoleHierarchy {
    private static final int REMEMBERED_SETS = 1_024;

    /** For each role that implies others: itself and all that it implies. */
    private final Map<String, Set<String>> closures;

    private final Set<String> roles;
    private final BoundedMemo<Set<String>, Set<String>> memo = new BoundedMemo<>(REMEMBERED_SETS, this::union);

    private RoleHierarchy(Map<String, Set<String>> closures, Set<String> roles) {
        this.closures = closures;
        this.roles = roles;
    }

    /**
     * Nothing implies anything.
     *
     * @return a hierarchy without roles
     */
    public static RoleHierarchy none() {
        return new RoleHierarchy(Map.of(), Set.of());
    }

    /**
     * Reads a text such as {@code admin > editor > viewer; auditor > viewer}.
     *
     * @param text chains from senior to junior, separated by semicolons
     * @return the hierarchy
     * @throws IllegalArgumentException if a chain is empty or of one role, a name is malformed, or there is a cycle; the
     *     message says what and what is allowed
     */
    public static RoleHierarchy parse(String text) {
        return of(HierarchyText.parse(text));
    }

    /**
     * Takes the direct juniors of each senior role.
     *
     * @param juniors senior role to the roles directly below it
     * @return the hierarchy
     * @throws IllegalArgumentException if a name is malformed or there is a cycle
     */
    public static RoleHierarchy of(Map<String, Set<String>> juniors) {
        Set<String> roles = new HashSet<>(juniors.keySet());
        juniors.values().forEach(roles::addAll);
        String malformed = RoleNames.malformed(roles);
        if (malformed != null) {
            throw new IllegalArgumentException("has the name '" + malformed + "'; " + RoleNames.FORM);
        }
        Map<String, Set<String>> closures = new HashMap<>();
        for (String senior : new TreeSet<>(juniors.keySet())) {
            close(senior, juniors, closures, new ArrayList<>());
        }
        closures.values().removeIf(closure -> closure.size() == 1);
        return new RoleHierarchy(Map.copyOf(closures), Set.copyOf(roles));
    }

    /**
     * Returns every role that the hierarchy names.
     *
     * @return unmodifiable
     */
    public Set<String> roles() {
        return roles;
    }

    /**
     * Adds all implied roles. Sets asked for before are not worked out again.
     *
     * @param held roles, also ones that the hierarchy does not name
     * @return unmodifiable; the very set passed in if it is unmodifiable and implies nothing more
     */
    public Set<String> closure(Set<String> held) {
        Set<String> key = Set.copyOf(held);
        return closures.isEmpty() ? key : memo.get(key);
    }

    /**
     * Tells whether one role implies another.
     *
     * @param senior role that is held
     * @param junior role that is asked for
     * @return true if they are equal or the first is above the second
     */
    public boolean implies(String senior, String junior) {
        return senior.equals(junior) || closures.getOrDefault(senior, Set.of()).contains(junior);
    }

    int remembered() {
        return memo.size();
    }

    private Set<String> union(Set<String> held) {
        Set<String> all = new HashSet<>(held);
        for (String role : held) {
            all.addAll(closures.getOrDefault(role, Set.of()));
        }
        return all.size() == held.size() ? held : Set.copyOf(all);
    }

    private static Set<String> close(
            String role, Map<String, Set<String>> juniors, Map<String, Set<String>> closures, List<String> above) {
        Set<String> known = closures.get(role);
        if (known != null) {
            return known;
        }
        int start = above.indexOf(role);
        above.add(role);
        if (start >= 0) {
            throw new IllegalArgumentException(
                    "has the cycle " + String.join(" > ", above.subList(start, above.size())));
        }
        Set<String> all = new HashSet<>(Set.of(role));
        for (String junior : new TreeSet<>(juniors.getOrDefault(role, Set.of()))) {
            all.addAll(close(junior, juniors, closures, above));
        }
        above.remove(above.size() - 1);
        closures.put(role, Collections.unmodifiableSet(all));
        return all;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RoleHierarchy that && closures.equals(that.closures) && roles.equals(that.roles);
    }

    @Override
    public int hashCode() {
        return closures.hashCode();
    }

    /** Shows each role with all that it implies. */
    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        for (String senior : new TreeSet<>(closures.keySet())) {
            Set<String> below = new TreeSet<>(closures.getOrDefault(senior, Set.of()));
            below.remove(senior);
            lines.add(senior + " > " + String.join(", ", below));
        }
        return String.join("; ", lines);
    }
}
