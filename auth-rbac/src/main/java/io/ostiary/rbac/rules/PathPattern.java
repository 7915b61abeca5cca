package io.ostiary.rbac.rules;

import io.ostiary.core.path.CanonicalPath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A path pattern: literal segments, {@code *} for exactly one segment that is not empty, and {@code **} at the end for
 * the path before it and everything below. Case counts, and so does a slash at the end.
 *
 * @param segments literal text or {@code *}; an empty last one stands for a slash at the end
 * @param rest whether the pattern ends in {@code **}
 */
record PathPattern(List<String> segments, boolean rest) {
    static final String STAR = "*";
    static final int MAX_SEGMENTS = 64;
    private static final Pattern LITERAL = Pattern.compile("[^\\s*{}?#\"'<>|]*");

    /** The most specific first, of two patterns that match the same path. */
    static final Comparator<PathPattern> SPECIFICITY = PathPattern::compare;

    PathPattern {
        segments = List.copyOf(segments);
    }

    /** Throws IllegalArgumentException with what is wrong. */
    static PathPattern parse(String text) {
        String problem = CanonicalPath.problem(text);
        if (problem != null) {
            throw new IllegalArgumentException("the path '" + text + "' " + problem);
        }
        List<String> segments = new ArrayList<>(List.of(text.substring(1).split("/", -1)));
        boolean rest = segments.get(segments.size() - 1).equals("**");
        if (rest) {
            segments.remove(segments.size() - 1);
        }
        if (segments.size() > MAX_SEGMENTS) {
            throw new IllegalArgumentException(
                    "the path has " + segments.size() + " segments; allowed are " + MAX_SEGMENTS);
        }
        for (String segment : segments) {
            if (!segment.equals(STAR) && !LITERAL.matcher(segment).matches()) {
                throw new IllegalArgumentException("the path '" + text + "' has the segment '" + segment
                        + "'; allowed are literal segments, '*' as a whole segment and '**' as the last one");
            }
        }
        return new PathPattern(segments, rest);
    }

    int size() {
        return segments.size();
    }

    /** As a url-pattern that takes at least as much: what stands before the first star. */
    String beginning() {
        StringBuilder literal = new StringBuilder();
        for (String segment : segments) {
            if (segment.equals(STAR)) {
                return literal + "/*";
            }
            if (!segment.isEmpty()) {
                literal.append('/').append(segment);
            }
        }
        return rest ? literal + "/*" : literal.isEmpty() ? "/" : literal.toString();
    }

    /** Whether this pattern takes such a segment at a place; beyond its segments it takes none. */
    boolean takes(int depth, String segment) {
        return depth < segments.size()
                && (segments.get(depth).equals(STAR)
                        ? !segment.isEmpty()
                        : segments.get(depth).equals(segment));
    }

    private static int compare(PathPattern one, PathPattern other) {
        int depth = 0;
        while (depth < one.size() && depth < other.size()) {
            int byKind = Integer.compare(one.rank(depth), other.rank(depth));
            if (byKind != 0) {
                return byKind;
            }
            int byText = one.segments.get(depth).compareTo(other.segments.get(depth));
            if (byText != 0) {
                return byText;
            }
            depth++;
        }
        return Integer.compare(one.rank(depth), other.rank(depth));
    }

    private int rank(int depth) {
        if (depth == segments.size()) {
            return rest ? 3 : 0;
        }
        return segments.get(depth).equals(STAR) ? 2 : 1;
    }

    @Override
    public String toString() {
        List<String> shown = new ArrayList<>(segments);
        if (rest) {
            shown.add("**");
        }
        return "/" + String.join("/", shown);
    }
}
