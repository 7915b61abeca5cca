package io.ostiary.core;

import io.ostiary.core.spi.Authenticator;
import io.ostiary.core.spi.IdentityEnricher;
import io.ostiary.core.spi.IdentityStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Who is asking, by some of the schemes; remembered for the request. Immutable and thread-safe. */
final class Identification {
    private final List<Authenticator> authenticators;
    private final @Nullable IdentityStore store;
    private final List<IdentityEnricher> enrichers;
    private final List<String> challenges;
    private final AttributeKey<AuthOutcome> memo = AttributeKey.of("io.ostiary.identity", AuthOutcome.class);

    Identification(Shared shared, Set<String> schemes) {
        this.enrichers = shared.enrichers;
        this.authenticators = shared.authenticators.stream()
                .filter(authenticator -> schemes.contains(authenticator.scheme()))
                .toList();
        this.store = schemes.contains(AuthEngine.SESSION) ? shared.store : null;
        List<String> how = new ArrayList<>();
        authenticators.forEach(authenticator -> how.add(authenticator.challenge()));
        if (store != null) {
            how.add("Session realm=\"" + shared.realm + "\"");
        }
        this.challenges = List.copyOf(how);
    }

    Set<String> schemes() {
        Set<String> names = new TreeSet<>();
        authenticators.forEach(authenticator -> names.add(authenticator.scheme()));
        if (store != null) {
            names.add(AuthEngine.SESSION);
        }
        return names;
    }

    List<String> challenges() {
        return challenges;
    }

    AuthOutcome of(AuthRequest request) {
        AuthOutcome known = request.attribute(memo);
        if (known != null) {
            return known;
        }
        AuthOutcome outcome = enriched(authenticate(request));
        request.attribute(memo, outcome);
        return outcome;
    }

    void forget(AuthRequest request) {
        request.attribute(memo, null);
    }

    private AuthOutcome authenticate(AuthRequest request) {
        for (Authenticator authenticator : authenticators) {
            AuthOutcome outcome =
                    Objects.requireNonNull(authenticator.authenticate(request), "null from an authenticator");
            if (!(outcome instanceof AuthOutcome.Absent)) {
                return explicit(outcome);
            }
        }
        return store == null
                ? AuthOutcome.absent()
                : Objects.requireNonNull(store.load(request), "null from the identity store");
    }

    /** Only a session that is over leaves an anonymous visitor; an explicit credential that says so has just expired. */
    private static AuthOutcome explicit(AuthOutcome outcome) {
        boolean over = outcome instanceof AuthOutcome.Failed failed && failed.reason() == FailureReason.SESSION_EXPIRED;
        return over ? AuthOutcome.failed(FailureReason.EXPIRED_CREDENTIAL) : outcome;
    }

    private AuthOutcome enriched(AuthOutcome outcome) {
        if (enrichers.isEmpty() || !(outcome instanceof AuthOutcome.Authenticated found)) {
            return outcome;
        }
        Identity identity = found.identity();
        for (IdentityEnricher enricher : enrichers) {
            identity = Objects.requireNonNull(enricher.enrich(identity), "null from an enricher");
        }
        return new AuthOutcome.Authenticated(identity);
    }
}
