package io.ostiary.servlet;

import io.ostiary.core.AuthRequest;
import io.ostiary.core.Identity;
import io.ostiary.core.Policies;
import io.ostiary.core.Policy;
import io.ostiary.core.Verdict;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the annotations of servlet classes say. Only {@link #of} decides; asked without a servlet it denies.
 *
 * @param byServlet policies of annotated servlets and of the kit's own
 * @param known names of all servlets
 * @param others for servlets without annotation
 */
record AnnotationPolicy(Map<String, Policy> byServlet, Set<String> known, Policy others) implements Policy {
    AnnotationPolicy {
        byServlet = Map.copyOf(byServlet);
        known = Set.copyOf(known);
    }

    /** A servlet that was not there at the start was never looked at, so nobody gets there. */
    Policy of(@Nullable String servlet) {
        if (servlet == null || !known.contains(servlet)) {
            return Policies.denyAll();
        }
        return byServlet.getOrDefault(servlet, others);
    }

    @Override
    public Verdict evaluate(@Nullable Identity identity, AuthRequest request) {
        return Verdict.FORBIDDEN;
    }

    @Override
    public String toString() {
        return "annotations of servlet classes, others " + others;
    }
}
