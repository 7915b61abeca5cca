package io.ostiary.core;

import io.ostiary.core.spi.AuthListener;
import io.ostiary.core.spi.Authenticator;
import io.ostiary.core.spi.FailureLimit;
import io.ostiary.core.spi.IdentityEnricher;
import io.ostiary.core.spi.IdentityStore;
import io.ostiary.core.spi.LoginStep;
import io.ostiary.core.spi.Meters;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides who is asking and whether they may. Immutable and thread-safe; no statics and no thread-locals. An explicit
 * credential is looked at before the session, and a bad one is never downgraded to anonymous, nor masked by a session; a
 * session that does not hold leaves an anonymous visitor. Each credential is looked at once a request. Any fault denies.
 */
public final class AuthEngine {
    /** The scheme of an identity that came from the identity store. */
    public static final String SESSION = "session";

    private final Shared shared;
    private final Identification identification;
    private final Decisions decisions;

    private AuthEngine(Shared shared, Set<String> schemes) {
        this.shared = shared;
        this.identification = new Identification(shared, schemes);
        this.decisions = new Decisions(shared, identification);
    }

    /**
     * Starts to assemble an engine.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the schemes that this engine looks at.
     *
     * @return scheme names, sorted
     */
    public Set<String> schemes() {
        return identification.schemes();
    }

    /**
     * Returns the engine that looks at some schemes only: for it, credentials of other schemes are not there.
     *
     * @param schemes some of {@link #schemes()}, not empty
     * @return the same engine for the same schemes
     * @throws IllegalArgumentException if there is none or an unknown one
     */
    public AuthEngine accepting(Set<String> schemes) {
        if (schemes.isEmpty() || !schemes().containsAll(schemes)) {
            throw new IllegalArgumentException("schemes must be some of " + schemes());
        }
        return shared.bySchemes.computeIfAbsent(Set.copyOf(schemes), wanted -> new AuthEngine(shared, wanted));
    }

    /**
     * Decides one request. Never throws.
     *
     * @param request the request
     * @param policy what it takes
     * @return the only word on it
     */
    public Decision decide(AuthRequest request, Policy policy) {
        return decisions.decide(request, policy);
    }

    /**
     * Finds out who is asking, without demanding anybody; the answer is remembered for this request.
     *
     * @param request the request
     * @return who, or why not
     * @throws RuntimeException if an authenticator, the store or an enricher broke; so do errors pass through
     */
    public AuthOutcome identify(AuthRequest request) {
        AuthOutcome explicit = identification.explicit(request);
        return explicit instanceof AuthOutcome.Absent ? identification.ambient(request) : explicit;
    }

    /**
     * Ends the session of a request, on the server and in the browser, and forgets whose it was. Explicit credentials
     * are not looked at.
     *
     * @param request the request that logs out
     * @return cookies that the answer must set
     * @throws RuntimeException if the store broke; so do errors pass through
     */
    public List<SetCookie> logout(AuthRequest request) {
        return shared.logout(request);
    }

    /**
     * Returns the only way from proven credentials to a session.
     *
     * @return the gate
     * @throws IllegalStateException if the engine has no identity store
     */
    public LoginGate gate() {
        if (shared.store == null) {
            throw new IllegalStateException("an engine without an identity store has no login");
        }
        return new LoginGate(shared.store, shared);
    }

    /**
     * Turns a fault into the decision that denies: logged once, told to the listeners once, under one id, also if it
     * passed through {@link LoginGate} before.
     *
     * @param request the request that met it
     * @param fault what was thrown
     * @return the denial
     */
    public Decision unavailable(AuthRequest request, Throwable fault) {
        return new Decision.Unavailable(shared.tellOnce(request, fault), Decisions.RETRY_AFTER);
    }

    /** Assembles an engine. Not thread-safe. */
    public static final class Builder {
        private final List<Authenticator> authenticators = new ArrayList<>();
        private final List<IdentityEnricher> enrichers = new ArrayList<>();
        private final List<LoginStep> steps = new ArrayList<>();
        private final List<AuthListener> listeners = new ArrayList<>();
        private @Nullable IdentityStore store;
        private InstantSource clock = InstantSource.system();
        private String realm = "ostiary";
        private FailureLimit failures = request -> Duration.ZERO;
        private boolean listenersNeeded;
        private @Nullable Meters meters;

        private Builder() {}

        /**
         * Adds an authenticator; the first that finds a credential of its own decides.
         *
         * @param authenticator its scheme must be new and not {@code session}
         * @return this
         */
        public Builder authenticator(Authenticator authenticator) {
            authenticators.add(authenticator);
            return this;
        }

        /**
         * Sets where identities live between requests; without one there is no login.
         *
         * @param identityStore the store
         * @return this
         */
        public Builder store(IdentityStore identityStore) {
            store = identityStore;
            return this;
        }

        /**
         * Adds an enricher; they run in the order added.
         *
         * @param enricher the enricher
         * @return this
         */
        public Builder enricher(IdentityEnricher enricher) {
            enrichers.add(enricher);
            return this;
        }

        /**
         * Adds a condition for logging in; they run in the order added.
         *
         * @param step the condition
         * @return this
         */
        public Builder loginStep(LoginStep step) {
            steps.add(step);
            return this;
        }

        /**
         * Adds a listener.
         *
         * @param listener the listener
         * @return this
         */
        public Builder listener(AuthListener listener) {
            listeners.add(listener);
            return this;
        }

        /**
         * Sets whether a listener that fails denies the request; what it throws is only logged by default.
         *
         * @param needed true to deny
         * @return this
         */
        public Builder listenersNeeded(boolean needed) {
            listenersNeeded = needed;
            return this;
        }

        /**
         * Sets where the time that decisions take is noted; it is not measured by default.
         *
         * @param place throws nothing; null for nowhere
         * @return this
         */
        public Builder meters(@Nullable Meters place) {
            meters = place;
            return this;
        }

        /**
         * Sets what counts explicit credentials that do not hold; they are not counted by default.
         *
         * @param limit the limit
         * @return this
         */
        public Builder failureLimit(FailureLimit limit) {
            failures = limit;
            return this;
        }

        /**
         * Sets the clock; the system's by default.
         *
         * @param source the clock
         * @return this
         */
        public Builder clock(InstantSource source) {
            clock = source;
            return this;
        }

        /**
         * Sets the realm that challenges name; {@code ostiary} by default.
         *
         * @param name letters, digits, blanks and {@code ._-} only
         * @return this
         * @throws IllegalArgumentException if it has another character
         */
        public Builder realm(String name) {
            if (!name.matches("[A-Za-z0-9 ._-]{1,64}")) {
                throw new IllegalArgumentException(
                        "a realm has 1 to 64 letters, digits, blanks, dots, dashes, underscores");
            }
            realm = name;
            return this;
        }

        /**
         * Builds the engine that looks at every scheme.
         *
         * @return an engine
         * @throws IllegalStateException if it could authenticate nobody, two authenticators share a scheme, or one has
         *     a scheme or a challenge that is not allowed
         */
        public AuthEngine build() {
            Events events = new Events(listeners, store, clock, listenersNeeded);
            Shared shared = new Shared(authenticators, store, enrichers, steps, events, realm, failures, meters);
            Set<String> schemes = new LinkedHashSet<>(Set.of(SESSION));
            for (Source source : shared.explicit) {
                if (!schemes.add(source.scheme())) {
                    throw new IllegalStateException("two authenticators for scheme " + source.scheme());
                }
            }
            if (store == null) {
                schemes.remove(SESSION);
            }
            if (schemes.isEmpty()) {
                throw new IllegalStateException("an engine needs an authenticator or an identity store");
            }
            AuthEngine engine = new AuthEngine(shared, schemes);
            shared.bySchemes.put(Set.copyOf(schemes), engine);
            return engine;
        }
    }
}
