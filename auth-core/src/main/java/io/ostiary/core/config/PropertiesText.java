package io.ostiary.core.config;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * Reads the format of {@link Properties} and keeps line numbers and duplicates, which that class loses: each logical
 * line is handed to it alone, so that the syntax stays the JDK's.
 */
final class PropertiesText {
    private PropertiesText() {}

    record Line(int number, String key, String value) {
        @Override
        public String toString() {
            return number + ": " + key;
        }
    }

    static List<Line> parse(String text, String name) {
        List<Line> lines = new ArrayList<>();
        String[] natural = (text.startsWith("\uFEFF") ? text.substring(1) : text).split("\\r\\n|\\r|\\n", -1);
        for (int i = 0; i < natural.length; i++) {
            int first = i;
            StringBuilder logical = new StringBuilder(natural[i]);
            while (!isComment(natural[first]) && continues(natural[i]) && i + 1 < natural.length) {
                i++;
                logical.append('\n').append(natural[i]);
            }
            addLine(lines, first + 1, logical.toString(), name);
        }
        return lines;
    }

    private static void addLine(List<Line> lines, int number, String logical, String name) {
        Properties one = new Properties();
        try {
            one.load(new StringReader(logical));
        } catch (IllegalArgumentException | IOException malformed) {
            throw new ConfigurationException(
                    name + ":" + number + ": not a line of a properties file: a '\\u' needs four hexadecimal digits");
        }
        for (Map.Entry<Object, Object> entry : one.entrySet()) {
            lines.add(new Line(number, (String) entry.getKey(), (String) entry.getValue()));
        }
    }

    private static boolean isComment(String line) {
        int start = 0;
        while (start < line.length() && " \t\f".indexOf(line.charAt(start)) >= 0) { // what Properties takes for blank
            start++;
        }
        return line.startsWith("#", start) || line.startsWith("!", start);
    }

    private static boolean continues(String line) {
        int backslashes = 0;
        while (backslashes < line.length() && line.charAt(line.length() - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }
}
