package io.ostiary.core.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What one proxy said of whoever asked it.
 *
 * @param address an address literal without port and brackets; null if it said none that can be read
 * @param proto {@code http} or {@code https}; null if it said neither
 */
record Hop(@Nullable String address, @Nullable String proto) {
    private static final int MOST = 64;
    private static final Hop UNREADABLE = new Hop(null, null);

    boolean secure(boolean otherwise) {
        return proto == null ? otherwise : proto.equals("https");
    }

    /** RFC 7239 section 4: elements separated by commas, each of pairs separated by semicolons. */
    static List<Hop> forwarded(List<String> lines) {
        List<Hop> hops = new ArrayList<>();
        for (String line : lines) {
            List<String> elements = split(line, ',');
            if (elements == null) {
                hops.clear(); // what comes before it cannot be told apart
                hops.add(UNREADABLE);
                continue;
            }
            elements.forEach(element -> hops.add(element(element)));
            if (hops.size() > MOST) { // the last ones count: the nearest proxies wrote them
                hops.subList(0, hops.size() - MOST).clear();
                hops.set(0, UNREADABLE);
            }
        }
        return hops;
    }

    static List<Hop> legacy(List<String> forLines, List<String> protoLines) {
        List<String> addresses = list(forLines);
        List<String> protos = list(protoLines);
        List<Hop> hops = new ArrayList<>();
        for (int i = 0; i < addresses.size(); i++) {
            // Some proxies add one for each hop, most write the one that counts.
            String said = protos.isEmpty() ? "" : protos.get(protos.size() == addresses.size() ? i : protos.size() - 1);
            hops.add(new Hop(literal(addresses.get(i)), proto(said)));
        }
        return hops;
    }

    private static List<String> list(List<String> lines) {
        List<String> all = new ArrayList<>();
        for (String line : lines) {
            for (String each : line.split(",", -1)) {
                all.add(each.strip());
            }
        }
        return all.size() > MOST ? all.subList(all.size() - MOST, all.size()) : all;
    }

    private static Hop element(String element) {
        String address = null;
        String proto = null;
        boolean twice = false;
        List<String> pairs = split(element, ';');
        for (String pair : pairs == null ? List.<String>of() : pairs) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? "" : pair.substring(0, equals).strip().toLowerCase(Locale.ROOT);
            String value = equals < 0 ? "" : unquoted(pair.substring(equals + 1).strip());
            if (name.equals("for")) {
                twice |= address != null;
                address = value;
            } else if (name.equals("proto")) {
                twice |= proto != null;
                proto = value;
            }
        }
        return twice || address == null ? UNREADABLE : new Hop(literal(address), proto == null ? null : proto(proto));
    }

    /** Splits outside of quoted strings; null if a quote is left open. */
    private static @Nullable List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == separator && !quoted) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return quoted ? null : parts;
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1).replace("\\", "") : value;
    }

    private static @Nullable String proto(String text) {
        String small = text.toLowerCase(Locale.ROOT);
        return small.equals("https") || small.equals("http") ? small : null;
    }

    /** {@code 192.0.2.1}, {@code 192.0.2.1:80}, {@code 2001:db8::1}, {@code [2001:db8::1]}, {@code [2001:db8::1]:80}. */
    private static @Nullable String literal(String node) {
        String address = node;
        if (node.startsWith("[")) {
            int close = node.indexOf(']');
            String rest = close < 0 ? "x" : node.substring(close + 1);
            address = rest.isEmpty() || rest.matches(":[0-9]{1,5}") ? node.substring(1, close) : "";
        } else if (node.indexOf('.') > 0 && node.indexOf(':') == node.lastIndexOf(':') && node.indexOf(':') > 0) {
            address = node.matches("[0-9.]+:[0-9]{1,5}") ? node.substring(0, node.indexOf(':')) : "";
        }
        return Network.literal(address) == null ? null : address;
    }
}
