package io.ostiary.core;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OriginsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example",
                "http://localhost",
                "https://app.example:8443",
                "http://127.0.0.1:65535",
                "https://app.example:80",
                "http://app.example:443"
            })
    void rfc6454TakesTheOneFormThatBrowsersSend(String text) {
        assertTrue(Origins.isOrigin(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "*",
                "app.example",
                "https://app.example/",
                "https://APP.example",
                "https://app.example:443",
                "http://app.example:80",
                "https://app.example:65536",
                "https://app.example:99999",
                "ftp://app.example",
                "https://u@app.example"
            })
    void rfc6454TakesNothingElse(String text) {
        assertFalse(Origins.isOrigin(text));
    }
}
