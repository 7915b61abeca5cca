package io.ostiary.core.spi;

import io.ostiary.core.Identity;

/**
 * Who somebody is to a store: issuer and subject, both byte for byte; never a name or an e-mail address.
 *
 * @param issuer who vouches for the subject
 * @param subject identifier within the issuer
 */
public record SubjectKey(String issuer, String subject) {
    /**
     * Returns the key of an identity.
     *
     * @param identity any identity
     * @return its issuer and subject
     */
    public static SubjectKey of(Identity identity) {
        return new SubjectKey(identity.issuer(), identity.subject());
    }
}
