package io.ostiary.core.spi;

import io.ostiary.core.AuthRequest;
import io.ostiary.core.FailureReason;
import io.ostiary.core.Identity;
import org.jspecify.annotations.Nullable;

/**
 * One condition between proven credentials and a session: account active, not locked, verified. Thread-safe. May block;
 * a fault refuses the login with 503.
 */
@FunctionalInterface
public interface LoginStep {
    /**
     * Judges a login.
     *
     * @param identity whose credentials were proven
     * @param request the request that proved them
     * @return null to go on; a reason to refuse
     */
    @Nullable
    FailureReason refuse(Identity identity, AuthRequest request);
}
