package io.ostiary.rbac.store;

import java.util.Map;
import java.util.Set;

/** Roles in memory: gone when the process ends, so for tests, demonstrations and single nodes that are seeded anew. */
public final class MemoryRoleStore implements RoleStore {
    private volatile RoleSnapshot current;

    /** Creates an empty store. */
    public MemoryRoleStore() {
        this(Map.of());
    }

    /**
     * Creates a store.
     *
     * @param users what it holds at first
     */
    public MemoryRoleStore(Map<UserKey, Set<String>> users) {
        current = new RoleSnapshot(0, users);
    }

    @Override
    public Set<String> roles(UserKey user) {
        return current.roles(user);
    }

    @Override
    public RoleSnapshot snapshot() {
        return current;
    }

    @Override
    public synchronized boolean replace(long epoch, UserKey user, Set<String> roles) {
        if (current.epoch() != epoch) {
            return false;
        }
        current = current.with(user, roles);
        return true;
    }
}
