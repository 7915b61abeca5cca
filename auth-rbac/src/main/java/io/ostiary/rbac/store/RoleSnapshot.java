package io.ostiary.rbac.store;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * All given roles at one moment.
 *
 * @param epoch grows by one with each change
 * @param users users with at least one role, and their roles
 */
public record RoleSnapshot(long epoch, Map<UserKey, Set<String>> users) {
    /** Copies; users without a role are left out. */
    public RoleSnapshot {
        Map<UserKey, Set<String>> copy = new HashMap<>();
        users.forEach((user, roles) -> {
            if (!roles.isEmpty()) {
                copy.put(user, Set.copyOf(roles));
            }
        });
        users = Map.copyOf(copy);
    }

    /**
     * Returns the roles of one user.
     *
     * @param user whose
     * @return unmodifiable; empty if none
     */
    public Set<String> roles(UserKey user) {
        return users.getOrDefault(user, Set.of());
    }

    /**
     * Returns what follows when one user's roles are replaced.
     *
     * @param user whose
     * @param roles all roles from then on
     * @return a snapshot with the next epoch
     */
    public RoleSnapshot with(UserKey user, Set<String> roles) {
        Map<UserKey, Set<String>> changed = new HashMap<>(users);
        changed.put(user, roles);
        return new RoleSnapshot(epoch + 1, changed);
    }
}
