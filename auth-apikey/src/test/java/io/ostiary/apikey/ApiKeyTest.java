package io.ostiary.apikey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.core.Secret;
import io.ostiary.core.crypto.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ApiKeyTest {
    private final ApiKey key = ApiKey.generate("live", Keys.TOKENS);
    private final String text = key.revealText();

    @Test
    void isFoundByTheScannerPattern() {
        assertTrue(text.matches(ApiKey.SCANNER_PATTERN), "form");
        assertEquals(75, text.length());
        assertEquals("ost_live_" + key.id() + "_", text.substring(0, 26));
    }

    @Test
    void readsWhatItWrites() {
        ApiKey read = ApiKey.parse(text);
        assertNotNull(read);
        assertEquals("live", read.env());
        assertEquals(key.id(), read.id());
        assertEquals(key.hash(), read.hash());
        assertEquals(text, read.revealText());
    }

    @Test
    void storesTheHashOfTheRandomPart() {
        byte[] random = text.substring(26, 69).getBytes(StandardCharsets.US_ASCII);
        assertEquals(Secret.of(Tokens.sha256(random)), key.hash());
    }

    @Test
    void drawsFromTheWholeAlphabet() {
        Set<Integer> seen = new HashSet<>();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            ApiKey drawn = ApiKey.generate("live", Keys.TOKENS);
            drawn.revealText().substring(26, 69).chars().forEach(seen::add);
            ids.add(drawn.id());
        }
        assertEquals(62, seen.size());
        assertEquals(200, ids.size());
    }

    @Test
    void refusesEveryWrongCharacterAndEverySwap() {
        for (int i = 0; i < text.length(); i++) {
            char other = text.charAt(i) == 'a' ? 'b' : 'a';
            assertNull(ApiKey.parse(text.substring(0, i) + other + text.substring(i + 1)), "character " + i);
            if (i > 0 && text.charAt(i) != text.charAt(i - 1)) {
                String swapped = text.substring(0, i - 1) + text.charAt(i) + text.charAt(i - 1) + text.substring(i + 1);
                assertNull(ApiKey.parse(swapped), "swap at " + i);
            }
        }
    }

    @Test
    void refusesEveryTruncationAndAddition() {
        for (int i = 0; i < text.length(); i++) {
            assertNull(ApiKey.parse(text.substring(0, i)));
            assertNull(ApiKey.parse(text.substring(i + 1)));
        }
        for (String more : new String[] {" ", "\t", "\0", "0", "_", ",", "\u00e9"}) {
            assertNull(ApiKey.parse(text + more));
            assertNull(ApiKey.parse(more + text));
        }
        assertNull(ApiKey.parse(text.toUpperCase(Locale.ROOT)));
        assertNull(ApiKey.parse(text + ", " + text));
    }

    @Test
    void refusesOtherAlphabetsWithAMatchingChecksum() {
        String id = "0123456789abcde\u0661"; // a digit elsewhere in Unicode
        assertNull(ApiKey.parse(new KeyText("live", id, "0".repeat(43)).format("ost")));
        assertNull(ApiKey.parse(new KeyText("live", "0".repeat(16), "0".repeat(42) + "-").format("ost")));
        assertNull(ApiKey.parse(new KeyText("LIVE", "0".repeat(16), "0".repeat(43)).format("ost")));
        assertNull(ApiKey.parse(new KeyText("l", "0".repeat(16), "0".repeat(43)).format("ost")));
        assertNull(ApiKey.parse(new KeyText("environment", "0".repeat(16), "0".repeat(43)).format("ost")));
        assertNull(ApiKey.parse(new KeyText("live", "0".repeat(16), "0".repeat(43)).format("osts")));
        assertNotNull(ApiKey.parse(new KeyText("live", "0".repeat(16), "0".repeat(43)).format("ost")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "l", "LIVE", "live1", "environment", "a_b", "l\u00efve"})
    void refusesToMakeAKeyForAnotherFormOfEnvironment(String env) {
        String message = assertThrows(IllegalArgumentException.class, () -> ApiKey.generate(env, Keys.TOKENS))
                .getMessage();
        assertEquals("an environment has 2 to 8 lower-case letters, for example live", message);
    }

    @Test
    void neverPrints() {
        assertEquals("ApiKey[ost_live_" + key.id() + "]", key.toString());
        assertEquals("KeyText[live_x]", new KeyText("live", "x", "secret").toString());
        assertNotEquals(key.id(), ApiKey.generate("live", Keys.TOKENS).id());
        ApiKeys.Issued issued = new ApiKeys(new MemoryApiKeyStore(), Keys.TOKENS, () -> Keys.NOON).create(Keys.draft());
        assertFalse(issued.toString().contains(issued.key().revealText().substring(30, 50)));
    }
}
