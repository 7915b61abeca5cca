package io.ostiary.apikey;

import io.ostiary.core.Policies;
import io.ostiary.core.Policy;
import io.ostiary.core.Verdict;
import java.util.Set;
import java.util.TreeSet;

/** Policies over the scopes of keys, which are the permissions of their identities. */
public final class Scopes {
    private Scopes() {}

    /**
     * Holders of all the scopes, exactly as spelt; another caller who is authenticated is forbidden.
     *
     * @param scopes not empty
     * @return a policy
     * @throws IllegalArgumentException if there is none or one is not of the form that a record may have
     */
    public static Policy all(Set<String> scopes) {
        if (scopes.isEmpty()) {
            throw new IllegalArgumentException("a scope policy needs at least one scope");
        }
        Set<String> wanted = Names.requireWords("a scope", scopes);
        return Policies.named("scope " + String.join(", ", new TreeSet<>(wanted)), (identity, request) -> {
            if (identity == null) {
                return Verdict.NEEDS_IDENTITY;
            }
            return identity.permissions().containsAll(wanted) ? Verdict.GRANT : Verdict.FORBIDDEN;
        });
    }
}
