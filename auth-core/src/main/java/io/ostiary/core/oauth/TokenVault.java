package io.ostiary.core.oauth;

import io.ostiary.core.Identity;
import io.ostiary.core.crypto.Sealer;
import io.ostiary.core.crypto.Tokens;
import io.ostiary.core.spi.OAuthTokenStore;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Seals tokens before a store sees them. The identity of a login names them by an id that no client ever gets. */
final class TokenVault {
    /** Name of the identity's attribute. */
    static final String ATTRIBUTE = "provider_login";

    private final OAuthTokenStore store;
    private final Sealer sealer;
    private final Duration lifetime;

    TokenVault(OAuthTokenStore store, Sealer sealer, Duration lifetime) {
        this.store = store;
        this.sealer = sealer;
        this.lifetime = lifetime;
    }

    /**
     * What the store has.
     *
     * @param key where
     * @param sealed as it is there
     * @param tokens what it means
     */
    record Entry(String key, String sealed, KeptTokens tokens) {
        @Override
        public String toString() {
            return "Entry[hidden]";
        }
    }

    void insert(String login, KeptTokens tokens, Instant now) {
        String key = Tokens.digest(login);
        store.insert(key, seal(key, tokens), now.plus(lifetime));
    }

    @Nullable
    Entry find(Identity identity) {
        String login = identity.attributes().get(ATTRIBUTE);
        Entry entry = login == null ? null : find(Tokens.digest(login));
        // Bound to the very person: tokens of one identity never serve another.
        boolean same = entry != null && entry.tokens().login().issuer().equals(identity.issuer());
        return same ? entry : null;
    }

    @Nullable
    Entry find(String key) {
        String sealed = store.load(key);
        byte[] plain = sealed == null ? null : sealer.open(sealed, key);
        KeptTokens tokens = plain == null ? null : KeptTokens.decode(plain);
        return sealed == null || tokens == null ? null : new Entry(key, sealed, tokens);
    }

    boolean replace(Entry old, KeptTokens tokens, Instant now) {
        return store.replace(old.key(), old.sealed(), seal(old.key(), tokens), now.plus(lifetime));
    }

    void remove(Identity identity) {
        String login = identity.attributes().get(ATTRIBUTE);
        if (login != null) {
            store.remove(Tokens.digest(login));
        }
    }

    void remove(Entry entry) {
        store.remove(entry.key());
    }

    private String seal(String key, KeptTokens tokens) {
        return sealer.seal(tokens.encode(), key);
    }
}
