package io.ostiary.core.oauth;

import io.ostiary.core.config.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The settings below {@code oauth.}, checked. Immutable. */
public final class OAuthSettings {
    private final Duration loginTimeout;
    private final Duration requestTimeout;
    private final Duration tokenLifetime;
    private final List<ProviderSettings> providers;
    private final boolean development;

    private OAuthSettings(
            Duration loginTimeout,
            Duration requestTimeout,
            Duration tokenLifetime,
            List<ProviderSettings> providers,
            boolean development) {
        this.loginTimeout = loginTimeout;
        this.requestTimeout = requestTimeout;
        this.tokenLifetime = tokenLifetime;
        this.providers = List.copyOf(providers);
        this.development = development;
    }

    /**
     * Reads {@code oauth.login-timeout} (default 10m), {@code oauth.request-timeout} (default 10s),
     * {@code oauth.token-lifetime} (default 24h) and every {@code oauth.provider.<id>.*}. A provider of which nothing is set does not exist; having none at all is fine.
     *
     * @param settings all settings
     * @param development whether providers may be reached by http on this machine
     * @return the settings
     * @throws io.ostiary.core.config.ConfigurationException if one is wrong
     */
    public static OAuthSettings from(Settings settings, boolean development) {
        Settings oauth = settings.section("oauth");
        Set<String> ids = oauth.names("provider");
        return new OAuthSettings(
                oauth.duration("login-timeout", Duration.ofMinutes(10), Duration.ofMinutes(1), Duration.ofHours(1)),
                oauth.duration("request-timeout", Duration.ofSeconds(10), Duration.ofSeconds(1), Duration.ofMinutes(1)),
                oauth.duration("token-lifetime", Duration.ofHours(24), Duration.ofMinutes(5), Duration.ofDays(90)),
                ids.stream()
                        .map(id -> ProviderSettings.from(oauth, id, development))
                        .toList(),
                development);
    }

    /**
     * Refuses what does not go with sessions that live in cookies: a front-channel notice proves nothing, so it may only end
     * what can be looked up.
     *
     * @param settings all settings
     * @throws io.ostiary.core.config.ConfigurationException if a provider may send such notices
     */
    public void refuseFrontChannel(Settings settings) {
        for (ProviderSettings provider : providers) {
            if (provider.session().frontChannel()) {
                throw settings.section("oauth")
                        .section("provider." + provider.id())
                        .problem(
                                "front-channel-logout",
                                "is true while 'session.mode' is cookie, where a session cannot be looked up; allowed: false,"
                                        + " or session.mode server");
            }
        }
    }

    /** From the redirect to the provider until its answer. */
    Duration loginTimeout() {
        return loginTimeout;
    }

    /** For one whole exchange with a provider's server. */
    Duration requestTimeout() {
        return requestTimeout;
    }

    /** From the last refresh until kept tokens are forgotten. */
    Duration tokenLifetime() {
        return tokenLifetime;
    }

    List<ProviderSettings> providers() {
        return providers;
    }

    boolean development() {
        return development;
    }

    /** Shows the provider ids only. */
    @Override
    public String toString() {
        return "OAuthSettings" + providers.stream().map(ProviderSettings::id).toList();
    }
}
