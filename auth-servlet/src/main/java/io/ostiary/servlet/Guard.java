package io.ostiary.servlet;

import io.ostiary.core.AnswerMode;
import io.ostiary.core.Answers;
import io.ostiary.core.AuthEngine;
import io.ostiary.core.Decision;
import io.ostiary.core.Policies;
import io.ostiary.core.Policy;
import io.ostiary.core.Reply;
import io.ostiary.core.runtime.Edges;
import io.ostiary.rbac.rules.Rules;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A filter's settings, compiled once: the request path reads no text.
 *
 * @param engine looks at the schemes that the filter names
 * @param policy what it takes
 * @param mode for whom it answers
 * @param answers how it answers
 * @param edges whom it believes about where a request is from, and what it says to caches
 * @param signIn names of servlets that serve the kit's own pages, where the filter's url-patterns cover them: who is sent
 *     to the login page must be able to see it
 */
record Guard(AuthEngine engine, Policy policy, AnswerMode mode, Answers answers, Edges edges, Set<String> signIn) {
    private static final Policy OPEN = Policies.permitAll();

    Set<String> schemes() {
        return engine.schemes();
    }

    /** What a request takes, which may depend on the servlet that the container chose. */
    Policy policyFor(HttpServletRequest request) {
        boolean annotated = policy instanceof AnnotationPolicy;
        if (!annotated && signIn.isEmpty()) {
            return policy;
        }
        HttpServletMapping mapping = request.getHttpServletMapping();
        if (mapping == null) {
            return annotated ? Policies.denyAll() : policy;
        }
        return policyFor(mapping.getServletName());
    }

    Policy policyFor(@Nullable String servlet) {
        if (servlet != null && signIn.contains(servlet)) {
            return OPEN;
        }
        return policy instanceof AnnotationPolicy annotations ? annotations.of(servlet) : policy;
    }

    /** A path that others may read differently is the fault of whoever sent it, whoever that is. */
    Reply reply(Decision decision, ServletAuthRequest view) {
        if (decision instanceof Decision.Forbidden forbidden
                && policy instanceof Rules
                && Rules.ambiguous(view.path())) {
            return Answers.problem(400, "ambiguous-path", "Bad Request", forbidden.id());
        }
        return answers.of(decision, view, mode);
    }
}
