package io.ostiary.matrix;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The judgement over what other libraries send, which has to be as a browser's: neither blind nor stricter. */
@Tag("peers")
final class PeerBrowserRuleTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example",
                "\\\\evil.example",
                "/\\evil.example",
                "/\t/evil.example",
                " https://evil.example",
                "http:/\\evil.example",
                "http:///evil.example",
                "HTTP://127.0.0.1:80@evil.example/",
                "//127.0.0.1:8\\@evil.example/",
                "https://127.0.0.1:80/",
                "http://127.0.0.1/",
                "javascript:alert(1)"
            })
    void leavesTheSite(String location) {
        assertFalse(BrowserRule.stays(80, location), location);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "app/home",
                "http:app",
                "http:/app",
                "?next=//evil.example",
                "/app//evil.example",
                "/..//evil.example",
                "//127.0.0.1:80/app",
                "http://127.0.0.1:80",
                "http://x@127.0.0.1:80\\y"
            })
    void stays(String location) {
        assertTrue(BrowserRule.stays(80, location), location);
    }
}
