package io.ostiary.core.proxy;

import io.ostiary.core.config.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which proxies are believed when they say for whom they ask. By default none, and what such headers say counts for
 * nothing. The client is the right-most hop that is not a trusted proxy: whatever stands left of it, the client may have
 * made up. Immutable and thread-safe.
 */
public final class Proxies {
    /** Believes nobody. */
    public static final Proxies NONE = new Proxies(List.of(), Family.FORWARDED);

    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._:#+/=@-]{1,128}");
    private final List<Network> trusted;
    private final Family family;

    private Proxies(List<Network> trusted, Family family) {
        this.trusted = List.copyOf(trusted);
        this.family = family;
    }

    /** Which headers the proxies write; the others are ignored, because the client could write those. */
    public enum Family {
        /** {@code Forwarded} (RFC 7239). */
        FORWARDED,
        /** {@code X-Forwarded-For} and {@code X-Forwarded-Proto}. */
        X_FORWARDED
    }

    /**
     * Who is behind the proxies.
     *
     * @param address an address literal
     * @param secure whether the client's own connection is protected by TLS
     */
    public record Client(String address, boolean secure) {}

    /**
     * Reads the settings {@code trusted} and {@code header}.
     *
     * @param section the settings of proxies
     * @return {@link #NONE} if none is trusted
     * @throws io.ostiary.core.config.ConfigurationException if a setting is wrong
     */
    public static Proxies from(Settings section) {
        Set<String> ranges = section.set("trusted", Set.of());
        List<Network> trusted = new ArrayList<>();
        for (String range : new TreeSet<>(ranges)) {
            Network network = Network.parse(range);
            if (network == null) {
                throw section.problem(
                        "trusted", "has '" + range + "'; allowed: " + Network.ALLOWED + ", comma separated");
            }
            if (range.endsWith("/0")) {
                throw section.problem(
                        "trusted", "has '" + range + "', which is everybody; allowed: the proxies' addresses");
            }
            trusted.add(network);
        }
        if (trusted.isEmpty()) {
            if (section.has("header")) {
                throw section.problem("header", "is set, but 'trusted' is not; allowed: both or neither");
            }
            return NONE;
        }
        section.requiredText("header", "forwarded or x-forwarded, whichever the proxies write");
        return new Proxies(trusted, section.oneOf("header", Family.class, Family.FORWARDED));
    }

    /**
     * Tells whether any proxy is believed.
     *
     * @return false for {@link #NONE}
     */
    public boolean any() {
        return !trusted.isEmpty();
    }

    /**
     * Finds out who is behind the proxies.
     *
     * @param peer address of the peer of the connection
     * @param secure whether the connection is protected by TLS
     * @param headers gives the lines of a header
     * @return the peer itself unless it is a trusted proxy
     */
    public Client client(String peer, boolean secure, Function<String, List<String>> headers) {
        Client client = new Client(peer, secure);
        if (!trusts(peer)) {
            return client;
        }
        List<Hop> hops = family == Family.FORWARDED
                ? Hop.forwarded(headers.apply("Forwarded"))
                : Hop.legacy(headers.apply("X-Forwarded-For"), headers.apply("X-Forwarded-Proto"));
        for (int i = hops.size() - 1; i >= 0; i--) {
            Hop hop = hops.get(i);
            String address = hop.address();
            if (address == null) { // unreadable: what the last trusted proxy says of itself is all that is known
                return new Client(client.address(), hop.secure(client.secure()));
            }
            client = new Client(address, hop.secure(client.secure()));
            if (!trusts(address)) {
                return client;
            }
        }
        return client;
    }

    /**
     * Returns what a trusted proxy calls a request, in {@code X-Request-Id}.
     *
     * @param peer address of the peer of the connection
     * @param headers gives the lines of a header
     * @return null if the peer is no trusted proxy, or there is not exactly one name of 1 to 128 letters, digits and
     *     {@code -._:#+/=@}
     */
    public @Nullable String requestId(String peer, Function<String, List<String>> headers) {
        if (!trusts(peer)) {
            return null;
        }
        List<String> names = headers.apply("X-Request-Id");
        return names.size() == 1 && REQUEST_ID.matcher(names.get(0)).matches() ? names.get(0) : null;
    }

    private boolean trusts(@Nullable String address) {
        if (address == null) {
            return false;
        }
        for (Network network : trusted) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }
}
