package io.ostiary.matrix;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Request targets that nobody wrote down: samples of the attack file, cut, spliced and spelled anew. The seed decides. */
final class Mutations {
    private static final List<String> PIECES = List.of(
            ";",
            ";x=1",
            "%3b",
            "%253b",
            "/",
            "//",
            "/./",
            "/../",
            "/..;/",
            "/.;/",
            "/;/",
            "\\",
            "%5c",
            "%5C",
            "%2f",
            "%2F",
            "%252f",
            "%2e",
            "%2E%2e",
            ".",
            "..",
            "...",
            "%00",
            "%0a",
            "%0d",
            "%09",
            "%20",
            "%7f",
            "%u002e",
            "%u002f",
            "%c0%ae",
            "%c0%af",
            "%e0%80%af",
            "%ef%bc%8e",
            "%ef%bc%8f",
            "%ef%bc%bc",
            "%e2%80%a5",
            "%e2%81%84",
            "%e3%80%80",
            "%e2%80%8b",
            "%e2%80%ae",
            "%cc%81",
            "%c5%bf",
            "%c4%b1",
            "%e2%84%aa",
            "%ff",
            "%",
            "%%",
            "%2",
            "%zz",
            "?",
            "?x=/",
            "%3f",
            "#",
            "%23",
            "*",
            "~",
            "~1",
            "::$DATA",
            ".json",
            ".css",
            ";.css",
            "+",
            "@",
            ":",
            "\u00e1",
            "\u0080");
    private static final List<String> ZONES =
            List.of("/admin/x", "/admin", "/app/home", "/api/v1/data", "/ctx/admin/x", "/ctx/app/x");
    private static final List<String> DOORS = List.of(
            "/public/",
            "/static/",
            "/login/",
            "/oauth/callback/",
            "/error/",
            "/health/",
            "/auth/login/",
            "/auth/",
            "/x/",
            "/ctx/public/",
            "/ctx/",
            "http://127.0.0.1/",
            "http://127.0.0.1",
            "//127.0.0.1/");
    private static final List<String> METHODS =
            List.of("GET", "GET", "GET", "GET", "GET", "POST", "HEAD", "OPTIONS", "PUT", "PROPFIND", "get");

    private final List<Attacks.Target> samples;
    private final Random random;

    Mutations(long seed) {
        samples = Attacks.targets().stream()
                .filter(sample -> sample.target().length() < 500)
                .toList();
        random = new Random(seed);
    }

    Attacks.Target next() {
        String method = one(METHODS);
        StringBuilder target = new StringBuilder(start());
        for (int i = random.nextInt(4); i > 0; i--) {
            change(target);
        }
        // One line has to stay one line: what ends it would be another request.
        String line = target.toString().replaceAll("[\\r\\n ]", "");
        return new Attacks.Target(method, line.isEmpty() ? "/" : line, "mutated");
    }

    private String start() {
        return switch (random.nextInt(4)) {
            case 0 -> one(ZONES);
            case 1 -> one(DOORS) + one(PIECES) + one(ZONES).substring(random.nextInt(2));
            case 2 -> one(DOORS) + one(PIECES) + one(PIECES) + one(samples).target();
            default -> one(samples).target();
        };
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private void change(StringBuilder target) {
        int at = random.nextInt(target.length() + 1);
        boolean inside = at < target.length();
        switch (random.nextInt(9)) {
            case 0, 1, 2 -> target.insert(at, one(PIECES));
            case 3 -> {
                if (inside) {
                    String encoded = encoded(target.charAt(at));
                    target.replace(at, at + 1, encoded);
                }
            }
            case 4 -> {
                if (inside) {
                    target.setCharAt(at, flipped(target.charAt(at)));
                }
            }
            case 5 -> {
                if (inside) {
                    target.deleteCharAt(at);
                }
            }
            case 6 -> target.insert(at, wide(target, at));
            case 7 -> target.insert(0, one(DOORS) + one(PIECES));
            default -> target.append(one(PIECES)).append(one(ZONES));
        }
    }

    private String encoded(char c) {
        return switch (random.nextInt(5)) {
            case 0 -> "%%25%02x".formatted((int) c & 0xff);
            case 1 -> "%%u%04x".formatted((int) c & 0xffff);
            case 2 -> "%%%02X".formatted((int) c & 0xff);
            default -> "%%%02x".formatted((int) c & 0xff);
        };
    }

    private static char flipped(char c) {
        return Character.isUpperCase(c) ? Character.toLowerCase(c) : c < 0x80 ? Character.toUpperCase(c) : c;
    }

    /** The character before, full-width, as UTF-8 that is encoded or raw. */
    private String wide(StringBuilder target, int at) {
        char c = at == 0 ? '/' : target.charAt(at - 1);
        if (c <= 0x20 || c >= 0x7f) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        boolean raw = random.nextInt(4) == 0;
        for (byte octet : String.valueOf((char) (c + 0xfee0)).getBytes(StandardCharsets.UTF_8)) {
            text.append(raw ? String.valueOf((char) (octet & 0xff)) : "%%%02x".formatted(octet & 0xff));
        }
        return text.toString();
    }
}
