package io.ostiary.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;

/** Any text is the settings that the JDK reads there, or a mistake with its place and without anybody's secret. */
final class SettingsFuzzTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final String CANARY = "canary-of-a-secret";

    @FuzzTest(maxDuration = "10m")
    void anyTextIsWhatTheJdkReadsOrAMistakeWithItsPlace(FuzzedDataProvider data) throws IOException {
        String text = data.consumeRemainingAsString();
        Properties expected = new Properties();
        try {
            expected.load(new StringReader(text.startsWith("\ufeff") ? text.substring(1) : text));
        } catch (IllegalArgumentException malformed) {
            ConfigurationException mistake =
                    assertThrows(ConfigurationException.class, () -> PropertiesText.parse(text, "f"));
            String said = String.valueOf(mistake.getMessage());
            assertTrue(said.matches("f:[0-9]+: .*"), said);
            return;
        }
        Properties found = new Properties();
        Set<String> twice = new LinkedHashSet<>();
        for (PropertiesText.Line line : PropertiesText.parse(text, "f")) {
            if (found.put(line.key(), line.value()) != null) {
                twice.add(line.key());
            }
        }
        // A backslash alone on a line names nothing; the JDK is of two minds about it, Settings refuses it as blank.
        expected.remove("");
        found.remove("");
        assertEquals(expected, found);
        if (!found.toString().contains(CANARY)) { // it may have been guessed
            read(text, twice);
        }
    }

    private static void read(String text, Set<String> twice) {
        try {
            Settings settings =
                    Settings.builder(name -> CANARY).properties("f", text).build();
            assertEquals(Set.of(), twice);
            assertFalse(settings.toString().contains(CANARY));
            settings.flag("flag", false);
            settings.duration("duration", SECOND, SECOND, SECOND.multipliedBy(60));
            settings.setOf("names", Set.of("one", "two"), Set.of());
            settings.refuseUnknown();
        } catch (ConfigurationException mistake) {
            String said = String.valueOf(mistake.getMessage());
            assertFalse(said.contains(CANARY), said);
            assertTrue(List.of("f:", "f ").stream().anyMatch(said::contains), said);
        }
    }
}
