package io.ostiary.core.oauth;

import io.ostiary.core.config.Settings;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which addresses of a provider are good enough: https; http only on this machine and only in development. */
final class Addresses {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private Addresses() {}

    static boolean allowed(URI uri, boolean development) {
        if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            return false;
        }
        return "https".equals(uri.getScheme())
                || development && "http".equals(uri.getScheme()) && LOOPBACK.contains(uri.getHost());
    }

    /** Null if it is not set. */
    static @Nullable URI read(Settings section, String key, boolean development) {
        URI uri = section.url(key);
        if (uri != null && !allowed(uri, development)) {
            throw section.problem(
                    key,
                    "is not https; allowed: an https address, or http on localhost, 127.0.0.1 or [::1] while the"
                            + " development switch is on");
        }
        return uri;
    }
}
