package io.ostiary.apikey;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says what the people who own personal keys may do now, so that a key shrinks with its owner. Asked at every use of a
 * personal key, so it is quick; thread-safe; throws only for faults, which deny the request with 503.
 */
@FunctionalInterface
public interface KeyOwners {
    /**
     * Returns the rights of one person.
     *
     * @param owner the owner that the record names
     * @return null if there is no such person, or they may not log in: none of their keys holds then
     */
    @Nullable
    Rights rightsOf(String owner);

    /**
     * What a person may do.
     *
     * @param roles role names
     * @param scopes permission names
     */
    record Rights(Set<String> roles, Set<String> scopes) {
        /** Copies. */
        public Rights {
            roles = Set.copyOf(roles);
            scopes = Set.copyOf(scopes);
        }
    }
}
