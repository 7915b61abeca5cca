package io.ostiary.core.proxy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A range of addresses in CIDR notation; parses literals only, so that no name is ever looked up. Immutable. */
public final class Network {
    /** What may be written in settings. */
    public static final String ALLOWED = "addresses or CIDR ranges such as 10.0.0.0/8 or 2001:db8::/32";

    private static final Pattern V4 = Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");
    private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");

    private final byte[] address;
    private final int bits;

    private Network(byte[] address, int bits) {
        this.address = address;
        this.bits = bits;
    }

    /**
     * Reads a range.
     *
     * @param text an address, or a range such as {@code 10.0.0.0/8}
     * @return null for anything that is not an address or a range whose host bits are zero
     */
    public static @Nullable Network parse(String text) {
        int slash = text.indexOf('/');
        byte[] address = literal(slash < 0 ? text : text.substring(0, slash));
        String length = slash < 0 ? "" : text.substring(slash + 1);
        if (address == null || !(slash < 0 || length.matches("0|[1-9][0-9]{0,2}"))) {
            return null;
        }
        int bits = slash < 0 ? address.length * 8 : Integer.parseInt(length);
        Network network = new Network(address, bits);
        return bits <= address.length * 8 && network.hostBitsAreZero() ? network : null;
    }

    /**
     * Tells whether an address is in the range; one that cannot be parsed is in none.
     *
     * @param remoteAddress an address literal; an IPv4 address in IPv6 clothes counts as IPv4
     * @return true if it is
     */
    public boolean contains(String remoteAddress) {
        byte[] remote = literal(remoteAddress);
        if (remote == null || remote.length != address.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            if (bit(remote, bit) != bit(address, bit)) {
                return false;
            }
        }
        return true;
    }

    private boolean hostBitsAreZero() {
        for (int bit = bits; bit < address.length * 8; bit++) {
            if (bit(address, bit) != 0) {
                return false;
            }
        }
        return true;
    }

    private static int bit(byte[] bytes, int index) {
        return bytes[index / 8] >> (7 - index % 8) & 1;
    }

    /**
     * Reads an address literal.
     *
     * @param text an address; nothing is looked up
     * @return its 4 or 16 bytes, IPv4-mapped IPv6 folded to 4; null if it is none
     */
    public static byte @Nullable [] literal(String text) {
        boolean v6 = text.indexOf(':') >= 0;
        if (!(v6 ? V6 : V4).matcher(text).matches()) {
            return null;
        }
        try {
            return InetAddress.getByName(text).getAddress();
        } catch (UnknownHostException notAnAddress) {
            return null;
        }
    }
}
