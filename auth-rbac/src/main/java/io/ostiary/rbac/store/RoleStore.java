package io.ostiary.rbac.store;

import java.util.Set;

/**
 * Keeps the roles that administrators give to single users while the application runs. Thread-safe. May block; throws
 * only for faults, which deny the request with 503. Every implementation passes the published contract tests.
 */
public interface RoleStore {
    /**
     * Returns the roles given to one user. Called for each request of an identity and never remembered by the caller, so
     * that a change acts on the very next request.
     *
     * @param user whose
     * @return unmodifiable; empty if none
     */
    Set<String> roles(UserKey user);

    /**
     * Returns everything at one moment.
     *
     * @return users and the epoch that {@link #replace} takes
     */
    RoleSnapshot snapshot();

    /**
     * Replaces the roles of one user, if nothing at all has changed since a snapshot. The epoch covers all users, because
     * some conditions do too: that an administrator is left, for one.
     *
     * @param epoch the snapshot's
     * @param user whose; need not be known before
     * @param roles all roles from now on; none removes the user
     * @return false, with nothing changed, if the epoch is not the current one; true if the change is kept, now under
     *     the epoch that follows
     */
    boolean replace(long epoch, UserKey user, Set<String> roles);
}
