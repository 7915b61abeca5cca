package io.ostiary.servlet;

/**
 * Lets callers with a permission through. Init-params: either {@code permissions} (names, comma separated) with
 * {@code match} ({@code any} or {@code all} of them; {@code any} by default), or {@code methods} (for example
 * {@code GET=report.read POST=report.write}; other methods are forbidden); {@code mode} and {@code schemes} as in
 * {@link LoginRequiredFilter}. Init-params that are missing, misspelt or contradictory stop the deployment. Thread-safe.
 */
public final class PermissionRequiredFilter extends AuthFilter {
    /** Made by the container. */
    public PermissionRequiredFilter() {
        super(GuardKind.PERMISSION_REQUIRED);
    }
}
