package io.ostiary.core.oauth;

import io.ostiary.core.jose.KeySet;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/** What one provider publishes about itself, fetched when first needed. Thread-safe. */
final class ProviderDocuments {
    private static final Remote.Lifetime METADATA_LIFETIME =
            new Remote.Lifetime(Duration.ofHours(1), Duration.ofDays(1));
    private static final Remote.Lifetime KEYS_LIFETIME =
            new Remote.Lifetime(Duration.ofMinutes(10), Duration.ofHours(1));
    private static final Map<String, String> ACCEPT = Map.of("Accept", "application/json");
    private final ProviderSettings settings;
    private final boolean development;
    private final CappedHttp http;
    private final Remote<Metadata> metadata;
    private final Remote<KeySet> keys;

    ProviderDocuments(ProviderSettings settings, InstantSource clock, boolean development, CappedHttp http) {
        this.settings = settings;
        this.development = development;
        this.http = http;
        this.metadata = new Remote<>(this::discover, METADATA_LIFETIME, clock);
        this.keys = new Remote<>(this::fetchKeys, KEYS_LIFETIME, clock);
    }

    Metadata metadata() throws ProviderException {
        Metadata manual = settings.manual();
        return manual == null ? metadata.get() : manual;
    }

    Remote<KeySet> keys() {
        return keys;
    }

    private Metadata discover() throws ProviderException {
        URI address = settings.discovery();
        if (address == null) {
            throw new IllegalStateException("a provider with endpoints of its own has no discovery");
        }
        return Metadata.parse(
                http.get(address, ACCEPT, "discovery").okObject("discovery"), settings.issuer(), development);
    }

    private KeySet fetchKeys() throws ProviderException {
        URI address = metadata().jwksUri();
        if (address == null) {
            throw new IllegalStateException("plain OAuth 2.0 has no keys");
        }
        return keys(http, address);
    }

    static KeySet keys(CappedHttp http, URI address) throws ProviderException {
        KeySet set = KeySet.parse(http.get(address, ACCEPT, "keys").okObject("keys"));
        if (set == null || set.size() == 0) {
            throw ProviderException.unavailable("keys: no usable key");
        }
        return set;
    }
}
