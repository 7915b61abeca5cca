package io.ostiary.core;

import io.ostiary.core.spi.Meters;
import java.time.Duration;

/** From a request to the decision, and how long that took if anybody wants to know. Thread-safe. */
final class Decisions {
    static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private final Shared shared;
    private final Identification identification;
    private final Judgement judgement;

    Decisions(Shared shared, Identification identification) {
        this.shared = shared;
        this.identification = identification;
        this.judgement = new Judgement(shared, identification.challenges());
    }

    Decision decide(AuthRequest request, Policy policy) {
        Meters meters = shared.meters;
        if (meters == null) {
            return judged(request, policy);
        }
        long begun = meters.now();
        Decision decision = judged(request, policy);
        meters.time("ostiary.decisions", meters.now() - begun, "outcome", outcome(decision));
        return decision;
    }

    private Decision judged(AuthRequest request, Policy policy) {
        try {
            AuthOutcome explicit = identification.explicit(request);
            if (explicit instanceof AuthOutcome.Failed failed) { // never downgraded to anonymous
                return judgement.refused(request, failed);
            }
            boolean none = explicit instanceof AuthOutcome.Absent;
            return judgement.judge(none ? identification.ambient(request) : explicit, request, policy);
        } catch (Throwable fault) { // also what an extension throws behind the compiler's back: all of it denies
            return new Decision.Unavailable(shared.tell(request, fault), RETRY_AFTER);
        }
    }

    private static String outcome(Decision decision) {
        if (decision instanceof Decision.Allow) {
            return "allowed";
        }
        if (decision instanceof Decision.Challenged) {
            return "challenged";
        }
        if (decision instanceof Decision.Forbidden) {
            return "forbidden";
        }
        return decision instanceof Decision.Limited ? "limited" : "unavailable";
    }
}
