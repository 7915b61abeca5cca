package io.ostiary.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ostiary.core.AnswerMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever reader meets a value from outside, and whatever is wrong with it, the value is not in the message. */
final class SettingsSecrecyTest {
    private static final String CANARY = "canary,,canary@ #4f1d";

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    static Stream<Consumer<Settings>> readers() {
        return Stream.of(
                settings -> settings.matching("a", "x", "the letter x", "x"),
                settings -> settings.flag("a", true),
                settings -> settings.number("a", 1, 1, 2),
                settings -> settings.duration("a", Duration.ZERO, Duration.ZERO, Duration.ofDays(1)),
                settings -> settings.size("a", 1, 1, 2),
                settings -> settings.set("a", Set.of()),
                settings -> settings.requiredSet("a", "names"),
                settings -> settings.setOf("a", Set.of("x"), Set.of()),
                settings -> settings.oneOf("a", AnswerMode.class, AnswerMode.AUTO),
                settings -> settings.url("a"),
                settings -> settings.secret("a", 32),
                settings -> {
                    throw settings.problem("a", "does not fit");
                },
                Settings::refuseUnknown);
    }

    @ParameterizedTest
    @MethodSource("readers")
    void aValueFromTheEnvironmentIsNotShown(Consumer<Settings> reader) {
        assertHidden(reader, "${env:SECRET}", CANARY);
        assertHidden(reader, "${env:SECRET}", "canary,canary");
        assertHidden(reader, "x${env:SECRET}", CANARY);
    }

    @ParameterizedTest
    @MethodSource("readers")
    void aValueFromAFileIsNotShown(Consumer<Settings> reader) throws IOException {
        Path file = folder.resolve("secret");
        Files.writeString(file, CANARY);
        assertHidden(reader, "${file:" + file + "}", "");
    }

    private static void assertHidden(Consumer<Settings> reader, String value, String secret) {
        Settings settings = Settings.builder(Map.of("SECRET", secret)::get)
                .properties("auth.properties", "a=" + value)
                .build();
        ConfigurationException refusal = assertThrows(ConfigurationException.class, () -> reader.accept(settings));
        assertFalse(refusal.toString().contains("canary"), refusal.getMessage());
        assertNull(refusal.getCause());
        assertFalse(settings.toString().contains("canary"));
    }

    @Test
    void aSecretIsNotShownEvenAsWritten() {
        Settings settings = Settings.of(Map.of("a", "canary-4f1d"));
        ConfigurationException refusal = assertThrows(ConfigurationException.class, () -> settings.secret("a", 32));
        assertFalse(refusal.toString().contains("canary"), refusal.getMessage());
    }

    @Test
    void anEntryShowsItsPlaceOnly() {
        Entry entry = new Entry("a", "canary", "canary", "auth.properties:1: 'a'");
        assertEquals("auth.properties:1: 'a'", entry.toString());
        PropertiesText.Line line = new PropertiesText.Line(1, "a", "canary");
        assertFalse(line.toString().contains("canary"), line.toString());
    }
}
