package io.ostiary.core;

import org.jspecify.annotations.Nullable;

/**
 * May they? A pure function, thread-safe, that neither blocks nor writes. Its {@code toString} is the policy text that
 * the start-up table and the audit show; take ready-made ones from {@link Policies}.
 */
@FunctionalInterface
public interface Policy {
    /**
     * Judges one request.
     *
     * @param identity null if nobody is authenticated
     * @param request the request
     * @return the verdict; a null or an exception counts as a fault and denies
     */
    Verdict evaluate(@Nullable Identity identity, AuthRequest request);

    /**
     * Both must grant; the first that does not decides.
     *
     * @param other evaluated only if this grants
     * @return the conjunction
     */
    default Policy and(Policy other) {
        return Policies.named("(" + this + " and " + other + ")", (identity, request) -> {
            Verdict first = evaluate(identity, request);
            return first == Verdict.GRANT ? other.evaluate(identity, request) : first;
        });
    }

    /**
     * One must grant; if none does, logging in is asked for if it could help.
     *
     * @param other evaluated only if this does not grant
     * @return the disjunction
     */
    default Policy or(Policy other) {
        return Policies.named("(" + this + " or " + other + ")", (identity, request) -> {
            Verdict first = evaluate(identity, request);
            if (first == Verdict.GRANT || first == null) { // no verdict is a fault: the other must not hide it
                return first;
            }
            Verdict second = other.evaluate(identity, request);
            return second == Verdict.FORBIDDEN ? first : second;
        });
    }
}
