package io.ostiary.core.config;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Strict, typed view of key/value text, whatever it was written in. Read once at start-up; every reader remembers which
 * keys it was asked for, and {@link #refuseUnknown()} stops the start if any other is there. A mistake throws
 * {@link ConfigurationException}. Values may hold {@code ${env:NAME}}, {@code ${sys:name}}, both also with
 * {@code :-default}, and {@code ${file:/path}}; a value that is {@code ${env:NAME:-}} and nothing else counts as not set
 * while NAME is not.
 */
public final class Settings extends Readers {
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

    /**
     * Tells where the settings come from, without their values.
     *
     * @return how many there are and where the first or main part of them stands
     */
    public String summary() {
        return entries.size() + " settings, " + home.substring(0, Math.max(0, home.indexOf(": ")));
    }

    /** Shows the keys only. */
    @Override
    public String toString() {
        return "Settings" + new TreeSet<>(entries.keySet());
    }

    @Override
    @Nullable
    Entry find(String key) {
        asked.add(prefix + key);
        return entries.get(prefix + key);
    }

    @Override
    Entry required(String key, String allowed) {
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
