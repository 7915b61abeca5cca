package io.ostiary.core.config;

import io.ostiary.core.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The typed readers of {@link Settings}: each finds an entry, remembers that it was asked for, and parses it. */
abstract sealed class Readers permits Settings {
    abstract @Nullable Entry find(String key);

    abstract Entry required(String key, String allowed);

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
        return entry == null ? fallback : Values.matching(entry, pattern, allowed);
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
        return entry == null ? fallback : Values.flag(entry);
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
        return entry == null ? fallback : Values.number(entry, min, max);
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
        return entry == null ? fallback : Values.duration(entry, min, max);
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
        return entry == null ? fallback : Values.size(entry, min, max);
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
        return entry == null ? fallback : Values.elements(entry, "a comma-separated list");
    }

    /**
     * Reads a comma-separated set that must be there.
     *
     * @param key key below this section
     * @param allowed what may stand there, for the message
     * @return trimmed elements in order; never empty, none blank, none twice
     */
    public Set<String> requiredSet(String key, String allowed) {
        return Values.elements(required(key, allowed), allowed);
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
        return entry == null ? fallback : Values.words(entry, allowed);
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
        return entry == null ? fallback : Values.constant(entry, type);
    }

    /**
     * Reads an absolute http or https URL without user information, query or fragment.
     *
     * @param key key below this section
     * @return null if not set
     */
    public @Nullable URI url(String key) {
        Entry entry = find(key);
        return entry == null ? null : Values.url(entry);
    }

    /**
     * Reads a secret; its value is never shown in a message.
     *
     * @param key key below this section
     * @param minBytes least length in bytes
     * @return null if not set
     */
    public @Nullable Secret secret(String key, int minBytes) {
        Entry entry = find(key);
        return entry == null ? null : Values.secret(entry, minBytes);
    }
}
