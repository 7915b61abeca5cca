package io.ostiary.rbac.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All path patterns as a tree of segments, so that finding a rule takes as many steps as the path has segments and not
 * as many as there are rules. Filled while the file is read, then only read.
 */
final class Trie {
    private final Node root = new Node();

    private static final class Node {
        final Map<String, Node> literals = new HashMap<>();

        @Nullable
        Node star;

        @Nullable
        Ending here;

        @Nullable
        Ending below;
    }

    /** Returns the rule with the same pattern and one of the same methods, or null if the rule was added. */
    @Nullable
    Rule add(Rule rule) {
        Node node = root;
        for (String segment : rule.pattern().segments()) {
            node = segment.equals(PathPattern.STAR)
                    ? star(node)
                    : node.literals.computeIfAbsent(segment, unused -> new Node());
        }
        return ending(node, rule.pattern().rest()).add(rule);
    }

    private static Node star(Node node) {
        Node star = node.star == null ? new Node() : node.star;
        node.star = star;
        return star;
    }

    private static Ending ending(Node node, boolean rest) {
        Ending known = rest ? node.below : node.here;
        Ending ending = known == null ? new Ending() : known;
        if (rest) {
            node.below = ending;
        } else {
            node.here = ending;
        }
        return ending;
    }

    /** One walk for one canonical path: from the most specific pattern that matches to the least. */
    static final class Walk {
        private final String path;
        private final boolean onlyFirst;
        private final List<Ending> found = new ArrayList<>(2);
        private int visited;

        private Walk(String path, boolean onlyFirst) {
            this.path = path;
            this.onlyFirst = onlyFirst;
        }

        List<Ending> found() {
            return found;
        }

        int visited() {
            return visited;
        }

        /** Returns true when the walk is over. */
        private boolean visit(Node node, int start) {
            visited++;
            if (start > path.length()) {
                return take(node.here) || take(node.below);
            }
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            Node literal = node.literals.get(path.substring(start, end));
            if (literal != null && visit(literal, end + 1)) {
                return true;
            }
            if (node.star != null && end > start && visit(node.star, end + 1)) {
                return true;
            }
            return take(node.below);
        }

        private boolean take(@Nullable Ending ending) {
            if (ending == null) {
                return false;
            }
            found.add(ending);
            return onlyFirst;
        }
    }

    Walk walk(String path, boolean onlyFirst) {
        Walk walk = new Walk(path, onlyFirst);
        walk.visit(root, 1);
        return walk;
    }
}
