package io.ostiary.core;

import io.ostiary.core.spi.Authenticator;
import io.ostiary.core.spi.IdentityEnricher;
import io.ostiary.core.spi.IdentityStore;
import io.ostiary.core.spi.LoginStep;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What all engines of one application have in common. Thread-safe. */
final class Shared {
    final List<Authenticator> authenticators;
    final @Nullable IdentityStore store;
    final List<IdentityEnricher> enrichers;
    final List<LoginStep> steps;
    final Events events;
    final String realm;
    final IncidentIds ids = new IncidentIds();
    final Map<Set<String>, AuthEngine> bySchemes = new ConcurrentHashMap<>();

    Shared(
            List<Authenticator> authenticators,
            @Nullable IdentityStore store,
            List<IdentityEnricher> enrichers,
            List<LoginStep> steps,
            Events events,
            String realm) {
        this.authenticators = List.copyOf(authenticators);
        this.store = store;
        this.enrichers = List.copyOf(enrichers);
        this.steps = List.copyOf(steps);
        this.events = events;
        this.realm = realm;
    }
}
