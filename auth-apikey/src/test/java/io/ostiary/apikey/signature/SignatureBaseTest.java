package io.ostiary.apikey.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.ostiary.apikey.signature.StructuredField.InnerList;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SignatureBaseTest {
    private static @Nullable String base(Message message, String components) {
        Map<String, StructuredField.Member> input = StructuredField.dictionary("s=(" + components + ")");
        byte[] base = SignatureBase.of(message, (InnerList)
                Objects.requireNonNull(Objects.requireNonNull(input).get("s")));
        return base == null ? null : new String(base, StandardCharsets.US_ASCII);
    }

    private static @Nullable String value(Message message, String component) {
        String base = base(message, component);
        return base == null ? null : base.substring(component.length() + 2, base.indexOf('\n'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '\0',
            value = {
                "\"@method\" -> POST",
                "\"@scheme\" -> https",
                "\"@authority\" -> www.example.com",
                "\"@path\" -> /path%20x",
                "\"@query\" -> ?param=value&a=b%20c&a=2&d",
                "\"@request-target\" -> /path%20x?param=value&a=b%20c&a=2&d",
                "\"@target-uri\" -> https://www.example.com/path%20x?param=value&a=b%20c&a=2&d",
                "\"@query-param\";name=\"param\" -> value",
                "\"@query-param\";name=\"d\" -> ",
                "\"x-two\" -> one, two  words",
                "\"x-empty\" -> ",
            })
    void section22ResolvesComponents(String component, @Nullable String expected) {
        TestMessage message = TestMessage.request(
                "POST",
                "/path%20x?param=value&a=b%20c&a=2&d",
                "Host: WWW.Example.com:443",
                "X-Two:  one ",
                "X-Two: two  words\t",
                "X-Empty:");
        assertEquals(expected == null ? "" : expected, value(message, component));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"@status\"",
                "\"@unknown\"",
                "\"absent\"",
                "\"Host\"",
                "token",
                "1",
                "\"@query-param\"",
                "\"@query-param\";name=\"a\"",
                "\"@query-param\";name=\"absent\"",
                "\"@query-param\";name=\"param\";req",
                "\"host\";sf",
                "\"host\";bs",
                "\"host\";key=\"a\"",
                "\"@method\";req",
                "\"@method\" \"@method\"",
                "\"x-odd\"",
                "\"x-bad\"",
                "\"x-del\"",
                "\"@signature-params\""
            })
    void section25RefusesWhatCannotBeResolvedOnce(String components) {
        TestMessage message = TestMessage.request(
                "POST",
                "/?param=value&a=1&a=2",
                "Host: example.com",
                "X-Odd: caf\u00e9",
                "X-Bad: a\nb",
                "X-Del: a\u007fb");
        assertNull(base(message, components));
    }

    @Test
    void section227AQueryThatIsAbsentIsALoneQuestionMark() {
        assertEquals("?", value(TestMessage.request("GET", "/a", "Host: a"), "\"@query\""));
        assertEquals("?", value(TestMessage.request("GET", "/a?", "Host: a"), "\"@query\""));
    }

    /** SIG-04: whatever stands in the values, two different messages never have the same base. */
    @Test
    void differentMessagesHaveDifferentBases() {
        Random random = new Random(4);
        String alphabet = "a\":= ,\\@?&%\t";
        Map<String, String> seen = new HashMap<>();
        for (int round = 0; round < 20_000; round++) {
            String first = random(random, alphabet);
            String second = random(random, alphabet);
            TestMessage message = TestMessage.request("GET", "/", "Host: a", "X-A: " + first, "X-B: " + second);
            String base = Objects.requireNonNull(base(message, "\"x-a\" \"x-b\""));
            String earlier = seen.put(base, first.strip() + '\n' + second.strip());
            if (earlier != null) {
                assertEquals(earlier, first.strip() + '\n' + second.strip());
            }
        }
        assertNotEquals(0, seen.size());
    }

    /** Property: a base changes with whatever it covers, and with nothing else. */
    @Test
    void changesWithWhatItCoversAndWithNothingElse() {
        Random random = new Random(25);
        List<String> parts = List.of("\"@method\"", "\"@authority\"", "\"@path\"", "\"@query\"", "\"x-a\"", "\"x-b\"");
        for (int round = 0; round < 2_000; round++) {
            List<String> shuffled = new ArrayList<>(parts);
            Collections.shuffle(shuffled, random);
            List<String> covered = shuffled.subList(0, random.nextInt(parts.size() + 1));
            String components = String.join(" ", covered);
            String[] values = random.ints(parts.size(), 0, 1 << 20)
                    .mapToObj(Integer::toHexString)
                    .toArray(String[]::new);
            String base = base(message(values), components);
            int changed = random.nextInt(parts.size());
            values[changed] += "x";
            assertEquals(
                    covered.contains(parts.get(changed)), !Objects.equals(base(message(values), components), base));
        }
    }

    private static TestMessage message(String... values) {
        return TestMessage.request(
                values[0],
                "/" + values[2] + "?" + values[3],
                "Host: " + values[1],
                "X-A: " + values[4],
                "X-B: " + values[5]);
    }

    private static String random(Random random, String alphabet) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
