package io.ostiary.core.spi;

import io.ostiary.core.Identity;

/**
 * Ends sessions that somebody else names: a provider that logs a person out everywhere, or one that takes back its consent.
 * Thread-safe. May block; throws only for faults. Works on every node, whichever one was called.
 */
@FunctionalInterface
public interface LogoutTargets {
    /**
     * Ends every session that fits; none to end is no fault.
     *
     * @param target which sessions
     * @return how many ended
     */
    int end(Target target);

    /**
     * Names sessions by facts of their identity, compared byte for byte.
     *
     * @param by which fact {@code value} is
     * @param issuer the identity's issuer; sessions of other issuers never fit
     * @param value the fact
     */
    record Target(By by, String issuer, String value) {
        /** Kinds of facts. */
        public enum By {
            /** The identity's subject. */
            SUBJECT,
            /** The attribute {@code provider_sid}: one session at the provider. */
            PROVIDER_SESSION,
            /** The attribute {@code provider_login}: one login here. */
            LOGIN;

            /**
             * Returns the attribute that a login through a provider leaves.
             *
             * @return its name
             * @throws IllegalArgumentException for {@link #SUBJECT}, which is no attribute
             */
            public String attribute() {
                return switch (this) {
                    case PROVIDER_SESSION -> "provider_sid";
                    case LOGIN -> "provider_login";
                    case SUBJECT -> throw new IllegalArgumentException("a subject is no attribute");
                };
            }
        }

        /**
         * Tells whether somebody is meant.
         *
         * @param identity who
         * @return false if the issuer or the fact is another
         */
        public boolean fits(Identity identity) {
            String fact = by == By.SUBJECT
                    ? identity.subject()
                    : identity.attributes().get(by.attribute());
            return identity.issuer().equals(issuer) && value.equals(fact);
        }
    }
}
