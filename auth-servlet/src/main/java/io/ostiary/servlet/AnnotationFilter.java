package io.ostiary.servlet;

/**
 * Enforces {@code @RolesAllowed}, {@code @PermitAll}, {@code @DenyAll} (Jakarta Annotations) and
 * {@link RequiresPermission} on servlet classes; map it to {@code /*}. Init-params: {@code others} ({@code deny} or
 * {@code permit}: servlets without annotation, among them the one for static files; {@code deny} by default),
 * {@code mode} and {@code schemes} as in {@link LoginRequiredFilter}. Annotations that are contradictory, name unknown
 * roles, or stand on a servlet that no such filter covers stop the deployment. Thread-safe.
 */
public final class AnnotationFilter extends AuthFilter {
    /** Made by the container. */
    public AnnotationFilter() {
        super(GuardKind.ANNOTATIONS);
    }
}
