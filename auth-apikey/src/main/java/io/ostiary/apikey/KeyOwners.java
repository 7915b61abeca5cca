package io.ostiary.apikey;

import io.ostiary.apikey.ApiKeyRecord.Grant;
import io.ostiary.core.spi.SubjectKey;
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
     * Returns the rights of one person, as far as they bear on a key.
     *
     * @param owner the owner that the record names
     * @param asked what the key would do; a wildcard of the owner need only be worked out for its scopes
     * @return null as above; by default all rights of the owner
     */
    default @Nullable Rights rightsOf(String owner, Grant asked) {
        return rightsOf(owner);
    }

    /**
     * Returns the owner that records name for a person: issuer and subject with a bar between; what a record cannot hold
     * is written as {@code +} and two hexadecimal digits for each octet of its UTF-8.
     *
     * @param person a person
     * @return the owner; null if it would be longer than the 200 characters of a record
     */
    static @Nullable String ownerOf(SubjectKey person) {
        return OwnerText.of(person);
    }

    /**
     * Returns the person whom records name by an owner.
     *
     * @param owner the owner
     * @return null if it is nobody's that {@link #ownerOf} answers
     */
    static @Nullable SubjectKey personOf(String owner) {
        return OwnerText.person(owner);
    }

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
