package io.ostiary.core.config;

/**
 * One setting as it was found.
 *
 * @param key full key
 * @param raw the text as written, placeholders and all: safe to show unless the setting is a secret
 * @param value the text with placeholders filled in
 * @param place where it stands, ready for a message
 */
record Entry(String key, String raw, String value, String place) {
    boolean hasPlaceholder() {
        return !raw.equals(value);
    }

    @Override
    public String toString() {
        return place;
    }
}
