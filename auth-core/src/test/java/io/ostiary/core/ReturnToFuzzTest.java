package io.ostiary.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.URI;
import java.util.List;

/** Any text is a place of this site, to browsers and to the JDK, or no place at all. */
final class ReturnToFuzzTest {
    private static final List<String> PIECES = List.of(
            "/",
            "\\",
            "//",
            "evil.example",
            "@",
            ":",
            "https:",
            "javascript:",
            "?",
            "#",
            "..",
            ".",
            "%2f",
            "%5c",
            "%2e",
            "%09",
            "%0a",
            "\t",
            "\n",
            " ",
            "app",
            ";",
            "%25",
            "\u202e",
            "\uff0f",
            "\u2044",
            "&",
            "=",
            "%",
            "[",
            "]",
            "|");

    @FuzzTest(maxDuration = "10m")
    void anyTextStaysOnThisSiteOrIsNoPlace(FuzzedDataProvider data) {
        String text = data.consumeBoolean() ? pieces(data) : data.consumeRemainingAsString();
        ReturnTo place = ReturnTo.parse(text);
        if (place == null) {
            return;
        }
        String location = place.location();
        assertTrue(BrowserUrl.staysOnSite(location), location);
        assertTrue(location.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\\'), location);
        URI resolved = URI.create("https://app.example/login").resolve(location);
        assertEquals("app.example", resolved.getAuthority(), location);
        assertEquals("https", resolved.getScheme(), location);
        String decoded = UrlEncoded.decodedPath(place.path());
        if (decoded != null) { // else the guard answers 400
            assertTrue(decoded.startsWith("/") && !decoded.startsWith("//") && decoded.indexOf('\\') < 0, location);
            assertFalse(List.of(decoded.split("/")).contains(".."), location);
        }
        ReturnTo again = ReturnTo.parse(location);
        assertTrue(again == null || BrowserUrl.staysOnSite(again.location()), location);
    }

    private static String pieces(FuzzedDataProvider data) {
        StringBuilder text = new StringBuilder("/");
        for (byte next : data.consumeRemainingAsBytes()) {
            text.append(PIECES.get(next & PIECES.size() - 1));
        }
        return text.toString();
    }
}
