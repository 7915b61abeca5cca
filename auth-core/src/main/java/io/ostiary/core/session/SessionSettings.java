package io.ostiary.core.session;

import io.ostiary.core.config.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * Settings of sessions, all below {@code session.}.
 *
 * @param mode {@code mode}: where sessions live; {@code server} by default
 * @param idleTimeout {@code idle-timeout}: a session ends when unused for so long; 30 minutes by default
 * @param absoluteTimeout {@code absolute-timeout}: it ends so long after the login in any case; 24 hours by default
 * @param pendingTimeout {@code pending-timeout}: how long a second factor is waited for; 10 minutes by default
 * @param cookieName {@code cookie-name}: {@code __Host-ostiary} by default, {@code ostiary} over plain http
 * @param secure whether the cookie goes over TLS only; not a setting of its own, it follows from the base URL
 * @param maxSessions {@code max-sessions}: most sessions in memory; 100000 by default
 * @param maxPerUser {@code max-per-user}: most sessions of one person; 50 by default; in mode {@code server} only
 * @param remember {@code remember-me}: whether a login outlives the browser; {@code off} by default
 * @param rememberLifetime {@code remember-lifetime}: for how long, from the login on; 14 days by default
 * @param clearSiteData {@code clear-site-data}: whether a logout tells the browser to drop cache and storage of this site;
 *     false by default
 * @param adminRoles {@code admin-roles}: who may end all sessions of anybody; empty, so nobody, by default
 * @param storeCalls {@code store-calls}: how many calls of the application's own stores may run at once; 64 by default
 */
public record SessionSettings(
        Mode mode,
        Duration idleTimeout,
        Duration absoluteTimeout,
        Duration pendingTimeout,
        String cookieName,
        boolean secure,
        int maxSessions,
        int maxPerUser,
        Remember remember,
        Duration rememberLifetime,
        boolean clearSiteData,
        Set<String> adminRoles,
        int storeCalls) {

    /** Copies. */
    public SessionSettings {
        adminRoles = Set.copyOf(adminRoles);
    }

    /** Where sessions live. */
    public enum Mode {
        /** In the session store; the browser has a random id. */
        SERVER,
        /** Sealed in the browser's cookie; the server remembers only what was withdrawn. */
        COOKIE
    }

    /** Whether a login outlives the browser. */
    public enum Remember {
        /** Never. */
        OFF,
        /** If the login was started with {@code remember=1}. */
        ON_REQUEST,
        /** Always. */
        ALWAYS
    }

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
        Duration minute = Duration.ofMinutes(1);
        Duration month = Duration.ofDays(30);
        Duration absolute = settings.duration("absolute-timeout", Duration.ofHours(24), minute, month);
        Duration idle = settings.duration("idle-timeout", Duration.ofMinutes(30), minute, month);
        if (idle.compareTo(absolute) > 0) {
            throw settings.problem("idle-timeout", "is longer than 'session.absolute-timeout'; allowed: at most that");
        }
        Mode mode = settings.oneOf("mode", Mode.class, Mode.SERVER);
        if (mode == Mode.COOKIE && settings.has("max-per-user")) {
            throw settings.problem(
                    "max-per-user", "counts sessions on the server; allowed: only with 'session.mode' set to server");
        }
        return new SessionSettings(
                mode,
                idle,
                absolute,
                settings.duration("pending-timeout", Duration.ofMinutes(10), minute, Duration.ofHours(1)),
                cookieName(settings, secure),
                secure,
                settings.number("max-sessions", 100_000, 1, 100_000_000),
                settings.number("max-per-user", 50, 1, 10_000),
                settings.oneOf("remember-me", Remember.class, Remember.OFF),
                settings.duration("remember-lifetime", Duration.ofDays(14), Duration.ofHours(1), Duration.ofDays(90)),
                settings.flag("clear-site-data", false),
                settings.set("admin-roles", Set.of()),
                settings.number("store-calls", 64, 1, 10_000));
    }

    private static String cookieName(Settings settings, boolean secure) {
        return secure
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
    }

    /** When a session ends if it is not used again. */
    Instant endOf(SessionRecord session) {
        return Instant.ofEpochMilli(endMillis(session));
    }

    /** The same in milliseconds, which each request asks. */
    long endMillis(SessionRecord session) {
        long created = session.created().toEpochMilli();
        long idleEnd = session.lastUsed().toEpochMilli() + idleTimeout.toMillis();
        long end = Math.min(idleEnd, created + absoluteTimeout.toMillis());
        return session.state() == SessionRecord.State.PENDING
                ? Math.min(end, created + pendingTimeout.toMillis())
                : end;
    }
}
