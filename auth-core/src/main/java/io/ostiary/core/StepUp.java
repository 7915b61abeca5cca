package io.ostiary.core;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.TreeSet;

/**
 * Policies on how, and how long ago, somebody proved who they are. Whoever falls short is sent to log in again (step-up,
 * RFC 9470), not turned away. A login that was merely remembered has the time {@link Instant#EPOCH}, so it is never fresh.
 */
public final class StepUp {
    /** A clock that is a little behind the one that wrote the time must not make a proof look like one of the future. */
    private static final Duration LEEWAY = Duration.ofSeconds(60);

    private StepUp() {}

    /**
     * Whoever proved themselves not longer ago than a given time.
     *
     * @param maxAge at least a second
     * @param clock tells the time
     * @return a policy
     * @throws IllegalArgumentException if the time is shorter than a second
     */
    public static Policy provenWithin(Duration maxAge, InstantSource clock) {
        if (maxAge.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("the greatest age of a proof is at least a second");
        }
        return Policies.named("proven within " + maxAge.toSeconds() + " s", (identity, request) -> {
            if (identity == null) {
                return Verdict.NEEDS_IDENTITY;
            }
            Instant now = clock.instant();
            boolean fresh = identity.authTime().isAfter(now.minus(maxAge))
                    && !identity.authTime().isAfter(now.plus(LEEWAY));
            return fresh ? Verdict.GRANT : Verdict.NEEDS_STEP_UP;
        });
    }

    /**
     * Whoever proved themselves by at least one of the methods.
     *
     * @param methods RFC 8176 values such as {@code mfa}, not empty, none blank
     * @return a policy
     * @throws IllegalArgumentException if there is no method or a blank one
     */
    public static Policy anyMethod(Set<String> methods) {
        if (methods.isEmpty() || methods.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("a policy on methods needs at least one method and no blank one");
        }
        Set<String> wanted = Set.copyOf(methods);
        return Policies.named("proven by " + String.join(" or ", new TreeSet<>(wanted)), (identity, request) -> {
            if (identity == null) {
                return Verdict.NEEDS_IDENTITY;
            }
            return identity.amr().stream().anyMatch(wanted::contains) ? Verdict.GRANT : Verdict.NEEDS_STEP_UP;
        });
    }
}
