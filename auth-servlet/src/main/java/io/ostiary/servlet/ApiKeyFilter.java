package io.ostiary.servlet;

/**
 * Lets callers with an API key through and looks at nothing else. Init-params: {@code scopes} (all of which the key must
 * have), {@code roles}, {@code match} and {@code hierarchy} as in {@link RoleRequiredFilter} (any key by default), {@code
 * mode} ({@code api} by default) and {@code schemes} ({@code apikey} by default; {@code signature} demands signed
 * requests). Init-params that are misspelt or contradictory stop the deployment. Thread-safe.
 */
public final class ApiKeyFilter extends AuthFilter {
    /** Made by the container. */
    public ApiKeyFilter() {
        super(GuardKind.API_KEY);
    }
}
