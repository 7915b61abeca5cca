package io.ostiary.rbac.admin;

import io.ostiary.rbac.store.UserKey;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What came of an attempt to change somebody's roles; the line for the audit.
 *
 * @param time when
 * @param epoch the store's epoch that the change made, or that the refusal was judged by
 * @param actor who tried
 * @param user whose roles
 * @param before roles given by the store until then
 * @param after roles that were asked for
 * @param refusal null if the roles are now as asked for
 */
public record RoleChange(
        Instant time,
        long epoch,
        UserKey actor,
        UserKey user,
        Set<String> before,
        Set<String> after,
        @Nullable Refusal refusal) {

    /** Copies. */
    public RoleChange {
        before = Set.copyOf(before);
        after = Set.copyOf(after);
    }

    /** Why roles were not changed. */
    public enum Refusal {
        /** The actor does not hold the permission to change roles. */
        NOT_ALLOWED,
        /** A role is malformed or not declared. */
        UNKNOWN_ROLE,
        /** A role would be given or taken that the actor neither holds nor may give. */
        NOT_GRANTABLE,
        /** The user would exceed a static separation of duty. */
        SEPARATION,
        /** Nobody who may change roles would be left. */
        LAST_ADMIN,
        /** Others changed roles all the time; nothing was changed and the attempt may be repeated. */
        BUSY
    }

    /**
     * Tells whether the roles are now as asked for.
     *
     * @return true if so, also if they already were
     */
    public boolean done() {
        return refusal == null;
    }
}
