package io.ostiary.core.path;

import io.ostiary.core.UrlEncoded;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Tells whether a path that no guard takes would be a guarded one for somebody who reads it without regard to case, width,
 * or blanks and dots at its end: a file system, a router, a proxy. Immutable and thread-safe.
 */
final class Lookalikes {
    private static final Pattern PARAMETER = Pattern.compile(";[^/]*");

    /** Guarded paths as they are written, by what is left of them when nothing counts that some readers ignore. */
    private final Map<String, List<String>> prefixes = new HashMap<>();

    /** Guarded suffixes as they are written, and what is left of each. */
    private final Map<String, String> suffixes = new LinkedHashMap<>();

    private final boolean anyUpperCase;

    Lookalikes(List<String> patterns) {
        for (String pattern : new LinkedHashSet<>(patterns)) {
            if (pattern.startsWith("*.")) {
                String suffix = pattern.substring(1);
                suffixes.put(suffix, folded("/x" + suffix).substring(2));
            } else {
                String prefix = pattern.endsWith("/*") ? pattern.substring(0, pattern.length() - 2) : pattern;
                if (prefix.length() > 1) { // a guard over everything has no look-alike
                    prefixes.computeIfAbsent(folded(prefix), folded -> new ArrayList<>())
                            .add(prefix);
                }
            }
        }
        this.anyUpperCase = patterns.stream().anyMatch(Lookalikes::unusual);
    }

    boolean imitates(String path) {
        if (!anyUpperCase && !unusual(path)) {
            return false;
        }
        String folded = folded(path);
        for (int end = folded.indexOf('/', 1); end >= 0; end = folded.indexOf('/', end + 1)) {
            if (imitates(path, folded.substring(0, end))) {
                return true;
            }
        }
        for (Map.Entry<String, String> suffix : suffixes.entrySet()) {
            if (!path.endsWith(suffix.getKey()) && folded.endsWith(suffix.getValue())) {
                return true;
            }
        }
        return imitates(path, folded);
    }

    /** Two guarded paths may look alike themselves; below either of them nothing is imitated. */
    private boolean imitates(String path, String prefix) {
        List<String> written = prefixes.get(prefix);
        return written != null && written.stream().noneMatch(each -> under(path, each));
    }

    /** Whether folding could change it: anything but small letters, and a dot before a slash or the end. */
    private static boolean unusual(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean trailing = c == '.' && (i + 1 == text.length() || text.charAt(i + 1) == '/');
            if (c >= 'A' && c <= 'Z' || c >= 0x7f || c == ' ' || trailing) {
                return true;
            }
        }
        return false;
    }

    private static boolean under(String path, String prefix) {
        return path.startsWith(prefix) && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
    }

    /** Both ways round, as {@link String#equalsIgnoreCase}: the dotless i and the Kelvin sign are letters in disguise. */
    private static String folded(String text) {
        // Capitals of the whole text, not of each character: a sharp s has two.
        String capitals = lowered(compatible(text)).toUpperCase(Locale.ROOT);
        return segments(lowered(capitals));
    }

    private static String lowered(String text) {
        StringBuilder lowered = new StringBuilder(text.length());
        text.codePoints().map(Character::toLowerCase).forEach(lowered::appendCodePoint);
        return lowered.toString();
    }

    /** Full-width marks fold to marks that mean something in a path; what the path has of them itself was looked at before. */
    private static String compatible(String path) {
        String compatible = Normalizer.normalize(path, Normalizer.Form.NFKC);
        if (path.indexOf('%') < 0 && compatible.indexOf('%') >= 0) {
            String decoded = UrlEncoded.decodedPath(compatible);
            compatible = decoded == null ? compatible : decoded;
        }
        compatible = compatible.replace('\\', '/');
        return path.indexOf(';') < 0 && compatible.indexOf(';') >= 0
                ? PARAMETER.matcher(compatible).replaceAll("")
                : compatible;
    }

    /** Without blanks and dots at the end of a segment, and without the segments that this leaves empty. */
    private static String segments(String path) {
        StringBuilder kept = new StringBuilder(path.length());
        for (String segment : path.split("/", -1)) {
            int end = segment.length();
            while (end > 0 && (segment.charAt(end - 1) == '.' || segment.charAt(end - 1) == ' ')) {
                end--;
            }
            if (end > 0) {
                kept.append('/').append(segment, 0, end);
            }
        }
        return kept.toString();
    }
}
