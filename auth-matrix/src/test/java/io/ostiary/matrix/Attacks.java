package io.ostiary.matrix;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines of the attack files. */
final class Attacks {
    private static final Pattern RAW_BYTE = Pattern.compile("\\{([0-9A-Fa-f]{2})}");

    private static final Map<String, Pattern> KINDS = kinds();

    private Attacks() {}

    /** In the order in which they are looked for. */
    private static Map<String, Pattern> kinds() {
        Map<String, Pattern> kinds = new LinkedHashMap<>();
        kinds.put("plain, the control", Pattern.compile("^(/[a-z0-9]+)+/?$"));
        kinds.put("path parameters", Pattern.compile(";|%(25)?3b"));
        kinds.put(
                "dot segments",
                Pattern.compile("[.]{2}|/[.](/|$)|%2e|%25%32|[.]%|%u002e|%c0%ae|%e0%80%ae|%ef%bc%8e|%e2%80%a5"));
        kinds.put("slashes and backslashes", Pattern.compile("//|\\\\|%(25)?2f|%(25)?5c|%c0%af|%ef%bc%8f|%e2%81%84"));
        kinds.put(
                "controls, blanks, invalid text",
                Pattern.compile("%[01][0-9a-f]|%20|%u0000|\\x00|%e3%80%80|%e2%80|%ed|%ff|%cc|%zz|%-"));
        return kinds;
    }

    /**
     * A request target as it goes on the wire.
     *
     * @param target one character is one byte
     */
    record Target(String method, String target, String why) {
        /** Which line of the table it counts for. */
        String kind() {
            String path = target.replaceFirst("[?].*", "").toLowerCase(Locale.ROOT);
            if (!method.equals("GET")) {
                return "other methods";
            }
            if (why.contains("[ctx]")) {
                return "spellings of the context path";
            }
            if (!path.startsWith("/")) {
                return "absolute form, no slash first";
            }
            for (Map.Entry<String, Pattern> kind : KINDS.entrySet()) {
                if (kind.getValue().matcher(path).find()) {
                    return kind.getKey();
                }
            }
            return "case, encodings, suffixes";
        }
    }

    static List<String> lines(String file) {
        try (InputStream in = Objects.requireNonNull(Attacks.class.getResourceAsStream("/attacks/" + file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Target> targets() {
        return lines("attacks-path.tsv").stream()
                .map(line -> line.split("\t", 3))
                .map(parts -> new Target(parts[0], bytes(parts[1]), parts[2]))
                .toList();
    }

    /** What a text file holds as {@code {HH}}, and UTF-8 for the rest. */
    static String bytes(String text) {
        String utf8 = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        return RAW_BYTE.matcher(utf8)
                .replaceAll(hex -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(hex.group(1), 16))));
    }
}
