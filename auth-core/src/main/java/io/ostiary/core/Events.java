package io.ostiary.core;

import io.ostiary.core.spi.AuthEvent;
import io.ostiary.core.spi.AuthListener;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells the listeners; one that throws is logged and the others still hear. */
final class Events {
    private static final System.Logger LOG = System.getLogger(Events.class.getName());
    private final List<AuthListener> listeners;
    private final InstantSource clock;

    Events(List<AuthListener> listeners, InstantSource clock) {
        this.listeners = List.copyOf(listeners);
        this.clock = clock;
    }

    void tell(
            AuthEvent.Type type,
            String id,
            @Nullable Identity identity,
            @Nullable FailureReason reason,
            AuthRequest request) {
        if (listeners.isEmpty()) {
            return;
        }
        AuthEvent event = new AuthEvent(
                type, clock.instant(), id, identity, reason, request.method(), request.path(), request.remoteAddress());
        for (AuthListener listener : listeners) {
            try {
                listener.on(event);
            } catch (RuntimeException fault) {
                LOG.log(System.Logger.Level.ERROR, "an AuthListener failed", fault);
            }
        }
    }
}
