package io.ostiary.core;

import io.ostiary.core.spi.AuthEvent;
import io.ostiary.core.spi.Authenticator;
import io.ostiary.core.spi.FailureLimit;
import io.ostiary.core.spi.IdentityEnricher;
import io.ostiary.core.spi.IdentityStore;
import io.ostiary.core.spi.LoginStep;
import io.ostiary.core.spi.Meters;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What all engines of one application have in common. Thread-safe. */
final class Shared {
    private static final System.Logger LOG = System.getLogger(AuthEngine.class.getName());

    final List<Source> explicit;
    final @Nullable IdentityStore store;
    final @Nullable Source session;
    final List<LoginStep> steps;
    final Events events;
    final FailureLimit failures;
    final @Nullable Meters meters;
    final IncidentIds ids = new IncidentIds();
    final Map<Set<String>, AuthEngine> bySchemes = new ConcurrentHashMap<>();
    private final AttributeKey<Told> told = AttributeKey.of("io.ostiary.fault", Told.class);

    Shared(
            List<Authenticator> authenticators,
            @Nullable IdentityStore store,
            List<IdentityEnricher> enrichers,
            List<LoginStep> steps,
            Events events,
            String realm,
            FailureLimit failures,
            @Nullable Meters meters) {
        List<IdentityEnricher> inOrder = List.copyOf(enrichers);
        this.explicit = authenticators.stream()
                .map(authenticator -> Source.explicit(authenticator, inOrder))
                .toList();
        this.store = store;
        this.session = store == null ? null : Source.session(store, realm, inOrder);
        this.steps = List.copyOf(steps);
        this.events = events;
        this.failures = failures;
        this.meters = meters;
    }

    /** Ends the session of a request; see {@link AuthEngine#logout}. */
    List<SetCookie> logout(AuthRequest request) {
        if (store == null) {
            return List.of();
        }
        AuthOutcome ended;
        List<SetCookie> cookies;
        events.name(request); // afterwards nobody knows it
        try {
            ended = store.load(request);
        } finally { // a session that cannot be read must end all the same
            forgetSession(request);
            cookies = store.clear(request);
        }
        if (ended instanceof AuthOutcome.Authenticated leaving) {
            events.tell(AuthEvent.Type.LOGOUT, "", leaving.identity(), null, request);
        }
        return cookies;
    }

    private record Told(Throwable fault, String id) {}

    /** The session changed under this request; explicit credentials did not, and must not be looked at again. */
    void forgetSession(AuthRequest request) {
        if (session != null) {
            session.forget(request);
        }
    }

    /** Logs and tells of a fault; returns the id that the log, the event and the answer share. */
    String tell(AuthRequest request, Throwable fault) {
        String id = ids.next();
        LOG.log(System.Logger.Level.ERROR, "request denied by a fault, id " + id, fault);
        events.tellAnyway(AuthEvent.Type.FAULT, id, null, FailureReason.INTERNAL_FAULT, request);
        return id;
    }

    /** The same for a fault that passes through several hands: only the first tells, all get one id. */
    String tellOnce(AuthRequest request, Throwable fault) {
        Told known = request.attribute(told);
        if (known != null && known.fault() == fault) {
            return known.id();
        }
        String id = tell(request, fault);
        request.attribute(told, new Told(fault, id));
        return id;
    }
}
