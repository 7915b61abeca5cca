package io.ostiary.core;

import io.ostiary.core.spi.AuthEvent;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From who is asking, and what it takes, to the decision; tells of each one that does not let through. Thread-safe. */
final class Judgement {
    private final Shared shared;
    private final List<String> challenges;

    Judgement(Shared shared, List<String> challenges) {
        this.shared = shared;
        this.challenges = challenges;
    }

    Decision judge(AuthOutcome outcome, AuthRequest request, Policy policy) {
        Identity identity = outcome instanceof AuthOutcome.Authenticated found ? found.identity() : null;
        Verdict verdict = policy.evaluate(identity, request);
        if (verdict == Verdict.GRANT) {
            return new Decision.Allow(identity);
        }
        boolean stepUp = verdict == Verdict.NEEDS_STEP_UP;
        if ((verdict == Verdict.NEEDS_IDENTITY || stepUp) && identity == null) {
            return challenged(request, outcome instanceof AuthOutcome.Failed failed ? failed.reason() : null);
        }
        if (stepUp) {
            return challenged(request, FailureReason.STEP_UP_REQUIRED);
        }
        if (verdict == null) {
            throw new IllegalStateException("policy '" + policy + "' gave no verdict");
        }
        String id = shared.ids.next();
        shared.events.tell(AuthEvent.Type.FORBIDDEN, id, identity, null, request);
        return new Decision.Forbidden(id, identity);
    }

    /** Whoever guesses too often is told to wait; the limit is counted for what does not hold, so it costs others nothing. */
    Decision refused(AuthRequest request, AuthOutcome.Failed failed) {
        boolean limited = failed.reason() == FailureReason.RATE_LIMITED;
        Duration wait = limited ? failed.retryAfter() : shared.failures.failed(request);
        if (!limited && wait.isZero()) {
            return challenged(request, failed.reason());
        }
        String id = shared.ids.next();
        shared.events.tell(AuthEvent.Type.LIMITED, id, null, FailureReason.RATE_LIMITED, request);
        return new Decision.Limited(id, wait);
    }

    /** A visitor without any credential is no incident: there is nothing to look up, so there is no id. */
    private Decision challenged(AuthRequest request, @Nullable FailureReason reason) {
        String id = reason == null ? "" : shared.ids.next();
        shared.events.tell(AuthEvent.Type.CHALLENGED, id, null, reason, request);
        return new Decision.Challenged(new Challenge(id, reason, challenges));
    }
}
