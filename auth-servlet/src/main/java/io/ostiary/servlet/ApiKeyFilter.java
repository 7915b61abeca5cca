package io.ostiary.servlet;

/**
 * Lets callers with an API key through and looks at nothing else. Init-params: {@code mode} ({@code api} by default) andn * {@code schemes} ({@code apikey} by default). Init-params that
 * are missing, misspelt or contradictory stop the deployment. Thread-safe.
 */
public final class ApiKeyFilter extends AuthFilter {
    /** Made by the container. */
    public ApiKeyFilter() {
        super(GuardKind.API_KEY);
    }
}
