package io.ostiary.rbac.rules;

import io.ostiary.core.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a request would be granted or refused, found by the very objects that decide requests. For people who run the
 * application; it names roles and rules, so it is never sent to the caller.
 *
 * @param verdict what the rules say
 * @param decidedBy file and line of the rule that decides; null if none does, which denies
 * @param steps what was looked at, in order, one sentence each
 */
public record Explanation(Verdict verdict, @Nullable String decidedBy, List<String> steps) {
    /** Copies. */
    public Explanation {
        steps = List.copyOf(steps);
    }

    /** Shows one line for each step and the verdict at the end. */
    @Override
    public String toString() {
        return String.join("\n", steps) + "\n=> " + verdict;
    }
}
