package io.ostiary.core.runtime;

import io.ostiary.core.session.SessionSettings;
import io.ostiary.core.session.Sessions;
import io.ostiary.core.session.Stores;
import io.ostiary.core.spi.DenyList;
import io.ostiary.core.spi.Feature;
import io.ostiary.core.spi.IdentityStore;
import io.ostiary.core.spi.Meters;
import io.ostiary.core.token.TokenService;
import org.jspecify.annotations.Nullable;

/** Puts together where identities live between requests. */
final class SessionParts {
    private SessionParts() {}

    /** In memory, or in stores of the application, of which only so many calls run at once. */
    static Sessions sessions(SessionSettings settings, @Nullable Stores own, DenyList denied, Feature.Context context) {
        if (own == null) {
            return Sessions.inMemory(settings, denied, context, context.listener());
        }
        Stores stores = own.bounded(settings.storeCalls());
        return new Sessions(settings, stores.sessions(), stores.remembered(), denied, context, context.listener());
    }

    static IdentityStore store(Sessions sessions, @Nullable TokenService api, @Nullable Meters meters) {
        IdentityStore store = api == null ? sessions : new SessionsWithTokens(sessions, api);
        return meters == null ? store : new MeteredStore(store, meters);
    }
}
