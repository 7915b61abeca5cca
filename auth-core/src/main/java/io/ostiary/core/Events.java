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
        try {
            AuthEvent event = AuthEvent.of(type, clock.instant(), id, identity, reason, request);
            for (int i = 0; i < listeners.size(); i++) {
                tell(listeners.get(i), event);
            }
        } catch (Throwable fault) { // a broken clock or request must not change the decision either
            LOG.log(System.Logger.Level.ERROR, "an event of type " + type + " could not be told", fault);
        }
    }

    private static void tell(AuthListener listener, AuthEvent event) {
        try {
            listener.on(event);
        } catch (Throwable fault) { // also errors, and what is thrown behind the compiler's back
            LOG.log(System.Logger.Level.ERROR, "an AuthListener failed", fault);
        }
    }
}
