package io.ostiary.core.spi;

import io.ostiary.core.Identity;
import io.ostiary.core.json.JsonObject;

/**
 * Adds to an identity what only code can read out of a provider's claims. Thread-safe, does not block; a fault fails the
 * login. Claims are a stranger's words: checked for whose they are, not for what they say.
 */
@FunctionalInterface
public interface ClaimsMapper {
    /**
     * Maps.
     *
     * @param provider id of the provider in the settings
     * @param idToken claims of the checked ID token; without members for plain OAuth 2.0
     * @param userInfo claims of the user information; without members if it was not asked for
     * @param identity what the settings made of them
     * @return the same person: issuer and subject must not change
     */
    Identity map(String provider, JsonObject idToken, JsonObject userInfo, Identity identity);
}
