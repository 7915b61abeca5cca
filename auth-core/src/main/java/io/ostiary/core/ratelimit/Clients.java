package io.ostiary.core.ratelimit;

import io.ostiary.core.proxy.Network;
import java.util.HexFormat;

/** Who counts as one client: an IPv4 address, or the /64 that one customer gets of IPv6. */
final class Clients {
    private static final int BYTES_OF_64 = 8;

    private Clients() {}

    static String of(String remoteAddress) {
        byte[] address = Network.literal(remoteAddress);
        if (address == null) {
            return "unreadable"; // one bucket for all of them
        }
        int length = address.length == 4 ? 4 : BYTES_OF_64;
        return HexFormat.of().formatHex(address, 0, length);
    }
}
