package io.ostiary.core.spi;

import io.ostiary.core.AuthRequest;
import io.ostiary.core.Identity;
import io.ostiary.core.Policy;
import io.ostiary.core.Reply;
import io.ostiary.core.config.Settings;
import io.ostiary.core.crypto.MasterKey;
import io.ostiary.core.crypto.Tokens;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;

/**
 * A part of the kit that reads its own settings and contributes to the engine. Built-in features are named in code;
 * extensions are found with {@link java.util.ServiceLoader}.
 */
@FunctionalInterface
public interface Feature {
    /**
     * Reads the feature's settings, once, at start-up.
     *
     * @param settings all settings; the feature reads the keys below its own prefix
     * @param context what every feature may use
     * @return what it adds; {@link Contribution#none()} if it is not configured
     * @throws io.ostiary.core.config.ConfigurationException if a setting is wrong
     */
    Contribution configure(Settings settings, Context context);

    /**
     * What every feature may use.
     *
     * @param key derives a key for each purpose
     * @param tokens source of randomness
     * @param clock source of time
     * @param once remembers what may be used once only
     * @param limits counts how often things happen
     * @param development whether the development switch is on
     * @param listener hears of what only the feature knows of; what it throws denies the request
     */
    record Context(
            MasterKey key,
            Tokens tokens,
            InstantSource clock,
            OnceStore once,
            RateLimitStore limits,
            boolean development,
            AuthListener listener) {
        /**
         * Nobody hears of what only the feature knows of.
         *
         * @param key derives a key for each purpose
         * @param tokens source of randomness
         * @param clock source of time
         * @param once remembers what may be used once only
         * @param limits counts how often things happen
         * @param development whether the development switch is on
         */
        public Context(
                MasterKey key,
                Tokens tokens,
                InstantSource clock,
                OnceStore once,
                RateLimitStore limits,
                boolean development) {
            this(key, tokens, clock, once, limits, development, event -> {});
        }
    }

    /**
     * What a feature adds.
     *
     * @param authenticators looked at in order, before the session
     * @param enrichers run in order
     * @param loginSteps run in order
     * @param listeners hear of every event
     * @param pages answered below the path of the kit's own pages
     */
    record Contribution(
            List<Authenticator> authenticators,
            List<IdentityEnricher> enrichers,
            List<LoginStep> loginSteps,
            List<AuthListener> listeners,
            List<Page> pages) {
        /** Copies. */
        public Contribution {
            authenticators = List.copyOf(authenticators);
            enrichers = List.copyOf(enrichers);
            loginSteps = List.copyOf(loginSteps);
            listeners = List.copyOf(listeners);
            pages = List.copyOf(pages);
        }

        /**
         * Adds no page.
         *
         * @param authenticators looked at in order, before the session
         * @param enrichers run in order
         * @param loginSteps run in order
         * @param listeners hear of every event
         */
        public Contribution(
                List<Authenticator> authenticators,
                List<IdentityEnricher> enrichers,
                List<LoginStep> loginSteps,
                List<AuthListener> listeners) {
            this(authenticators, enrichers, loginSteps, listeners, List.of());
        }

        /**
         * Adds nothing.
         *
         * @return an empty contribution
         */
        public static Contribution none() {
            return new Contribution(List.of(), List.of(), List.of(), List.of());
        }

        /**
         * Adds one authenticator.
         *
         * @param authenticator the authenticator
         * @return a contribution
         */
        public static Contribution of(Authenticator authenticator) {
            return new Contribution(List.of(authenticator), List.of(), List.of(), List.of());
        }

        /**
         * Adds one enricher.
         *
         * @param enricher the enricher
         * @return a contribution
         */
        public static Contribution of(IdentityEnricher enricher) {
            return new Contribution(List.of(), List.of(enricher), List.of(), List.of());
        }
    }

    /**
     * A page for people with a session: who comes with a token or a key is nobody here, and whatever is not a GET must
     * come from a page of the application itself.
     *
     * @param method {@code GET} or {@code POST}
     * @param path below the path of the kit's own pages, begins with a slash; not one that is taken
     * @param policy what it takes; it grants to nobody who is not known
     * @param answers answers whoever may; a fault becomes 503
     */
    record Page(String method, String path, Policy policy, Function<Visit, Reply> answers) {}

    /**
     * A visit to a page.
     *
     * @param request the request
     * @param identity who comes, with all roles that count now
     * @param proven the same as the login left it, before anything here added roles
     */
    record Visit(AuthRequest request, Identity identity, Identity proven) {}
}
