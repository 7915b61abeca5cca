package io.ostiary.core.oauth;

import io.ostiary.core.config.Settings;

/**
 * What lasts after a login.
 *
 * @param keepTokens whether the provider's tokens are kept for the application
 * @param endOnRefusedRefresh whether the session ends when the provider takes back its consent
 * @param providerLogout whether a logout here also ends the session at the provider
 * @param frontChannel whether the provider may end sessions by a hidden frame
 * @param initiated whether the provider or another site may start a login
 */
record SessionSettings(
        boolean keepTokens,
        boolean endOnRefusedRefresh,
        boolean providerLogout,
        boolean frontChannel,
        boolean initiated) {
    /** How far a logout goes. */
    enum Logout {
        LOCAL,
        PROVIDER
    }

    static SessionSettings from(Settings section, Preset preset) {
        boolean keep = section.flag("keep-tokens", false);
        boolean end = keep && section.flag("end-session-on-refused-refresh", true);
        if (!preset.openId()) {
            return new SessionSettings(keep, end, false, false, false);
        }
        return new SessionSettings(
                keep,
                end,
                section.oneOf("logout", Logout.class, Logout.LOCAL) == Logout.PROVIDER,
                section.flag("front-channel-logout", false),
                section.flag("initiated-login", false));
    }

    /** The ID token is the hint that makes a provider log out without asking. */
    boolean keepsAnything() {
        return keepTokens || providerLogout;
    }
}
