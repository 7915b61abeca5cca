package io.ostiary.core;

import io.ostiary.core.spi.AuthEvent;
import io.ostiary.core.spi.IdentityStore;
import io.ostiary.core.spi.LoginStep;
import java.util.List;

/**
 * The only way from proven credentials to a session, whatever proved them: every condition holds, the session id is
 * new, and the event is told. Thread-safe.
 */
public final class LoginGate {
    private final IdentityStore store;
    private final List<LoginStep> steps;
    private final Events events;
    private final IncidentIds ids;

    LoginGate(IdentityStore store, List<LoginStep> steps, Events events, IncidentIds ids) {
        this.store = store;
        this.steps = steps;
        this.events = events;
        this.ids = ids;
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
     * Lets somebody in.
     *
     * @param request the request that proved the credentials
     * @param proven who was proven
     * @return admitted or refused
     */
    public Result complete(AuthRequest request, Identity proven) {
        for (LoginStep step : steps) {
            FailureReason reason = step.refuse(proven, request);
            if (reason != null) {
                String id = ids.next();
                events.tell(AuthEvent.Type.LOGIN_REFUSED, id, proven, reason, request);
                return new Result.Refused(id, reason);
            }
        }
        List<SetCookie> cookies = store.save(request, proven);
        events.tell(AuthEvent.Type.LOGIN, "", proven, null, request);
        return new Result.Admitted(proven, cookies);
    }

    /**
     * Notes that credentials could not be proven.
     *
     * @param request the request that tried
     * @param reason why, for audit only
     * @return opaque id that the answer should show
     */
    public String failed(AuthRequest request, FailureReason reason) {
        String id = ids.next();
        events.tell(AuthEvent.Type.LOGIN_FAILED, id, null, reason, request);
        return id;
    }
}
