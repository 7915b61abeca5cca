package io.ostiary.rbac.rules;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds out whether other patterns leave a pattern any path at all, exactly: it follows every kind of segment that makes
 * a difference, which are the literals that the patterns name at that depth, one that none of them names, and the empty
 * one after a slash at the end.
 */
final class Coverage {
    /** Stands for a segment that no pattern names; no pattern can, because a literal has no blank. */
    private static final String FRESH = " ";

    private final PathPattern target;

    private Coverage(PathPattern target) {
        this.target = target;
    }

    static boolean leavesNothing(PathPattern target, List<PathPattern> others) {
        return !new Coverage(target).free(0, others);
    }

    /** The patterns are those that match the segments chosen so far. */
    private boolean free(int depth, List<PathPattern> alive) {
        if (alive.stream().anyMatch(other -> other.rest() && depth >= other.size())) {
            return false;
        }
        if (alive.isEmpty()) {
            return true;
        }
        boolean beyond = depth >= target.size();
        if (beyond && depth > 0 && alive.stream().noneMatch(other -> depth == other.size())) {
            return true;
        }
        if (beyond && !target.rest()) {
            return false;
        }
        if (beyond && alive.stream().noneMatch(other -> other.takes(depth, "") && other.size() == depth + 1)) {
            return true;
        }
        return segments(depth, alive).stream()
                .anyMatch(segment -> free(
                        depth + 1,
                        alive.stream()
                                .filter(other -> other.takes(depth, segment))
                                .toList()));
    }

    private Set<String> segments(int depth, List<PathPattern> alive) {
        boolean beyond = depth >= target.size();
        if (!beyond && !target.segments().get(depth).equals(PathPattern.STAR)) {
            return Set.of(target.segments().get(depth));
        }
        Set<String> segments = new LinkedHashSet<>(Set.of(FRESH));
        for (PathPattern other : alive) {
            if (depth < other.size()) {
                segments.add(other.segments().get(depth));
            }
        }
        // The empty segment ends a path and was judged above; a star is every segment that has a name of its own here.
        segments.remove("");
        segments.remove(PathPattern.STAR);
        return segments;
    }
}
