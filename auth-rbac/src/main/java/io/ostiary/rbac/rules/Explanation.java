package io.ostiary.rbac.rules;

import io.ostiary.core.Identity;
import io.ostiary.core.Policy;
import io.ostiary.core.Verdict;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Why a request would be granted or refused, found by the very objects that decide requests. For people who run the
 * application; it names roles and rules, so it is never sent to the caller.
 *
 * @param verdict what the rules say
 * @param decidedBy what decides: file and line of a rule, or a filter; null if nothing does, which denies
 *     where there are rules
 * @param steps what was looked at, in order, one sentence each
 */
public record Explanation(Verdict verdict, @Nullable String decidedBy, List<String> steps) {
    /** Copies. */
    public Explanation {
        steps = List.copyOf(steps);
    }

    /**
     * Explains any policy by asking it.
     *
     * @param policy decides; {@link Rules} also say by which line
     * @param method HTTP method
     * @param path canonical path inside the application
     * @param identity with its effective roles; null for nobody
     * @return the verdict and the way to it
     */
    public static Explanation of(Policy policy, String method, String path, @Nullable Identity identity) {
        if (policy instanceof Rules rules) {
            return rules.explain(method, path, identity);
        }
        Verdict verdict = policy.evaluate(identity, new Asked(method, path));
        return new Explanation(verdict, null, List.of("the requirement is: " + policy, who(identity)));
    }

    static String who(@Nullable Identity identity) {
        if (identity == null) {
            return "nobody is authenticated";
        }
        String roles = identity.roles().isEmpty()
                ? "no role"
                : "the roles " + String.join(", ", new TreeSet<>(identity.roles()));
        return "'" + identity.name() + "' has " + roles;
    }

    /** Shows one line for each step and the verdict at the end. */
    @Override
    public String toString() {
        return String.join("\n", steps) + "\n=> " + verdict;
    }
}
