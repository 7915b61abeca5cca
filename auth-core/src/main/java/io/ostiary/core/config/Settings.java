package io.ostiary.core.config;

import io.ostiary.core.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Strict, typed view of key/value text, whatever it was written in. Read once at start-up; every reader remembers which
 * keys it was asked for, and {@link #refuseUnknown()} stops the start if any other is there. A mistake throws
 * {@link ConfigurationException}. Values may hold {@code ${env:NAME}}, {@code ${sys:name}}, both also with
 * {@code :-default}, and {@code ${file:/path}}; a value that is {@code ${env:NAME:-}} and nothing else counts as not set
 * while NAME is not.
 */
public final class Settings {
    private static final String SECRET_SHOWN = "(hidden)";
    private final Map<String, Entry> entries;
    private final Set<String> asked;
    private final String prefix;
    /** Begins a message about a key that is not there: the place and what a key is called there, up to the opening quote. */
    private final String home;

    private Settings(Map<String, Entry> entries, Set<String> asked, String prefix, String home) {
        this.entries = entries;
        this.asked = asked;
        this.prefix = prefix;
        this.home = home;
    }

    /**
     * Reads a Java map.
     *
     * @param values keys and values
     * @return settings whose messages begin with {@code settings}
     * @throws ConfigurationException if a value is blank or a placeholder cannot be filled
     */
    public static Settings of(Map<String, String> values) {
        return builder().map("settings", "", values).build();
    }

    /**
     * Starts to collect settings from several sources.
     *
     * @return a new builder that takes environment variables from the process
     */
    public static Builder builder() {
        return new Builder(System::getenv);
    }

    /**
     * Starts to collect settings from several sources.
     *
     * @param environment looks up an environment variable; null if it is not set
     * @return a new builder
     */
    public static Builder builder(UnaryOperator<@Nullable String> environment) {
        return new Builder(environment);
    }

    /**
     * Returns the settings below a prefix; keys are then given without it.
     *
     * @param name prefix without the dot at its end
     * @return a view on the same settings
     */
    public Settings section(String name) {
        return new Settings(entries, asked, prefix + name + ".", home);
    }

    /**
     * Returns the names that stand directly below a prefix.
     *
     * @param name prefix without the dot at its end
     * @return for {@code a.x.k} and {@code a.y.k} with prefix {@code a}: {@code x}, {@code y}, in order of appearance
     */
    public Set<String> names(String name) {
        String start = prefix + name + ".";
        Set<String> names = new LinkedHashSet<>();
        for (String key : entries.keySet()) {
            int dot = key.indexOf('.', start.length());
            if (key.startsWith(start) && dot > 0) {
                names.add(key.substring(start.length(), dot));
            }
        }
        return names;
    }

    /**
     * Returns the keys that stand below a prefix.
     *
     * @param name prefix without the dot at its end
     * @return for {@code a.x} and {@code a.y.k} with prefix {@code a}: {@code x}, {@code y.k}, in order of appearance
     */
    public Set<String> keys(String name) {
        String start = prefix + name + ".";
        Set<String> keys = new LinkedHashSet<>();
        for (String key : entries.keySet()) {
            if (key.startsWith(start)) {
                keys.add(key.substring(start.length()));
            }
        }
        return keys;
    }

    /**
     * Tells whether a key is set, without reading it.
     *
     * @param key key below this section
     * @return true if it is there
     */
    public boolean has(String key) {
        return entries.containsKey(prefix + key);
    }

    /**
     * Reads text.
     *
     * @param key key below this section
     * @param fallback value if not set
     * @return the text
     */
    public String text(String key, String fallback) {
        Entry entry = find(key);
        return entry == null ? fallback : entry.value();
    }

    /**
     * Reads text that may be missing.
     *
     * @param key key below this section
     * @return null if not set
     */
    public @Nullable String optionalText(String key) {
        Entry entry = find(key);
        return entry == null ? null : entry.value();
    }

    /**
     * Reads text that must be there.
     *
     * @param key key below this section
     * @param allowed what may stand there, for the message
     * @return the text
     */
    public String requiredText(String key, String allowed) {
        return required(key, allowed).value();
    }

    /**
     * Reads text of a given form.
     *
     * @param key key below this section
     * @param pattern regular expression that the whole text matches
     * @param allowed what that means, for the message
     * @param fallback value if not set
     * @return the text
     */
    public String matching(String key, String pattern, String allowed, String fallback) {
        Entry entry = find(key);
        if (entry == null) {
            return fallback;
        }
        if (!entry.value().matches(pattern)) {
            throw notAllowed(entry, allowed);
        }
        return entry.value();
    }

    /**
     * Reads a switch.
     *
     * @param key key below this section
     * @param fallback value if not set
     * @return the switch
     */
    public boolean flag(String key, boolean fallback) {
        Entry entry = find(key);
        if (entry == null) {
            return fallback;
        }
        return switch (entry.value()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw notAllowed(entry, "true or false");
        };
    }

    /**
     * Reads a whole number.
     *
     * @param key key below this section
     * @param fallback value if not set
     * @param min least value
     * @param max greatest value
     * @return the number
     */
    public int number(String key, int fallback, int min, int max) {
        Entry entry = find(key);
        if (entry == null) {
            return fallback;
        }
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

    /**
     * Reads a duration: a number with {@code s}, {@code m}, {@code h} or {@code d}, or ISO 8601. A bare number is
     * refused, because nobody knows what it counts.
     *
     * @param key key below this section
     * @param fallback value if not set
     * @param min least value
     * @param max greatest value
     * @return the duration
     */
    public Duration duration(String key, Duration fallback, Duration min, Duration max) {
        Entry entry = find(key);
        if (entry == null) {
            return fallback;
        }
        String allowed = "a duration with its unit from " + Durations.show(min) + " to " + Durations.show(max)
                + ", for example 30s, 15m, 12h, 7d or PT30M";
        Duration duration = Durations.parse(entry.value());
        if (duration == null || duration.compareTo(min) < 0 || duration.compareTo(max) > 0) {
            throw notAllowed(entry, allowed);
        }
        return duration;
    }

    /**
     * Reads a size in bytes: a number with {@code B}, {@code kB} (1000), {@code KiB} (1024), {@code MB} or {@code MiB}.
     *
     * @param key key below this section
     * @param fallback value if not set, in bytes
     * @param min least value in bytes
     * @param max greatest value in bytes
     * @return bytes
     */
    public int size(String key, int fallback, int min, int max) {
        Entry entry = find(key);
        if (entry == null) {
            return fallback;
        }
        long bytes = Sizes.parse(entry.value());
        if (bytes < min || bytes > max) {
            throw notAllowed(
                    entry, "a size with its unit from " + min + "B to " + max + "B, for example 512B, 64KiB or 1MB");
        }
        return (int) bytes;
    }

    /**
     * Reads a comma-separated set.
     *
     * @param key key below this section
     * @param fallback value if not set
     * @return trimmed elements in order; never empty, none blank, none twice
     */
    public Set<String> set(String key, Set<String> fallback) {
        Entry entry = find(key);
        return entry == null ? fallback : elements(entry, "a comma-separated list");
    }

    /**
     * Reads a comma-separated set that must be there.
     *
     * @param key key below this section
     * @param allowed what may stand there, for the message
     * @return trimmed elements in order; never empty, none blank, none twice
     */
    public Set<String> requiredSet(String key, String allowed) {
        return elements(required(key, allowed), allowed);
    }

    /**
     * Reads a comma-separated set of known words.
     *
     * @param key key below this section
     * @param allowed the words
     * @param fallback value if not set
     * @return some of the words
     */
    public Set<String> setOf(String key, Set<String> allowed, Set<String> fallback) {
        Entry entry = find(key);
        if (entry == null) {
            return fallback;
        }
        String text = "one or more of " + String.join(", ", allowed) + ", comma separated";
        Set<String> words = elements(entry, text);
        if (!allowed.containsAll(words)) {
            throw notAllowed(entry, text);
        }
        return words;
    }

    /**
     * Reads one of the names of an enum, in lower case and with dashes.
     *
     * @param key key below this section
     * @param type the enum
     * @param fallback value if not set
     * @param <E> the enum
     * @return the constant
     */
    public <E extends Enum<E>> E oneOf(String key, Class<E> type, E fallback) {
        Entry entry = find(key);
        if (entry == null) {
            return fallback;
        }
        for (E constant : type.getEnumConstants()) {
            if (word(constant).equals(entry.value())) {
                return constant;
            }
        }
        throw notAllowed(
                entry,
                "one of "
                        + Arrays.stream(type.getEnumConstants())
                                .map(Settings::word)
                                .collect(Collectors.joining(", ")));
    }

    /**
     * Reads an absolute http or https URL without user information, query or fragment.
     *
     * @param key key below this section
     * @return null if not set
     */
    public @Nullable URI url(String key) {
        Entry entry = find(key);
        if (entry == null) {
            return null;
        }
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

    private static final String URL_ALLOWED =
            "an absolute URL such as https://app.example/path, without user name, '?' or '#'";

    /**
     * Reads a secret; its value is never shown in a message.
     *
     * @param key key below this section
     * @param minBytes least length in bytes
     * @return null if not set
     */
    public @Nullable Secret secret(String key, int minBytes) {
        Entry entry = find(key);
        if (entry == null) {
            return null;
        }
        Secret secret = Secret.of(entry.value());
        if (secret.size() < minBytes) {
            throw new ConfigurationException(entry.place() + " " + SECRET_SHOWN + " has " + secret.size()
                    + " bytes; allowed: at least " + minBytes
                    + " bytes of random text, for example the output of: openssl rand -base64 " + minBytes);
        }
        return secret;
    }

    /**
     * Makes the exception for a value that is well formed but does not fit the rest.
     *
     * @param key key below this section, set or not
     * @param problem what is wrong and what is allowed; must not hold a secret
     * @return to be thrown
     */
    public ConfigurationException problem(String key, String problem) {
        Entry entry = entries.get(prefix + key);
        String place = entry == null ? home + prefix + key + "'" : entry.place();
        return new ConfigurationException(place + " " + problem);
    }

    /**
     * Ends reading.
     *
     * @throws ConfigurationException if a key is there that nobody asked for
     */
    public void refuseUnknown() {
        for (Entry entry : entries.values()) {
            if (!asked.contains(entry.key())) {
                String guess = Similar.to(entry.key(), asked);
                throw new ConfigurationException(entry.place() + " is not a known setting"
                        + (guess == null ? "" : "; did you mean '" + guess + "'?"));
            }
        }
    }

    /** Shows the keys only. */
    @Override
    public String toString() {
        return "Settings" + new TreeSet<>(entries.keySet());
    }

    private @Nullable Entry find(String key) {
        asked.add(prefix + key);
        return entries.get(prefix + key);
    }

    private Entry required(String key, String allowed) {
        Entry entry = find(key);
        if (entry != null) {
            return entry;
        }
        Set<String> unread = new TreeSet<>(entries.keySet());
        unread.removeAll(asked);
        String near = Similar.to(prefix + key, unread);
        Entry misspelt = near == null ? null : entries.get(near);
        throw new ConfigurationException(home + prefix + key + "' is required: " + allowed
                + (misspelt == null ? "" : "; is " + misspelt.place() + " meant to be it?"));
    }

    private static Set<String> elements(Entry entry, String allowed) {
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

    private static ConfigurationException notAllowed(Entry entry, String allowed) {
        String shown = entry.hasPlaceholder() ? entry.raw() + " " + SECRET_SHOWN : entry.raw();
        return new ConfigurationException(entry.place() + " is '" + shown + "'; allowed: " + allowed);
    }

    /** For values that hold a password when they are wrong. */
    private static ConfigurationException hiddenNotAllowed(Entry entry, String allowed) {
        return entry.value().contains("@")
                ? new ConfigurationException(
                        entry.place() + " " + SECRET_SHOWN + " is not allowed; allowed: " + allowed)
                : notAllowed(entry, allowed);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Collects settings; a key that comes twice, from whichever sources, is refused. Not thread-safe. */
    public static final class Builder {
        private final Map<String, Entry> entries = new LinkedHashMap<>();
        private final Map<String, String> placesOfAbsent = new LinkedHashMap<>();
        private final Placeholders placeholders;
        private String home = "settings: '";

        private Builder(UnaryOperator<@Nullable String> environment) {
            this.placeholders = new Placeholders(environment);
        }

        /**
         * Adds the text of a properties file.
         *
         * @param name the file's name for messages
         * @param text its content
         * @return this
         */
        public Builder properties(String name, String text) {
            home = name + ": '";
            List<PropertiesText.Line> lines = PropertiesText.parse(text, name);
            lines.forEach(line -> add(line.key(), line.value(), name + ":" + line.number() + ": '" + line.key() + "'"));
            return this;
        }

        /**
         * Adds parameters.
         *
         * @param place where they stand, for messages, for example {@code filter 'admin' (web.xml)}
         * @param noun what one is called there, for example {@code init-param}; may be empty
         * @param values keys and values
         * @return this
         */
        public Builder map(String place, String noun, Map<String, String> values) {
            return map(place, noun, "", values);
        }

        /**
         * Adds parameters whose names have a prefix of their own in their source.
         *
         * @param place where they stand, for messages
         * @param noun what one is called there; may be empty
         * @param namePrefix what stands before the key in the source, shown in messages
         * @param values keys without the prefix, and values
         * @return this
         */
        public Builder map(String place, String noun, String namePrefix, Map<String, String> values) {
            String start = place + ": " + (noun.isEmpty() ? "" : noun + " ") + "'" + namePrefix;
            if (entries.isEmpty() && placesOfAbsent.isEmpty()) {
                home = start;
            }
            values.forEach((key, value) -> add(key, value, start + key + "'"));
            return this;
        }

        /**
         * Ends collecting.
         *
         * @return the settings
         */
        public Settings build() {
            return new Settings(new LinkedHashMap<>(entries), new ConcurrentSkipListSet<>(), "", home);
        }

        private void add(String key, String raw, String place) {
            Entry set = entries.get(key);
            String earlier = set == null ? placesOfAbsent.get(key) : set.place();
            if (earlier != null) { // whether or not its variable is set: what starts here must start there too
                throw new ConfigurationException(place + " is set twice; it is also set at " + earlier);
            }
            String value = placeholders.fill(raw.strip(), place);
            if (value == null) {
                placesOfAbsent.put(key, place);
                return;
            }
            if (value.isBlank()) {
                throw new ConfigurationException(place + " is blank; give it a value or remove it");
            }
            entries.put(key, new Entry(key, raw.strip(), value, place));
        }
    }
}
