package io.ostiary.sample;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The bytes of a request, and where its parts are. */
final class RawRequest {
    private static final Set<String> SIGNED =
            Set.of("host", "content-type", "content-digest", "signature-input", "signature");

    private final byte[] bytes;

    RawRequest(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    byte[] bytes() {
        return bytes.clone();
    }

    private String text() {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** The same with the lowest bit of one byte turned around. */
    byte[] flipped(int at) {
        byte[] changed = bytes.clone();
        changed[at] ^= 1;
        return changed;
    }

    /** The position of one byte in a part of the request: a method, path, query, body, or a header by its name. */
    int in(String part) {
        String text = text();
        int target = text.indexOf(' ') + 1;
        int question = text.indexOf('?');
        return switch (part) {
            case "method" -> target - 2;
            case "path" -> question - 1;
            case "query" -> text.indexOf(' ', question) - 1;
            case "body" -> bytes.length - 2; // the last digit of {"amount":12}
            default -> text.indexOf("\r\n", text.toLowerCase(Locale.ROOT).indexOf("\r\n" + part + ':') + 2) - 1;
        };
    }

    /** Every byte of method, target, body, and the headers that a signature is about or is made of, names included. */
    List<Integer> everySignedByte() {
        List<Integer> positions = new ArrayList<>();
        String text = text();
        int body = text.indexOf("\r\n\r\n") + 4;
        int line = 0;
        while (line < body - 2) {
            int end = text.indexOf("\r\n", line);
            String name = text.substring(line, end).split(":", 2)[0].toLowerCase(Locale.ROOT);
            int last = line == 0 ? text.indexOf(" HTTP/1.1") : end;
            if (line == 0 || SIGNED.contains(name)) {
                for (int i = line; i < last; i++) {
                    positions.add(i);
                }
            }
            line = end + 2;
        }
        for (int i = body; i < bytes.length; i++) {
            positions.add(i);
        }
        return positions;
    }
}
