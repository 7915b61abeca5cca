package io.ostiary.core.runtime;

import io.ostiary.core.endpoint.Endpoints;
import io.ostiary.core.spi.LogoutTargets;
import io.ostiary.core.token.TokenService;
import java.util.function.Consumer;

/** What a provider ends here: sessions, and the tokens that came from them. Thread-safe. */
record ProviderLogouts(Endpoints.SignedIn parts) implements LogoutTargets {
    @Override
    public int end(Target target) {
        TokenService tokens = parts.tokens();
        Consumer<String> ended = tokens == null ? handle -> {} : tokens::endSession;
        int count = parts.sessions().end(target, ended);
        if (tokens != null) {
            tokens.end(target); // those of sessions in cookies, whose handles nobody knows
        }
        return count;
    }
}
