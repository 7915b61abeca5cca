package io.ostiary.core;

import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Ready-made policies. An empty list of roles is a mistake, not an open door: it throws. */
public final class Policies {
    private Policies() {}

    /**
     * Anybody, logged in or not.
     *
     * @return a policy that grants
     */
    public static Policy permitAll() {
        return named("open to all", (identity, request) -> Verdict.GRANT);
    }

    /**
     * Nobody.
     *
     * @return a policy that forbids
     */
    public static Policy denyAll() {
        return named("closed to all", (identity, request) -> Verdict.FORBIDDEN);
    }

    /**
     * Anybody who is authenticated.
     *
     * @return a policy
     */
    public static Policy authenticated() {
        return named("authenticated", (identity, request) -> identity == null ? Verdict.NEEDS_IDENTITY : Verdict.GRANT);
    }

    /**
     * Holders of at least one of the roles.
     *
     * @param roles not empty, none blank
     * @return a policy
     * @throws IllegalArgumentException if there is no role or a blank one
     */
    public static Policy anyRole(Set<String> roles) {
        Set<String> wanted = checked(roles);
        String text = wanted.size() == 1 ? "role " + one(wanted) : "any role of " + String.join(", ", sorted(wanted));
        return named(text, (identity, request) -> verdict(identity, holdsAny(identity, wanted)));
    }

    /**
     * Holders of all the roles.
     *
     * @param roles not empty, none blank
     * @return a policy
     * @throws IllegalArgumentException if there is no role or a blank one
     */
    public static Policy allRoles(Set<String> roles) {
        Set<String> wanted = checked(roles);
        String text = wanted.size() == 1 ? "role " + one(wanted) : "all roles of " + String.join(", ", sorted(wanted));
        return named(
                text,
                (identity, request) ->
                        verdict(identity, identity != null && identity.roles().containsAll(wanted)));
    }

    /**
     * Gives a policy its text.
     *
     * @param text what {@code toString} answers
     * @param policy what decides
     * @return the named policy
     */
    public static Policy named(String text, Policy policy) {
        return new Named(text, policy);
    }

    private static boolean holdsAny(@Nullable Identity identity, Set<String> wanted) {
        if (identity == null) {
            return false;
        }
        for (String role : wanted) {
            if (identity.roles().contains(role)) {
                return true;
            }
        }
        return false;
    }

    private static Verdict verdict(@Nullable Identity identity, boolean holds) {
        if (identity == null) {
            return Verdict.NEEDS_IDENTITY;
        }
        return holds ? Verdict.GRANT : Verdict.FORBIDDEN;
    }

    private static Set<String> checked(Set<String> roles) {
        if (roles.isEmpty() || roles.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("a role policy needs at least one role and no blank one");
        }
        return Set.copyOf(roles);
    }

    private static Set<String> sorted(Set<String> roles) {
        return new TreeSet<>(roles);
    }

    private static String one(Set<String> roles) {
        return roles.iterator().next();
    }

    private record Named(String text, Policy policy) implements Policy {
        @Override
        public Verdict evaluate(@Nullable Identity identity, AuthRequest request) {
            return policy.evaluate(identity, request);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
