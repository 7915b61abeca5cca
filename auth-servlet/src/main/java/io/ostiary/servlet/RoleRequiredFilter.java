package io.ostiary.servlet;

/**
 * Lets callers with a role through. Init-params: {@code roles} (required; names, comma separated), {@code match} ({@code any}n * or {@code all} of them; {@code any} by default), {@code mode} and {@code schemes} as in {@link LoginRequiredFilter}. Init-params that
 * are missing, misspelt or contradictory stop the deployment. Thread-safe.
 */
public final class RoleRequiredFilter extends AuthFilter {
    /** Made by the container. */
    public RoleRequiredFilter() {
        super(GuardKind.ROLE_REQUIRED);
    }
}
