package io.ostiary.core;

import java.time.Duration;
import java.util.Objects;

/**
 * What one authenticator found in a request. Bad credentials are a value here, never an exception; exceptions are for
 * faults.
 */
public sealed interface AuthOutcome {
    /**
     * Returns the outcome for a request without any credential of this kind.
     *
     * @return always the same object
     */
    static AuthOutcome absent() {
        return Absent.NOTHING;
    }

    /**
     * Returns the outcome for a credential that does not hold.
     *
     * @param reason why
     * @return a failure
     */
    static AuthOutcome failed(FailureReason reason) {
        return new Failed(reason);
    }

    /**
     * The credential holds.
     *
     * @param identity whose it is
     */
    record Authenticated(Identity identity) implements AuthOutcome {
        /** Refuses null: an outcome without content would pass for nobody. */
        public Authenticated {
            Objects.requireNonNull(identity, "identity");
        }
    }

    /**
     * There is a credential and it does not hold.
     *
     * @param reason why, for audit only
     * @param retryAfter when trying again makes sense; zero unless the reason is {@link FailureReason#RATE_LIMITED}
     */
    record Failed(FailureReason reason, Duration retryAfter) implements AuthOutcome {
        /** Refuses null: a failure without reason would pass for nothing found. */
        public Failed {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(retryAfter, "retryAfter");
        }

        /**
         * A failure that waiting does not mend.
         *
         * @param reason why, for audit only
         */
        public Failed(FailureReason reason) {
            this(reason, Duration.ZERO);
        }
    }

    /** Nothing of this kind in the request. */
    enum Absent implements AuthOutcome {
        /** The only instance. */
        NOTHING
    }
}
