package io.ostiary.servlet;

/**
 * Lets through what a rules file permits and nothing else. Init-params: {@code rules} (required; a file below
 * {@code /WEB-INF/} or an absolute path), {@code mode} and {@code schemes} as in {@link LoginRequiredFilter}. A path that
 * others may read differently is answered with 400. A mistake in the file stops the deployment with file and line.
 * Thread-safe.
 */
public final class RulesFilter extends AuthFilter {
    /** Made by the container. */
    public RulesFilter() {
        super(GuardKind.RULES);
    }
}
