package io.ostiary.core;

import io.ostiary.core.spi.AuthEvent;
import io.ostiary.core.spi.IdentityStore;
import io.ostiary.core.spi.LoginStep;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The only way from proven credentials to a session, whatever proved them: every condition holds, the session id is
 * new, and the event is told. Thread-safe.
 */
public final class LoginGate {
    private final IdentityStore store;
    private final Shared shared;

    LoginGate(IdentityStore store, Shared shared) {
        this.store = store;
        this.shared = shared;
    }

    /** How a login ended. */
    public sealed interface Result {
        /**
         * The session began.
         *
         * @param identity whose it is
         * @param cookies cookies that the answer must set
         */
        record Admitted(Identity identity, List<SetCookie> cookies) implements Result {}

        /**
         * A condition does not hold; there is no session.
         *
         * @param id opaque id that the answer and the audit event share
         * @param reason which, for audit only
         */
        record Refused(String id, FailureReason reason) implements Result {}
    }

    /**
     * Lets somebody in. The request forgets whose session it came with. A fault is told before it passes through.
     *
     * @param request the request that proved the credentials
     * @param proven who was proven
     * @return admitted or refused
     * @throws RuntimeException if a condition or the store broke; so do errors pass through
     */
    public Result complete(AuthRequest request, Identity proven) {
        try {
            return judge(request, proven);
        } catch (Throwable fault) {
            shared.tellOnce(request, fault);
            throw fault;
        } finally {
            shared.forgetSession(request);
        }
    }

    private Result judge(AuthRequest request, Identity proven) {
        FailureReason reason = recheck(proven, request);
        if (reason != null) {
            String id = shared.ids.next();
            shared.events.tell(AuthEvent.Type.LOGIN_REFUSED, id, proven, reason, request);
            return new Result.Refused(id, reason);
        }
        List<SetCookie> cookies = store.save(request, proven);
        shared.events.tell(AuthEvent.Type.LOGIN, "", proven, null, request);
        return new Result.Admitted(proven, cookies);
    }

    /**
     * Asks again whether somebody who logged in before may still do so, for example before tokens are renewed. Begins no
     * session and tells nobody.
     *
     * @param identity who logged in
     * @param request the request
     * @return null if they may; else the condition that does not hold
     */
    public @Nullable FailureReason recheck(Identity identity, AuthRequest request) {
        for (LoginStep step : shared.steps) {
            FailureReason reason = step.refuse(identity, request);
            if (reason != null) {
                return reason;
            }
        }
        return null;
    }

    /**
     * Notes that credentials could not be proven.
     *
     * @param request the request that tried
     * @param reason why, for audit only
     * @return opaque id that the answer should show
     */
    public String failed(AuthRequest request, FailureReason reason) {
        String id = shared.ids.next();
        shared.events.tell(AuthEvent.Type.LOGIN_FAILED, id, null, reason, request);
        return id;
    }
}
