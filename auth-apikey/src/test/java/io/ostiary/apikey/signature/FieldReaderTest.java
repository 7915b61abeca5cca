package io.ostiary.apikey.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.ostiary.apikey.signature.StructuredField.InnerList;
import io.ostiary.apikey.signature.StructuredField.Item;
import io.ostiary.apikey.signature.StructuredField.Member;
import io.ostiary.apikey.signature.StructuredField.Token;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9651 section 4.2, as far as it is read here. */
final class FieldReaderTest {
    private static String serialize(Map<String, Member> members) {
        List<String> parts = new ArrayList<>();
        members.forEach((key, member) -> parts.add(key + '=' + member.serialize()));
        return String.join(", ", parts);
    }

    private static @Nullable String canonical(String text) {
        Map<String, Member> members = StructuredField.dictionary(text);
        return members == null ? null : serialize(members);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '\0',
            value = {
                "a=1 -> a=1",
                "  a=1  -> a=1",
                "a=1,b=2 -> a=1, b=2",
                "a=1 \t,\t b=2 -> a=1, b=2",
                "a -> a=?1",
                "a;x;y=?0 -> a=?1;x;y=?0",
                "a=\"x\\\"y\\\\z\" -> a=\"x\\\"y\\\\z\"",
                "a=tok/en:*;  q=abc -> a=tok/en:*;q=abc",
                "a=A -> a=A",
                "a=Z9 -> a=Z9",
                "a=z -> a=z",
                "a=*b -> a=*b",
                "a=-15 -> a=-15",
                "a=007 -> a=7",
                "a=999999999999999 -> a=999999999999999",
                "a=:AQID: -> a=:AQID:",
                "a=(  \"x\"   \"y\";k=1  );z -> a=(\"x\" \"y\";k=1);z",
                "a=() -> a=()",
                "*a_-.*0=1 -> *a_-.*0=1",
            })
    void readsAndWritesCanonically(String text, String expected) {
        assertEquals(expected, canonical(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=1,",
                "a=1 b=2",
                ",a=1",
                "a=1,,b=2",
                "A=1",
                "1=1",
                "a=",
                "a= 1",
                "a =1",
                "a=1;",
                "a=1;=1",
                "a=1;x=",
                "a=\"x",
                "a=\"\\x\"",
                "a=\"\u00e9\"",
                "a=\"\n\"",
                "a=\"\u007f\"",
                "a=:AQI:",
                "a=:AQID",
                "a=:AQ==",
                "a=:AR==:",
                "a=:A Q=:",
                "a=?2",
                "a=?",
                "a=-",
                "a=1.5",
                "a=1000000000000000",
                "a=(\"x\"\"y\")",
                "a=(\"x\"",
                "a=(",
                "a=)",
                "a=((1))",
                "a=1, a=2",
                "a=1;x=1;x=2",
                "a=@1",
                "a=%",
                "\ta=1"
            })
    void refusesOtherForms(String text) {
        assertNull(StructuredField.dictionary(text), text);
    }

    @Test
    void anEmptyFieldIsAnEmptyDictionary() {
        assertEquals(Map.of(), StructuredField.dictionary(""));
    }

    @Test
    void refusesMoreMembersThanAnySignatureHas() {
        for (int count : new int[] {64, 65}) {
            List<String> numbered =
                    IntStream.range(0, count).mapToObj(i -> "a" + i).toList();
            boolean allowed = count == 64;
            assertEquals(allowed, StructuredField.dictionary(String.join(",", numbered)) != null, "members");
            assertEquals(allowed, StructuredField.dictionary("a;" + String.join(";", numbered)) != null, "parameters");
            assertEquals(allowed, StructuredField.dictionary("a=(" + "1 ".repeat(count) + ")") != null, "items");
        }
    }

    /** Property: reading what was written gives the same text, for any value. */
    @Test
    void readsBackWhateverIsWritten() {
        Random random = new Random(9421);
        for (int round = 0; round < 5_000; round++) {
            Map<String, Member> members = new LinkedHashMap<>();
            for (int i = random.nextInt(4); i >= 0; i--) {
                members.put(key(random), member(random));
            }
            String text = serialize(members);
            assertEquals(text, canonical(text));
        }
    }

    /** Property: any text either is refused or has a canonical form that is read as itself; nothing else happens. */
    @Test
    void neverFailsOtherwiseOnAnyText() {
        Random random = new Random(9651);
        String alphabet = "ab1=;,:()\"\\?*- \t@\u00e9\nA+/.";
        int read = 0;
        for (int round = 0; round < 200_000; round++) {
            StringBuilder text = new StringBuilder("a=");
            for (int i = random.nextInt(12); i > 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            String canonical = canonical(text.toString());
            if (canonical != null) {
                assertEquals(canonical, canonical(canonical), text.toString());
                read++;
            }
        }
        assertNotNull(read > 1_000 ? read : null, "too few texts were dictionaries to prove anything: " + read);
    }

    private static Member member(Random random) {
        if (random.nextBoolean()) {
            return new Item(bare(random), parameters(random));
        }
        List<Item> items = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            items.add(new Item(bare(random), parameters(random)));
        }
        return new InnerList(items, parameters(random));
    }

    private static Map<String, Object> parameters(Random random) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            parameters.put(key(random), bare(random));
        }
        return parameters;
    }

    private static String key(Random random) {
        return "k" + Integer.toString(random.nextInt(1_000), 36);
    }

    private static Object bare(Random random) {
        return switch (random.nextInt(5)) {
            case 0 ->
                random.nextLong(2_000_000_000_000_000L) - 999_999_999_999_999L > 999_999_999_999_999L
                        ? 1L
                        : Long.valueOf(random.nextInt());
            case 1 -> random.nextBoolean();
            case 2 -> new Token("t" + Integer.toString(random.nextInt(100_000), 36));
            case 3 -> {
                byte[] bytes = new byte[random.nextInt(40)];
                random.nextBytes(bytes);
                yield bytes;
            }
            default ->
                random.ints(random.nextInt(20), 0x20, 0x7f)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
        };
    }
}
