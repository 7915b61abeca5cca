package io.ostiary.core.session;

import io.ostiary.core.config.Settings;
import java.time.Duration;
import java.time.Instant;

/**
 * Settings of sessions, all below {@code session.}.
 *
 * @param idleTimeout {@code idle-timeout}: a session ends when unused for so long; 30 minutes by default
 * @param absoluteTimeout {@code absolute-timeout}: it ends so long after the login in any case; 24 hours by default
 * @param cookieName {@code cookie-name}: {@code __Host-ostiary} by default, {@code ostiary} over plain http
 * @param secure whether the cookie goes over TLS only; not a setting of its own, it follows from the base URL
 * @param maxSessions {@code max-sessions}: most sessions in memory; 100000 by default
 */
public record SessionSettings(
        Duration idleTimeout, Duration absoluteTimeout, String cookieName, boolean secure, int maxSessions) {

    /**
     * Reads the settings.
     *
     * @param all all settings
     * @param secure whether the application is served over TLS
     * @return the settings of sessions
     * @throws io.ostiary.core.config.ConfigurationException if one is wrong
     */
    public static SessionSettings from(Settings all, boolean secure) {
        Settings settings = all.section("session");
        Duration absolute =
                settings.duration("absolute-timeout", Duration.ofHours(24), Duration.ofMinutes(1), Duration.ofDays(30));
        Duration idle =
                settings.duration("idle-timeout", Duration.ofMinutes(30), Duration.ofMinutes(1), Duration.ofDays(30));
        if (idle.compareTo(absolute) > 0) {
            throw settings.problem("idle-timeout", "is longer than 'session.absolute-timeout'; allowed: at most that");
        }
        String name = secure
                ? settings.matching(
                        "cookie-name",
                        "__Host-[A-Za-z0-9_-]{1,40}",
                        "__Host- and 1 to 40 letters, digits, dashes or underscores",
                        "__Host-ostiary")
                : settings.matching(
                        "cookie-name",
                        "(?!__)[A-Za-z0-9_-]{1,40}",
                        "1 to 40 letters, digits, dashes or underscores, not beginning with __,"
                                + " because this application is served over plain http",
                        "ostiary");
        int max = settings.number("max-sessions", 100_000, 1, 100_000_000);
        return new SessionSettings(idle, absolute, name, secure, max);
    }

    /** When a session ends if it is not used again. */
    Instant endOf(SessionRecord session) {
        Instant idleEnd = session.lastUsed().plus(idleTimeout);
        Instant absoluteEnd = session.created().plus(absoluteTimeout);
        return idleEnd.isBefore(absoluteEnd) ? idleEnd : absoluteEnd;
    }
}
