package io.ostiary.rbac.store;

import io.ostiary.core.Identity;

/**
 * Whose roles they are: issuer and subject together, byte for byte. Never an e-mail address or a name, which an outside
 * system may give to somebody else later.
 *
 * @param issuer who vouches for the subject; not blank
 * @param subject identifier within the issuer; not blank
 */
public record UserKey(String issuer, String subject) {
    /**
     * Checks.
     *
     * @throws IllegalArgumentException if one of them is blank
     */
    public UserKey {
        if (issuer.isBlank() || subject.isBlank()) {
            throw new IllegalArgumentException("a user key needs an issuer and a subject");
        }
    }

    /**
     * Returns the key of an identity.
     *
     * @param identity who
     * @return their key
     */
    public static UserKey of(Identity identity) {
        return new UserKey(identity.issuer(), identity.subject());
    }
}
