package io.ostiary.core;

import io.ostiary.core.spi.AuthEvent;
import io.ostiary.core.spi.AuthListener;
import io.ostiary.core.spi.IdentityStore;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells the listeners; all of them, also after one that throws. What one throws is logged, and then ignored or, if the
 * application cannot do without its audit, thrown on, which denies. Thread-safe.
 */
final class Events {
    private static final System.Logger LOG = System.getLogger(Events.class.getName());
    private final List<AuthListener> listeners;
    private final @Nullable IdentityStore store;
    private final InstantSource clock;
    private final boolean needed;

    /** Takes the store that knows the names of sessions, and whether a listener that fails denies. */
    Events(List<AuthListener> listeners, @Nullable IdentityStore store, InstantSource clock, boolean needed) {
        this.listeners = List.copyOf(listeners);
        this.store = store;
        this.clock = clock;
        this.needed = needed;
    }

    /**
     * Tells of a request.
     *
     * @throws IllegalStateException if it could not be told, and must be
     */
    void tell(
            AuthEvent.Type type,
            String id,
            @Nullable Identity identity,
            @Nullable FailureReason reason,
            AuthRequest request) {
        if (!told(type, id, identity, reason, request) && needed) {
            throw new IllegalStateException("an event could not be told, which 'audit.on-failure' does not allow");
        }
    }

    /** The same where the request is denied already. */
    void tellAnyway(
            AuthEvent.Type type,
            String id,
            @Nullable Identity identity,
            @Nullable FailureReason reason,
            AuthRequest request) {
        told(type, id, identity, reason, request);
    }

    private boolean told(
            AuthEvent.Type type,
            String id,
            @Nullable Identity identity,
            @Nullable FailureReason reason,
            AuthRequest request) {
        if (listeners.isEmpty()) {
            return true;
        }
        boolean all = true;
        try {
            boolean bySession = identity == null || identity.scheme().equals(AuthEngine.SESSION);
            if (bySession && type != AuthEvent.Type.FAULT) { // a fault may be the store's
                name(request);
            }
            AuthEvent event = AuthEvent.of(type, clock.instant(), id, identity, reason, request);
            for (int i = 0; i < listeners.size(); i++) {
                all &= told(listeners.get(i), event);
            }
        } catch (Throwable fault) { // a broken clock or request must not change the decision either
            LOG.log(System.Logger.Level.ERROR, "an event of type " + type + " could not be told", fault);
            return false;
        }
        return all;
    }

    private static boolean told(AuthListener listener, AuthEvent event) {
        try {
            listener.on(event);
            return true;
        } catch (Throwable fault) { // also errors, and what is thrown behind the compiler's back
            LOG.log(System.Logger.Level.ERROR, "an AuthListener failed", fault);
            return false;
        }
    }

    /** Notes which session a request is about, while it is there. */
    void name(AuthRequest request) {
        if (store == null || request.attribute(AuthEvent.SESSION) != null) {
            return;
        }
        try {
            request.attribute(AuthEvent.SESSION, store.nameOf(request));
        } catch (Throwable fault) { // the event is worth more than the name in it
            LOG.log(System.Logger.Level.DEBUG, "the store does not tell the name of a session", fault);
        }
    }
}
