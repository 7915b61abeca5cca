package io.ostiary.core.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.ostiary.core.UrlEncoded;
import io.ostiary.testkit.FakeRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Whatever a reader does to a target that the guard lets through: it does not arrive at a guarded place that the guard did not see. */
final class PathGuardFuzzTest {
    private static final PathGuard GUARD = PathGuard.of(Set.of(), List.of("/admin/*"));

    /** What bytes stand for, so that the interesting comes up often. */
    private static final List<String> PIECES = List.of(
            "/",
            "admin",
            "public",
            "..",
            ".",
            "%2e",
            "%2f",
            "%5c",
            ";",
            "%3b",
            "=",
            "x",
            "%00",
            "%25",
            "ADMIN",
            "%EF%BD%81dmin",
            "%EF%BC%8E",
            "%EF%BC%8F",
            "%C0%AE",
            "%20",
            "%09",
            "%E2%80%AE",
            "%C4%B1",
            "%73",
            "+",
            "~",
            "\\",
            "//",
            "/./",
            "/../",
            "%E2%80%A5",
            "%E2%84%AA");

    private static final Pattern PARAMETER = Pattern.compile(";[^/]*");
    private static final Pattern SLASHES = Pattern.compile("/{2,}");
    private static final Pattern TRAILING = Pattern.compile("[. \\t]+(/|$)");

    /** What proxies, containers, applications and routers are known to do, each of which some leave out. */
    private static final List<UnaryOperator<String>> READINGS = List.of(
            PathGuardFuzzTest::decodedAgain,
            path -> Normalizer.normalize(path, Normalizer.Form.NFKC),
            path -> path.replace('\\', '/'),
            path -> replaced(PARAMETER, path, ""),
            path -> path.split("\u0000", 2)[0],
            path -> replaced(SLASHES, path, "/"),
            PathGuardFuzzTest::withoutDots,
            path -> replaced(TRAILING, path, "$1"),
            path -> path.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT));

    @FuzzTest(maxDuration = "10m")
    void noReaderArrivesWhereTheGuardWasNotAsked(FuzzedDataProvider data) {
        String raw = data.consumeBoolean() ? pieces(data) : data.consumeRemainingAsString();
        String path = raw.startsWith("/") ? UrlEncoded.decodedPath(raw) : null;
        if (path == null) {
            assertNotNull(RawTarget.plain(raw) ? null : RawTarget.problem(raw, Set.of()), raw);
            return;
        }
        if (GUARD.problem(FakeRequest.get("/").sentAs(raw)) == null) {
            assertEquals("/", path, raw); // another path than the container's is never let through
        }
        if (GUARD.problem(request(raw, path)) == null && !guarded(path)) {
            assertFalse(arrives(path, 0), raw);
        }
    }

    /** Whether some of the readings, one after the other, make it a guarded place. */
    private static boolean arrives(String path, int next) {
        if (next == READINGS.size()) {
            return guarded(path);
        }
        String read = READINGS.get(next).apply(path);
        return !read.equals(path) && arrives(read, next + 1) || arrives(path, next + 1);
    }

    private static FakeRequest request(String raw, String path) {
        return FakeRequest.get(path.replace("?", "")).sentAs(raw);
    }

    private static String pieces(FuzzedDataProvider data) {
        StringBuilder raw = new StringBuilder("/");
        for (byte next : data.consumeRemainingAsBytes()) {
            raw.append(PIECES.get(next & PIECES.size() - 1));
        }
        return raw.toString();
    }

    private static boolean guarded(String path) {
        return path.equals("/admin") || path.startsWith("/admin/");
    }

    private static String decodedAgain(String path) {
        try {
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException asItIs) {
            return path;
        }
    }

    private static String replaced(Pattern pattern, String path, String with) {
        return pattern.matcher(path).replaceAll(with);
    }

    private static String withoutDots(String path) {
        Deque<String> kept = new ArrayDeque<>();
        for (String segment : path.split("/", -1)) {
            if (segment.equals("..")) {
                kept.pollLast();
            } else if (!segment.equals(".")) {
                kept.addLast(segment);
            }
        }
        return '/' + String.join("/", kept).replaceFirst("^/+", "");
    }
}
