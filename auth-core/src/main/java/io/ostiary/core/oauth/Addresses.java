package io.ostiary.core.oauth;

import java.net.URI;
import java.util.Set;

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
}
