package io.ostiary.apikey.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Any text is a dictionary or refused; a base has exactly the lines it should, or there is none. */
final class SignatureFuzzTest {
    @FuzzTest(maxDuration = "30s")
    void anyTextIsADictionaryOrRefused(FuzzedDataProvider data) {
        Map<String, StructuredField.Member> members = StructuredField.dictionary(data.consumeRemainingAsString());
        if (members == null) {
            return;
        }
        List<String> parts = new ArrayList<>();
        members.forEach((key, member) -> parts.add(key + '=' + member.serialize()));
        String text = String.join(", ", parts);
        Map<String, StructuredField.Member> again = Objects.requireNonNull(StructuredField.dictionary(text), text);
        parts.clear();
        again.forEach((key, member) -> parts.add(key + '=' + member.serialize()));
        assertEquals(text, String.join(", ", parts));
    }

    @FuzzTest(maxDuration = "30s")
    void anyMessageHasABaseOfOneLineForEachComponentOrNone(FuzzedDataProvider data) {
        String value = data.consumeString(100);
        SignedRequest signed = SignedRequest.of(List.of(data.consumeRemainingAsString()), List.of("s=:AAAA:"));
        if (signed == null) {
            return;
        }
        TestMessage message = TestMessage.request("GET", "/a?b=" + value, "Host: " + value, "X-A: " + value);
        byte[] base = SignatureBase.of(message, signed.input());
        if (base != null) {
            long lines = new String(base, StandardCharsets.US_ASCII).lines().count();
            assertEquals(signed.input().items().size() + 1, lines);
        }
    }

    @FuzzTest(maxDuration = "30s")
    void noContentDigestIsRightForOtherContent(FuzzedDataProvider data) {
        String field = data.consumeString(200);
        byte[] content = data.consumeRemainingAsBytes();
        boolean matches = ContentDigest.matches(field, content);
        byte[] other = Arrays.copyOf(content, content.length + 1);
        assertFalse(matches && ContentDigest.matches(field, other));
        assertTrue(ContentDigest.matches(ContentDigest.of(content), content));
    }
}
