package io.ostiary.servlet;

/**
 * Lets callers with a role through. Init-params: {@code roles} (required; names, comma separated), {@code match} ({@code any}
 * or {@code all} of them; {@code any} by default), {@code hierarchy} ({@code true} by default; {@code false} wants the role
 * itself and not one that implies it, and needs the setting {@code rbac.keep-given}), {@code mode} and {@code schemes} as in
 * {@link LoginRequiredFilter}. Init-params that are missing, misspelt or contradictory stop the deployment. Thread-safe.
 */
public final class RoleRequiredFilter extends AuthFilter {
    /** Made by the container. */
    public RoleRequiredFilter() {
        super(GuardKind.ROLE_REQUIRED);
    }
}
