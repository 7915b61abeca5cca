package io.ostiary.servlet;

/**
 * Lets authenticated callers through. Init-params: {@code mode} ({@code auto}, {@code browser} or {@code api}; {@code auto} by
 * default), {@code schemes} (which kinds of credential count; {@code session} and {@code bearer} by default), {@code
 * max-age} (how long ago they may have proven who they are, for example {@code 5m}; not limited by default) and {@code amr}
 * (methods, one of which they must have proven it by; any by default). Whoever falls short of the last two is asked to log
 * in again (RFC 9470). Init-params that are missing, misspelt or contradictory stop the deployment. Thread-safe.
 */
public final class LoginRequiredFilter extends AuthFilter {
    /** Made by the container. */
    public LoginRequiredFilter() {
        super(GuardKind.LOGIN_REQUIRED);
    }
}
