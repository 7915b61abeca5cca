package io.ostiary.core.runtime;

import io.ostiary.core.AuthRequest;
import io.ostiary.core.FailureReason;
import io.ostiary.core.Reply;
import io.ostiary.core.spi.AuthEvent;
import io.ostiary.core.spi.AuthListener;
import io.ostiary.core.spi.EdgeStep;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * A step at the edge that tells of what it turns away. A listener that throws denies, as any fault of a step does.
 * Thread-safe.
 */
final class ToldStep implements EdgeStep {
    private static final int FIRST_REFUSAL = 400;
    private final EdgeStep step;
    private final Edges.Kind kind;
    private final InstantSource clock;
    private final AuthListener listener;

    ToldStep(EdgeStep step, Edges.Kind kind, InstantSource clock, AuthListener listener) {
        this.step = step;
        this.kind = kind;
        this.clock = clock;
        this.listener = listener;
    }

    @Override
    public @Nullable Reply before(AuthRequest request, Answer answer) {
        Reply reply = step.before(request, answer);
        if (reply != null && reply.status() >= FIRST_REFUSAL) { // not an answer to a preflight, nor the way to https
            AuthEvent.Type type = kind == Edges.Kind.LIMITS ? AuthEvent.Type.LIMITED : AuthEvent.Type.REQUEST_REFUSED;
            listener.on(AuthEvent.of(type, clock.instant(), "", null, reason(), request));
        }
        return reply;
    }

    private @Nullable FailureReason reason() {
        return switch (kind) {
            case GUARD -> FailureReason.AMBIGUOUS_TARGET;
            case HTTPS -> FailureReason.TLS_REQUIRED;
            case CORS -> FailureReason.ORIGIN_NOT_ALLOWED;
            case LIMITS -> FailureReason.RATE_LIMITED;
            case CSRF -> FailureReason.CROSS_SITE_REQUEST;
            case HEADERS -> null;
        };
    }

    @Override
    public boolean always() {
        return step.always();
    }

    @Override
    public String toString() {
        return step.toString();
    }
}
