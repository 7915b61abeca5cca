package io.ostiary.core.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTest {
    @Test
    void readsEachTypeAsItself() throws JsonException {
        JsonObject json = Json.object(
                "{\"t\":\"x\",\"n\":7,\"f\":1.5,\"b\":true,\"o\":{\"a/b\":[\"x\",{\"~\":\"y\"}]},\"l\":[\"a\",\"b\"],\"z\":null}",
                1000);
        assertEquals("x", json.text("t"));
        assertEquals(Long.valueOf(7), json.whole("n"));
        assertEquals(Double.valueOf(7), json.number("n"));
        assertEquals(Double.valueOf(1.5), json.number("f"));
        assertNull(json.whole("f"));
        assertEquals(true, json.flag("b"));
        assertEquals(List.of("a", "b"), json.texts("l"));
        assertEquals("y", json.textAt("/o/a~1b/1/~0"));
        assertEquals(List.of("a", "b"), json.textsAt("/l"));
        assertTrue(json.has("z"));
        assertNull(json.text("z"));
        assertEquals("JsonObject[t, n, f, b, o, l, z]", json.toString());
    }

    @Test
    void neverTurnsOneTypeIntoAnother() throws JsonException {
        JsonObject json = Json.object("{\"a\":\"1\",\"b\":1,\"c\":\"true\",\"d\":[1]}", 1000);
        assertNull(json.number("a"));
        assertNull(json.text("b"));
        assertNull(json.flag("c"));
        assertNull(json.texts("d"));
        assertNull(json.object("d"));
        assertNull(json.list("a"));
    }

    @Test
    void pointersThatLeadNowhereAreNull() throws JsonException {
        JsonObject json = Json.object("{\"a\":[1]}", 100);
        for (String pointer : List.of("a", "/b", "/a/1", "/a/-", "/a/00", "/a/0/x", "/".repeat(40))) {
            assertNull(json.at(pointer), pointer);
        }
        assertEquals(json, json.at(""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "[]",
                "1",
                "null",
                "\"x\"",
                "{}x",
                "{}{}",
                "{} []",
                "{\"a\":1,\"a\":1}",
                "{\"a\":1,}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":NaN}",
                "{\"a\":Infinity}",
                "{\"a\":01}",
                "{\"a\":+1}",
                "{\"a\":.5}",
                "{/**/}",
                "{\"a\":\"\\ud800\"}",
                "{\"a\":\"\\udc00\\ud800\"}",
                "{\"\\ud800\":1}",
                "{\"a\":\"\n\"}",
                "\ufeff{}"
            })
    void refusesWhatIsNotStrict(String text) {
        assertThrows(JsonException.class, () -> Json.object(text, 1000));
    }

    @Test
    void refusesDepthLengthAndBytesThatAreNotUtf8() throws JsonException {
        Json.object("{\"a\":" + "[".repeat(31) + "]".repeat(31) + "}", 1000);
        assertThrows(JsonException.class, () -> Json.object("{\"a\":" + "[".repeat(32) + "]".repeat(32) + "}", 1000));
        assertThrows(JsonException.class, () -> Json.object("{\"a\":" + "[".repeat(100_000), 1_000_000));
        assertThrows(JsonException.class, () -> Json.object("{}   ", 4));
        assertThrows(
                JsonException.class, () -> Json.object(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'}, 100));
        assertThrows(JsonException.class, () -> Json.object("{}".getBytes(StandardCharsets.UTF_16), 100));
    }

    @Test
    void numberBombsCostNothing() throws JsonException {
        JsonObject json = Json.object(
                "{\"a\":1e999999999,\"b\":-1e999999999,\"c\":1e-999999999,\"d\":99999999999999999999}", 1000);
        assertNull(json.number("a"));
        assertNull(json.number("b"));
        assertEquals(Double.valueOf(0), json.number("c"));
        assertNull(json.whole("d"));
        assertThrows(JsonException.class, () -> Json.object("{\"a\":" + "1".repeat(101) + "}", 1000));
    }

    @Test
    void messagesHoldNoPartOfTheText() {
        JsonException refusal = assertThrows(JsonException.class, () -> Json.object("{\"canary\":\"canary", 1000));
        assertEquals("not strict JSON", refusal.getMessage());
        assertNull(refusal.getCause());
    }

    @Test
    void writesWhatItReads() throws JsonException {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("t", "a\"\\\u0000\u2028<é");
        value.put("l", Arrays.asList(1, 2L, 1.5, true, null));
        value.put("o", Map.of("x", "y"));
        String text = Json.write(value);
        assertEquals(text, Json.write(Json.object(text, 1000)));
        assertThrows(IllegalArgumentException.class, () -> Json.write(Map.of("d", Double.NaN)));
        assertThrows(IllegalArgumentException.class, () -> Json.write(new Object()));
    }

    @Test
    void writesNothingButWhatIsMeant() {
        assertEquals("{\"a\":[],\"b\":{}}", Json.write(new TreeMap<>(Map.of("a", List.of(), "b", Map.of()))));
        assertEquals("{\"\\\"\":[\"\\\\\",\"\\n\\u001F/\"]}", Json.write(Map.of("\"", List.of("\\", "\n\u001f/"))));
        assertEquals("[-1,9223372036854775807,-0.5,1.0E20]", Json.write(List.of(-1, Long.MAX_VALUE, -0.5, 1e20)));
    }

    @Test
    void linesAreAsciiWithoutControls() {
        assertEquals("{\"a~\":1}", Json.line(Map.of("a~", 1)));
        assertEquals("\"a\\u007f\\u00e9\\u2028\\n\"", Json.line("a\u007f\u00e9\u2028\n"));
    }

    @Test
    void readsArrays() throws JsonException {
        assertEquals(List.of("a", 1L), Json.array("[\"a\",1]".getBytes(StandardCharsets.UTF_8), 100));
        assertThrows(JsonException.class, () -> Json.array("{}".getBytes(StandardCharsets.UTF_8), 100));
        assertThrows(JsonException.class, () -> Json.array("[1]".getBytes(StandardCharsets.UTF_8), 2));
        assertFalse(JsonObject.EMPTY.has("a"));
    }

    @Test
    void isUnmodifiable() throws JsonException {
        JsonObject json = Json.object("{\"a\":[1]}", 100);
        assertThrows(UnsupportedOperationException.class, () -> json.asMap().clear());
        assertThrows(UnsupportedOperationException.class, () -> json.names().clear());
    }
}
