package io.ostiary.core.config;

import io.ostiary.core.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Makes values of entries, or the message that says what is wrong with one and what is allowed. */
final class Values {
    private static final String SECRET_SHOWN = "(hidden)";
    private static final String URL_ALLOWED =
            "an absolute URL such as https://app.example/path, without user name, '?' or '#'";

    private Values() {}

    static String matching(Entry entry, String pattern, String allowed) {
        if (!entry.value().matches(pattern)) {
            throw notAllowed(entry, allowed);
        }
        return entry.value();
    }

    static boolean flag(Entry entry) {
        return switch (entry.value()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw notAllowed(entry, "true or false");
        };
    }

    static int number(Entry entry, int min, int max) {
        String allowed = "a whole number from " + min + " to " + max;
        if (!entry.value().matches("-?[0-9]{1,10}")) {
            throw notAllowed(entry, allowed);
        }
        long number = Long.parseLong(entry.value());
        if (number < min || number > max) {
            throw notAllowed(entry, allowed);
        }
        return (int) number;
    }

    static Duration duration(Entry entry, Duration min, Duration max) {
        Duration duration = Durations.parse(entry.value());
        if (duration == null || duration.compareTo(min) < 0 || duration.compareTo(max) > 0) {
            throw notAllowed(
                    entry,
                    "a duration with its unit from " + Durations.show(min) + " to " + Durations.show(max)
                            + ", for example 30s, 15m, 12h, 7d or PT30M");
        }
        return duration;
    }

    static int size(Entry entry, int min, int max) {
        long bytes = Sizes.parse(entry.value());
        if (bytes < min || bytes > max) {
            throw notAllowed(
                    entry, "a size with its unit from " + min + "B to " + max + "B, for example 512B, 64KiB or 1MB");
        }
        return (int) bytes;
    }

    static Set<String> words(Entry entry, Set<String> allowed) {
        // Sorted: the order of a set may differ from run to run, a message must not.
        String text = "one or more of " + String.join(", ", new TreeSet<>(allowed)) + ", comma separated";
        Set<String> words = elements(entry, text);
        if (!allowed.containsAll(words)) {
            throw notAllowed(entry, text);
        }
        return words;
    }

    static Set<String> elements(Entry entry, String allowed) {
        Set<String> elements = new LinkedHashSet<>();
        for (String part : entry.value().split(",", -1)) {
            String element = part.strip();
            if (element.isEmpty()) {
                throw notAllowed(entry, allowed + ", without an empty element");
            }
            if (!elements.add(element)) {
                String which = entry.hasPlaceholder() ? "an element" : "'" + element + "'";
                throw notAllowed(entry, allowed + ", without " + which + " twice");
            }
        }
        return elements;
    }

    static <E extends Enum<E>> E constant(Entry entry, Class<E> type) {
        for (E constant : type.getEnumConstants()) {
            if (word(constant).equals(entry.value())) {
                return constant;
            }
        }
        throw notAllowed(
                entry,
                "one of "
                        + Arrays.stream(type.getEnumConstants())
                                .map(Values::word)
                                .collect(Collectors.joining(", ")));
    }

    static URI url(Entry entry) {
        try {
            URI uri = new URI(entry.value());
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            if (web
                    && uri.getHost() != null
                    && uri.getPort() <= 65_535
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw hiddenNotAllowed(entry, URL_ALLOWED);
        }
        throw hiddenNotAllowed(entry, URL_ALLOWED);
    }

    static Secret secret(Entry entry, int minBytes) {
        Secret secret = Secret.of(entry.value());
        if (secret.size() < minBytes) {
            throw new ConfigurationException(entry.place() + " " + SECRET_SHOWN + " has " + secret.size()
                    + " bytes; allowed: at least " + minBytes
                    + " bytes of random text, for example the output of: openssl rand -base64 " + minBytes);
        }
        return secret;
    }

    private static ConfigurationException notAllowed(Entry entry, String allowed) {
        String shown = entry.hasPlaceholder() ? entry.raw() + " " + SECRET_SHOWN : entry.raw();
        return new ConfigurationException(entry.place() + " is '" + shown + "'; allowed: " + allowed);
    }

    /** For addresses: what is wrong with one may be the very part that holds a password or a token. */
    private static ConfigurationException hiddenNotAllowed(Entry entry, String allowed) {
        return (entry.raw() + entry.value()).chars().anyMatch(c -> c == '@' || c == '?' || c == '#')
                ? new ConfigurationException(
                        entry.place() + " " + SECRET_SHOWN + " is not allowed; allowed: " + allowed)
                : notAllowed(entry, allowed);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
