package io.ostiary.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PlaceholdersTest {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("NAME", "ada", "_2", "two", "EMPTY", "", "BLANK", " ", "DOLLAR", "${env:NAME}", "ROLES", "x,x");

    private static final String KNOWN =
            "allowed are ${env:NAME}, ${env:NAME:-default}, ${sys:name}, ${sys:name:-default}" + " and ${file:/path}";
    private static final String NAMES =
            "allowed are letters, digits, dots, dashes and underscores, not beginning with a digit";

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    private static Settings settings(String value) {
        return Settings.builder(ENVIRONMENT::get)
                .map("settings", "", Map.of("a", value))
                .build();
    }

    private static @Nullable String filled(String value) {
        return settings(value).optionalText("a");
    }

    private static String refused(String value) {
        return String.valueOf(
                assertThrows(ConfigurationException.class, () -> filled(value)).getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "${env:NAME}|ada",
                "${env:_2}|two",
                "x${env:NAME}y${env:_2}z|xadaytwoz",
                "${env:NAME}${env:NAME}|adaada",
                "${env:UNSET:-bob}|bob",
                "${env:EMPTY:-bob}|bob",
                "${env:NAME:-bob}|ada",
                "${env:UNSET:-a:-b}|a:-b",
                "${env:NAME:-}|ada",
                "x${env:UNSET:-}|x",
                "$${env:NAME}|${env:NAME}",
                "x$${y}z${env:NAME}|x${y}zada",
                "${env:NAME}$${x}|ada${x}",
                "$$${x}|$${x}",
                "$|$",
                "$$|$$",
                "cost: 5$ {a}|cost: 5$ {a}",
                "{env:NAME}|{env:NAME}",
                "${sys:file.separator}x|/x",
                "${sys:no.such-property:-bob}|bob",
                "${env:DOLLAR}|${env:NAME}"
            })
    void fillsIn(String value, String expected) {
        assertEquals(expected, filled(value));
    }

    @Test
    void aWholeOptionalPlaceholderCountsAsNotSet() {
        assertNull(filled("${env:UNSET:-}"));
        assertNull(filled(" ${env:EMPTY:-} "));
        assertNull(filled("${sys:no.such-property:-}"));
        assertFalse(settings("${env:UNSET:-}").has("a"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "${env:UNSET}|environment variable 'UNSET' is not set; set it, or give a default with ${env:UNSET:-default}",
                "${env:EMPTY}|environment variable 'EMPTY' is not set; set it, or give a default with ${env:EMPTY:-default}",
                "x${env:NAME|'${' has no closing '}'; write '$${' for a literal '${'",
                "${|'${' has no closing '}'; write '$${' for a literal '${'",
                "${NAME}|'${NAME}' is not known; KNOWN",
                "${ENV:NAME}|'${ENV:NAME}' is not known; KNOWN",
                "${}|'${}' is not known; KNOWN",
                "${NAME:-canary}|'${NAME}' is not known; KNOWN",
                "${env:}|'${env:}' holds no name; NAMES",
                "${sys:no.such-property}|system property 'no.such-property' is not set; set it, or give a default with ${sys:no.such-property:-default}",
                "${sys:}|'${sys:}' holds no name; NAMES",
                "${sys:a b:-canary}|'${sys:a b}' holds no name; NAMES",
                "${env:1A}|'${env:1A}' holds no name; NAMES",
                "${env:A B:-canary}|'${env:A B}' holds no name; NAMES",
                "${env:UNSET:-${env:NAME}}|a placeholder cannot stand inside another",
                "${env:NAME:-${env:UNSET}}|a placeholder cannot stand inside another",
                "${file:secret.txt}|'${file:secret.txt}' needs an absolute path",
                "${file:}|'${file:}' needs an absolute path",
                "${file:/nowhere/at/all}|file '/nowhere/at/all' does not exist or is not a plain file"
            })
    void refusesToGuess(String value, String problem) {
        String message = problem.replace("KNOWN", KNOWN).replace("NAMES", NAMES);
        assertEquals("settings: 'a': " + message, refused(value));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "${env:BLANK}",
                "${env:BLANK:-}",
                "${env:UNSET:- }",
                "${env:UNSET:-}${env:UNSET:-}",
                "${env:UNSET:-}${env:EMPTY:-}"
            })
    void refusesWhatFillsInToABlank(String value) {
        assertEquals("settings: 'a' is blank; give it a value or remove it", refused(value));
    }

    @Test
    void readsAFileWithoutTheLineBreakAtItsEnd() throws IOException {
        Path file = folder.resolve("secret");
        Files.writeString(file, " gr\u00fcn \n\n", StandardCharsets.UTF_8);
        assertEquals(" gr\u00fcn", settings("${file:" + file + "}").text("a", ""));
        assertEquals("x gr\u00fcn", filled("x${file:" + file + "}"));
    }

    @Test
    void takesAFileOf64KibButNoLongerOne() throws IOException {
        Path file = folder.resolve("secret");
        Files.writeString(file, "x".repeat(64 * 1024));
        assertEquals("x".repeat(64 * 1024), filled("${file:" + file + "}"));
        Files.writeString(file, "x".repeat(64 * 1024 + 1));
        assertEquals("settings: 'a': file '" + file + "' is longer than 65536 bytes", refused("${file:" + file + "}"));
    }

    @Test
    void refusesAFileThatHoldsNothingOrNoText() throws IOException {
        Path file = folder.resolve("secret");
        Files.writeString(file, "\n");
        assertEquals("settings: 'a' is blank; give it a value or remove it", refused("${file:" + file + "}"));
        Files.write(file, new byte[] {'c', (byte) 0xff});
        assertEquals(
                "settings: 'a': file '" + file + "' cannot be read as UTF-8 text (MalformedInputException)",
                refused("${file:" + file + "}"));
    }

    @Test
    void refusesAFolderAndAnImpossibleName() {
        assertEquals(
                "settings: 'a': file '" + folder + "' does not exist or is not a plain file",
                refused("${file:" + folder + "}"));
        assertEquals(
                "settings: 'a': file '/a\0b' cannot be read as UTF-8 text (InvalidPathException)",
                refused("${file:/a\0b}"));
    }

    @Test
    void aBadValueFromOutsideIsNotShown() {
        assertEquals(
                "settings: 'a' is '${env:NAME} (hidden)'; allowed: true or false",
                String.valueOf(assertThrows(
                                ConfigurationException.class,
                                () -> settings("${env:NAME}").flag("a", true))
                        .getMessage()));
        assertEquals(
                "settings: 'a' is '${env:ROLES} (hidden)'; allowed: a comma-separated list, without an element twice",
                String.valueOf(assertThrows(
                                ConfigurationException.class,
                                () -> settings("${env:ROLES}").set("a", Set.of()))
                        .getMessage()));
    }
}
