package io.ostiary.core.spi;

import io.ostiary.core.Identity;

/**
 * What are they: adds roles and permissions. A pure, thread-safe function that neither blocks nor logs; a fault denies
 * the request with 503.
 */
@FunctionalInterface
public interface IdentityEnricher {
    /**
     * Adds to an identity.
     *
     * @param identity who was authenticated
     * @return the same person by issuer and subject, else the request is denied as by a fault; with no role taken away except where the settings say that it does not count; this very
     *     object if there is nothing to change
     */
    Identity enrich(Identity identity);
}
