package io.ostiary.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reading is in {@link SettingsReadersTest}; this is what messages show. */
final class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "PT0S, 0s",
        "PT1S, 1s",
        "PT59S, 59s",
        "PT60S, 1m",
        "PT90S, 90s",
        "PT60M, 1h",
        "PT90M, 90m",
        "PT24H, 1d",
        "PT25H, 25h",
        "PT720H, 30d"
    })
    void showsAsPeopleWrite(String iso, String shown) {
        Duration duration = Duration.parse(iso);
        assertEquals(shown, Durations.show(duration));
        assertEquals(duration, Durations.parse(shown));
    }
}
