package io.ostiary.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PropertiesTextTest {
    private static List<String> lines(String text) {
        return PropertiesText.parse(text, "f").stream()
                .map(line -> line.number() + " " + line.key() + "=" + line.value())
                .toList();
    }

    @Test
    void keepsOrderNumbersAndDuplicates() {
        assertEquals(List.of("1 b=1", "3 a=2", "4 b=3"), lines("b=1\n\na=2\nb=3"));
        assertEquals(List.of(), lines(""));
        assertEquals(List.of(), lines("\n \n\t\n"));
    }

    @Test
    void countsEveryKindOfLineBreak() {
        assertEquals(List.of("1 a=1", "2 b=2", "3 c=3", "5 d=4"), lines("a=1\r\nb=2\rc=3\n\nd=4\r\n"));
    }

    @Test
    void joinsContinuedLinesAndNumbersTheFirst() {
        assertEquals(List.of("2 a=x,y,z", "5 b=1"), lines("\na=x,\\\n   y,\\\n\tz\nb=1"));
        assertEquals(List.of("1 a=xy", "3 b=1"), lines("a=x\\\r\n  y\r\nb=1"));
        assertEquals(List.of("1 a=x# y", "3 b=1"), lines("a=x\\\n# y\nb=1"), "not a comment inside a value");
        assertEquals(List.of("1 a=x", "3 b=1"), lines("a=x\\\n\nb=1"));
        assertEquals(List.of("1 a=x"), lines("a=x\\"));
        assertEquals(List.of("1 ab=x"), lines("a\\\nb=x"));
    }

    @Test
    void anEscapedBackslashContinuesNothing() {
        assertEquals(List.of("1 a=x\\", "2 b=1"), lines("a=x\\\\\nb=1"));
        assertEquals(List.of("1 a=x\\y", "3 b=1"), lines("a=x\\\\\\\ny\nb=1"));
    }

    @Test
    void aCommentIsNotContinuedByItsBackslash() {
        assertEquals(List.of("2 a=1", "5 b=2"), lines("# C:\\dir\\\na=1\n  ! note \\\n\t# more \\\nb=2"));
    }

    @Test
    void onlyWhatTheJdkTakesForBlankStandsBeforeAComment() {
        assertEquals(List.of("3 a=1"), lines("\f#x\\\n \t!y\\\na=1"));
        assertEquals(List.of("1 \u000b#xa=1"), lines("\u000b#x\\\na=1"));
    }

    @Test
    void ignoresAByteOrderMark() {
        assertEquals(List.of("1 a=1"), lines("\ufeffa=1"));
        assertEquals(List.of("2 a=1"), lines("\ufeff# comment\na=1"));
    }

    @Test
    void readsEscapesAndOtherSeparators() {
        assertEquals(
                List.of("1 a=gr\u00fcn", "2 b c=d", "3 e=f", "4 g=h", "5 i=\n\t", "6 j="),
                lines("a=gr\\u00fcn\nb\\ c=d\ne: f\ng h\ni=\\n\\t\nj"));
        assertEquals(List.of("1 \u0142=\u20ac\ud83d\ude00"), lines("\u0142=\u20ac\ud83d\ude00"));
        assertEquals(List.of("1 a=b=c#d!e"), lines("a=b=c#d!e"));
        assertEquals(List.of("1 ==b"), lines("\\==b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=\\u12", "a=\\u", "a=\\uxyzw", "\\u123g=a", "a=\\\n\\u1"})
    void refusesABrokenEscapeWithItsLine(String line) {
        assertEquals(
                "f:3: not a line of a properties file: a '\\u' needs four hexadecimal digits",
                assertThrows(ConfigurationException.class, () -> lines("x=1\n# y\n" + line + "\nb=1"))
                        .getMessage());
    }

    /** The syntax is the JDK's: whatever it reads from a text, this reads too. */
    @Test
    void readsWhatTheJdkReads() throws IOException {
        String[] pieces = {
            "a", "b", "=", ":", " ", "\\", "\n", "\r\n", "\r", "#", "!", "\\u0041", "\t", "\f", "\\\n", "c=d\n"
        };
        Random random = new Random(20261121);
        for (int i = 0; i < 5000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(14); length >= 0; length--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            Properties expected = new Properties();
            expected.load(new StringReader(text.toString()));
            Properties actual = new Properties();
            PropertiesText.parse(text.toString(), "f").forEach(line -> actual.put(line.key(), line.value()));
            // A backslash alone on a line names nothing; the JDK is of two minds about it, Settings refuses it as
            // blank.
            expected.remove("");
            actual.remove("");
            assertEquals(
                    expected,
                    actual,
                    () -> text.toString().replace("\n", "<LF>").replace("\r", "<CR>"));
        }
    }
}
