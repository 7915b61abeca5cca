package io.ostiary.core;

import io.ostiary.core.spi.Authenticator;
import io.ostiary.core.spi.IdentityEnricher;
import io.ostiary.core.spi.IdentityStore;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * One kind of credential of an application. Whichever engines of the application ask, it is looked at once a request:
 * one that may be used once only must not look replayed to a second filter. Only after a fault, which denied the
 * request, is it looked at again. Immutable and thread-safe.
 */
final class Source {
    private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9-]*");
    private final String scheme;
    private final String challenge;
    private final Function<AuthRequest, AuthOutcome> look;
    private final List<IdentityEnricher> enrichers;
    private final AttributeKey<AuthOutcome> memo = AttributeKey.of("io.ostiary.outcome", AuthOutcome.class);

    private Source(
            String scheme,
            String challenge,
            Function<AuthRequest, AuthOutcome> look,
            List<IdentityEnricher> enrichers) {
        this.scheme = scheme;
        this.challenge = challenge;
        this.look = look;
        this.enrichers = enrichers;
    }

    /** Asks for scheme and challenge once, so that neither changes later. */
    static Source explicit(Authenticator authenticator, List<IdentityEnricher> enrichers) {
        String scheme = authenticator.scheme();
        String name = authenticator.getClass().getName();
        if (scheme == null || !SCHEME.matcher(scheme).matches()) {
            throw new IllegalStateException("the scheme of authenticator " + name
                    + " is not allowed; allowed: small letters, digits and dashes, a letter first");
        }
        String challenge = authenticator.challenge();
        if (challenge == null || challenge.isBlank() || !Reply.Header.isValue(challenge)) {
            throw new IllegalStateException("the challenge of authenticator " + name
                    + " is not allowed; allowed: one line of printable ASCII such as: Bearer realm=\"app\"");
        }
        return new Source(scheme, challenge, authenticator::authenticate, enrichers);
    }

    static Source session(IdentityStore store, String realm, List<IdentityEnricher> enrichers) {
        return new Source(AuthEngine.SESSION, "Session realm=\"" + realm + "\"", store::load, enrichers);
    }

    String scheme() {
        return scheme;
    }

    String challenge() {
        return challenge;
    }

    AuthOutcome of(AuthRequest request) {
        AuthOutcome known = request.attribute(memo);
        if (known != null) {
            return known;
        }
        AuthOutcome outcome =
                enriched(Objects.requireNonNull(look.apply(request), "no outcome from the source of a scheme"));
        request.attribute(memo, outcome);
        return outcome;
    }

    void forget(AuthRequest request) {
        request.attribute(memo, null);
    }

    private AuthOutcome enriched(AuthOutcome outcome) {
        if (enrichers.isEmpty() || !(outcome instanceof AuthOutcome.Authenticated found)) {
            return outcome;
        }
        Identity proven = found.identity();
        Identity identity = proven;
        for (IdentityEnricher enricher : enrichers) {
            identity = Objects.requireNonNull(enricher.enrich(identity), "null from an enricher");
        }
        if (!identity.issuer().equals(proven.issuer()) || !identity.subject().equals(proven.subject())) {
            throw new IllegalStateException("an enricher made somebody else of the identity that was proven");
        }
        return new AuthOutcome.Authenticated(identity);
    }
}
