package io.ostiary.core.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Fills in {@code ${env:NAME}}, {@code ${sys:name}}, both also with {@code :-default}, and {@code ${file:/path}}; a doubled
 * dollar escapes.
 */
final class Placeholders {
    private static final long MAX_FILE_BYTES = 64 * 1024;
    private final UnaryOperator<@Nullable String> environment;

    Placeholders(UnaryOperator<@Nullable String> environment) {
        this.environment = environment;
    }

    /** Returns null if the whole text is one placeholder that says itself that it may be missing: {@code ${env:NAME:-}}. */
    @Nullable
    String fill(String text, String place) {
        StringBuilder filled = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf("${", at);
            if (open < 0) {
                break;
            }
            if (open > at && text.charAt(open - 1) == '$') {
                filled.append(text, at, open - 1).append("${");
                at = open + 2;
                continue;
            }
            int close = text.indexOf('}', open);
            if (close < 0) {
                throw new ConfigurationException(place + ": '${' has no closing '}'; write '$${' for a literal '${'");
            }
            String reference = text.substring(open + 2, close);
            if (reference.contains("${")) { // else the inner one would become part of the value, word for word
                throw new ConfigurationException(place + ": a placeholder cannot stand inside another");
            }
            filled.append(text, at, open).append(lookUp(reference, place));
            at = close + 1;
        }
        filled.append(text, at, text.length());
        boolean optional = filled.isEmpty() && text.matches("\\$\\{(env|sys):[^}]*:-}");
        return optional ? null : filled.toString();
    }

    private String lookUp(String reference, String place) {
        if (reference.startsWith("env:")) {
            return variable(reference.substring(4), "env", "environment variable", environment, place);
        }
        if (reference.startsWith("sys:")) {
            return variable(reference.substring(4), "sys", "system property", System::getProperty, place);
        }
        if (reference.startsWith("file:")) {
            return fileContent(reference.substring(5), place);
        }
        throw new ConfigurationException(place + ": '${" + withoutDefault(reference)
                + "}' is not known; allowed are ${env:NAME}, ${env:NAME:-default}, ${sys:name}, ${sys:name:-default}"
                + " and ${file:/path}");
    }

    private static String variable(
            String reference, String kind, String noun, UnaryOperator<@Nullable String> source, String place) {
        int split = reference.indexOf(":-");
        String name = withoutDefault(reference);
        if (!name.matches("[A-Za-z_][A-Za-z0-9_.-]*")) {
            throw new ConfigurationException(place + ": '${" + kind + ":" + name + "}' holds no name; allowed are"
                    + " letters, digits, dots, dashes and underscores, not beginning with a digit");
        }
        String value = source.apply(name);
        if (value != null && !value.isEmpty()) {
            return value;
        }
        if (split < 0) {
            throw new ConfigurationException(place + ": " + noun + " '" + name
                    + "' is not set; set it, or give a default with ${" + kind + ":" + name + ":-default}");
        }
        return reference.substring(split + 2);
    }

    /** A default may be a secret. */
    private static String withoutDefault(String reference) {
        int split = reference.indexOf(":-");
        return split < 0 ? reference : reference.substring(0, split);
    }

    private static String fileContent(String name, String place) {
        try {
            Path file = Path.of(name);
            if (!file.isAbsolute()) {
                throw new ConfigurationException(place + ": '${file:" + name + "}' needs an absolute path");
            }
            if (!Files.isRegularFile(file)) {
                throw new ConfigurationException(place + ": file '" + name + "' does not exist or is not a plain file");
            }
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw new ConfigurationException(
                        place + ": file '" + name + "' is longer than " + MAX_FILE_BYTES + " bytes");
            }
            return Files.readString(file, StandardCharsets.UTF_8).stripTrailing();
        } catch (IOException | InvalidPathException e) {
            throw new ConfigurationException(place + ": file '" + name + "' cannot be read as UTF-8 text ("
                    + e.getClass().getSimpleName() + ")");
        }
    }
}
