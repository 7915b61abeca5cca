package io.ostiary.servlet;

/**
 * Lets authenticated callers through. Init-params: {@code mode} ({@code auto}, {@code browser} or {@code api}; {@code auto} byn * default) and {@code schemes} (which kinds of credential count; {@code session} and {@code bearer} by default). Init-params that
 * are missing, misspelt or contradictory stop the deployment. Thread-safe.
 */
public final class LoginRequiredFilter extends AuthFilter {
    /** Made by the container. */
    public LoginRequiredFilter() {
        super(GuardKind.LOGIN_REQUIRED);
    }
}
