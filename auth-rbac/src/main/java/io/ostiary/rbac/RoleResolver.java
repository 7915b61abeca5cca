package io.ostiary.rbac;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From roles that were given to roles that count: adds what they imply, then holds separation of duty against the
 * result. Where a limit is exceeded none of the roles in it counts, and none that implies one of them: nobody can tell
 * which of them was meant, so the answer is the smaller set.
 */
final class RoleResolver {
    private static final int REMEMBERED_SETS = 1_024;
    private final RoleHierarchy hierarchy;
    private final List<Separation> separations;
    private final BoundedMemo<Asked, Set<String>> memo =
            new BoundedMemo<>(REMEMBERED_SETS, asked -> separated(asked.assigned(), asked.chosen()));

    private record Asked(Set<String> assigned, Set<String> chosen) {}

    RoleResolver(RoleHierarchy hierarchy, List<Separation> separations) {
        this.hierarchy = hierarchy;
        this.separations = List.copyOf(separations);
    }

    /** The chosen roles matter only where a dynamic limit is exceeded; they add nothing that was not given. */
    Set<String> effective(Set<String> assigned, Set<String> chosen) {
        return separations.isEmpty()
                ? hierarchy.closure(assigned)
                : memo.get(new Asked(Set.copyOf(assigned), Set.copyOf(chosen)));
    }

    /** Returns a limit of this kind that the roles exceed with all that they imply, or null. */
    @Nullable
    Separation violated(Set<String> assigned, Separation.Kind kind) {
        Set<String> closed = hierarchy.closure(assigned);
        for (Separation separation : separations) {
            if (separation.kind() == kind && separation.violatedBy(closed)) {
                return separation;
            }
        }
        return null;
    }

    private Set<String> separated(Set<String> assigned, Set<String> chosen) {
        Set<String> allowed = without(assigned, Separation.Kind.STATIC);
        Set<String> closed = hierarchy.closure(allowed);
        Set<String> untouched = without(allowed, Separation.Kind.DYNAMIC);
        if (untouched.size() == allowed.size()) {
            return closed;
        }
        Set<String> active = new HashSet<>(chosen);
        active.retainAll(closed);
        active.addAll(untouched);
        return hierarchy.closure(without(active, Separation.Kind.DYNAMIC));
    }

    /** Leaves out every role that meets an exceeded limit. */
    private Set<String> without(Set<String> assigned, Separation.Kind kind) {
        Set<String> closed = hierarchy.closure(assigned);
        Set<String> left = new HashSet<>(assigned);
        for (Separation separation : separations) {
            if (separation.kind() == kind && separation.violatedBy(closed)) {
                left.removeIf(role -> separation.touches(hierarchy.closure(Set.of(role))));
            }
        }
        return left;
    }
}
