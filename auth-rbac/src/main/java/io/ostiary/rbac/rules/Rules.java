package io.ostiary.rbac.rules;

import io.ostiary.core.AuthRequest;
import io.ostiary.core.Identity;
import io.ostiary.core.Policy;
import io.ostiary.core.Verdict;
import io.ostiary.core.config.ConfigurationException;
import io.ostiary.core.path.CanonicalPath;
import io.ostiary.rbac.Rbac;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one application as one policy. What no rule covers is forbidden to all, and so is every path that is not
 * canonical, whatever the rules say. Immutable and thread-safe; the cost of a decision grows with the segments of the
 * path, not with the number of rules.
 */
public final class Rules implements Policy {
    private final String name;
    private final Order order;
    private final Trie trie;
    private final List<Rule> rules;
    private final Rbac rbac;

    Rules(String name, Order order, Trie trie, List<Rule> rules, Rbac rbac) {
        this.name = name;
        this.order = order;
        this.trie = trie;
        this.rules = List.copyOf(rules);
        this.rbac = rbac;
    }

    /**
     * Reads the text of a rules file.
     *
     * @param name the file's name for messages
     * @param text its content
     * @param rbac knows roles and permissions
     * @return the rules
     * @throws ConfigurationException if a line is malformed, names an unknown role, is a duplicate or can never be
     *     reached; the message begins with file and line
     */
    public static Rules parse(String name, String text, Rbac rbac) {
        return RulesText.parse(name, text, rbac);
    }

    /**
     * Reads a rules file.
     *
     * @param file UTF-8 text
     * @param rbac knows roles and permissions
     * @return the rules
     * @throws ConfigurationException as {@link #parse}, or if the file cannot be read
     */
    public static Rules load(Path file, Rbac rbac) {
        try {
            return parse(file.toString(), Files.readString(file, StandardCharsets.UTF_8), rbac);
        } catch (IOException unreadable) {
            throw new ConfigurationException("rules file '" + file + "' cannot be read as UTF-8 text ("
                    + unreadable.getClass().getSimpleName() + ")");
        }
    }

    @Override
    public Verdict evaluate(@Nullable Identity identity, AuthRequest request) {
        if (ambiguous(request.path())) {
            return Verdict.FORBIDDEN;
        }
        Rule rule = rule(walk(request.path(), order == Order.MOST_SPECIFIC), judged(request.method()));
        return rule == null ? Verdict.FORBIDDEN : rule.requirement().policy().evaluate(identity, request);
    }

    /**
     * Tells whether a path may be read differently by somebody else: an empty segment, dots, {@code ;}, {@code %}, a
     * backslash or a control character. Such a request is best answered with 400.
     *
     * @param path the path of a request
     * @return true if it is not canonical
     */
    public static boolean ambiguous(String path) {
        return CanonicalPath.problem(path) != null;
    }

    /**
     * Explains what would happen to a request.
     *
     * @param method HTTP method
     * @param path canonical path inside the application
     * @param identity with its effective roles; null for nobody
     * @return the verdict and the way to it
     */
    public Explanation explain(String method, String path, @Nullable Identity identity) {
        List<String> steps = new ArrayList<>();
        String problem = CanonicalPath.problem(path);
        if (problem != null) {
            steps.add("the path is not canonical: it " + problem + "; no rule is asked");
            return new Explanation(Verdict.FORBIDDEN, null, steps);
        }
        String judged = judged(method);
        if (!judged.equals(method)) {
            steps.add(method + " is judged as " + judged);
        }
        Trie.Walk walk = walk(path, false);
        Rule decisive = rule(walk, judged);
        matches(walk, judged, decisive, steps);
        if (decisive == null) {
            return new Explanation(Verdict.FORBIDDEN, null, steps);
        }
        steps.add("the requirement is: " + decisive.requirement().policy());
        steps.add(Explanation.who(identity));
        if (identity != null) {
            steps.addAll(decisive.requirement().account(identity, rbac));
        }
        Verdict verdict = decisive.requirement().policy().evaluate(identity, new Asked(method, path));
        return new Explanation(verdict, decisive.place(), steps);
    }

    /**
     * Lists the rules for a start-up table.
     *
     * @return one line for each rule, in file order, with file and line
     */
    public List<String> lines() {
        return rules.stream().map(Rule::toString).toList();
    }

    /**
     * Lists what is not open to everybody, as far as it can be said by url-patterns: the segments before the first star.
     *
     * @return for example {@code /admin/*} or {@code /app/home}; nothing for a rule that begins with a star
     */
    public List<String> guardedPatterns() {
        return rules.stream()
                .filter(rule -> !rule.requirement().open())
                .map(rule -> rule.pattern().beginning())
                .filter(pattern -> !pattern.equals("/*"))
                .distinct()
                .toList();
    }

    /** Shows name, number of rules and order. */
    @Override
    public String toString() {
        return "rules of " + name + " (" + rules.size() + ", order " + order + ", else denied)";
    }

    int visited(String path) {
        return walk(path, order == Order.MOST_SPECIFIC).visited();
    }

    private Trie.Walk walk(String path, boolean onlyFirst) {
        return trie.walk(path, onlyFirst);
    }

    /** A servlet answers HEAD with the code of GET, so whoever may not GET must not learn anything by HEAD. */
    private static String judged(String method) {
        return method.equals("HEAD") ? "GET" : method;
    }

    private @Nullable Rule rule(Trie.Walk walk, String method) {
        Rule best = null;
        for (Ending ending : walk.found()) {
            Rule rule = ending.rule(method);
            if (order == Order.MOST_SPECIFIC) {
                return rule;
            }
            if (rule != null && (best == null || rule.number() < best.number())) {
                best = rule;
            }
        }
        return best;
    }

    private void matches(Trie.Walk walk, String method, @Nullable Rule decisive, List<String> steps) {
        for (Ending ending : walk.found()) {
            for (Rule rule : ending.rules()) {
                if (rule.equals(decisive)) {
                    steps.add(rule + " <- decides");
                } else if (!rule.names(method)) {
                    steps.add(rule + " <- matches the path, but not " + method);
                } else {
                    steps.add(rule + " <- matches, but "
                            + (order == Order.FILE ? "stands further down" : "is less specific"));
                }
            }
        }
        if (walk.found().isEmpty()) {
            steps.add("no rule matches the path, so it is denied");
        } else if (decisive == null) {
            steps.add(
                    order == Order.FILE
                            ? "no rule matches path and method, so it is denied"
                            : "the most specific pattern names no rule for " + method + ", so it is denied");
        }
    }
}
