package io.ostiary.core.spi;

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
            LOGIN
        }
    }
}
