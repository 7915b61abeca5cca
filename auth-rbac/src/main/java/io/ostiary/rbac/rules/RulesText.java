package io.ostiary.rbac.rules;

import io.ostiary.core.config.ConfigurationException;
import io.ostiary.rbac.Rbac;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a rules file. Not thread-safe; one object for each file. */
final class RulesText {
    private static final int MAX_RULES = 10_000;
    private static final String FORM =
            "a rule is: METHODS PATH REQUIREMENT, for example 'GET,POST /admin/** role admin'";
    private static final String ORDER = "the first statement must be 'order most-specific' or 'order file'";
    private static final Pattern METHOD = Pattern.compile("[A-Z]{1,32}");
    private static final Pattern LINES = Pattern.compile("\\r\\n|\\r|\\n");
    private static final Pattern BLANKS = Pattern.compile("[ \\t]+");

    private final String name;
    private final Rbac rbac;
    private final Trie trie = new Trie();
    private final List<Rule> rules = new ArrayList<>();
    private @Nullable Order order;

    private RulesText(String name, Rbac rbac) {
        this.name = name;
        this.rbac = rbac;
    }

    static Rules parse(String name, String text, Rbac rbac) {
        RulesText reader = new RulesText(name, rbac);
        String[] lines = LINES.split(text.startsWith("\uFEFF") ? text.substring(1) : text, -1);
        for (int i = 0; i < lines.length; i++) {
            try {
                reader.line(name + ":" + (i + 1), lines[i]);
            } catch (IllegalArgumentException malformed) {
                throw new ConfigurationException(name + ":" + (i + 1) + ": " + malformed.getMessage());
            }
        }
        return reader.rules();
    }

    private Rules rules() {
        if (order == null || rules.isEmpty()) {
            throw new ConfigurationException(name + ": has no "
                    + (order == null ? "statement; " + ORDER : "rule, so it would deny everything; " + FORM));
        }
        Shadows.refuse(rules, order);
        return new Rules(name, order, trie, rules, rbac);
    }

    private void line(String place, String line) {
        String text = BLANKS.matcher(line).replaceAll(" ").strip();
        refuseInvisible(text);
        if (text.isEmpty() || text.startsWith("#")) {
            return;
        }
        if (order == null) {
            order = order(text);
            return;
        }
        String[] parts = text.split(" ", 3);
        if (parts[0].equals("order")) {
            throw new IllegalArgumentException("'order' stands once, before the first rule");
        }
        if (parts.length < 3) {
            throw new IllegalArgumentException("'" + text + "' is not a rule; " + FORM);
        }
        add(new Rule(
                place,
                rules.size(),
                methods(parts[0]),
                PathPattern.parse(parts[1]),
                RequirementText.parse(parts[2], rbac),
                text));
    }

    private void add(Rule rule) {
        Rule earlier = trie.add(rule);
        if (earlier != null) {
            throw new IllegalArgumentException("the rule '" + rule.text() + "' is a duplicate: " + earlier.place()
                    + " has the same path for the same method");
        }
        rules.add(rule);
        if (rules.size() > MAX_RULES) {
            throw new IllegalArgumentException("has more than " + MAX_RULES + " rules");
        }
    }

    private static Order order(String text) {
        for (Order order : Order.values()) {
            if (text.equals("order " + order)) {
                return order;
            }
        }
        throw new IllegalArgumentException("'" + text + "' comes first, but " + ORDER);
    }

    private static Set<String> methods(String text) {
        if (text.equals("*")) {
            return Set.of();
        }
        Set<String> methods = new LinkedHashSet<>();
        for (String method : text.split(",", -1)) {
            if (!METHOD.matcher(method).matches()) {
                throw new IllegalArgumentException(
                        "'" + text
                                + "' names no methods; allowed are '*' or methods in capital letters, comma separated without blanks");
            }
            if (method.equals("HEAD")) {
                throw new IllegalArgumentException("HEAD is always judged as GET, so write GET");
            }
            if (!methods.add(method)) {
                throw new IllegalArgumentException("the method " + method + " stands twice in '" + text + "'");
            }
        }
        return methods;
    }

    /** What a person cannot see must not make two equal-looking lines differ. */
    private static void refuseInvisible(String text) {
        text.codePoints().forEach(c -> {
            boolean space = Character.isSpaceChar(c) && c != ' ';
            int type = Character.getType(c);
            if (space || Character.isISOControl(c) || type == Character.FORMAT || type == Character.SURROGATE) {
                throw new IllegalArgumentException(
                        String.format("has the invisible character U+%04X; remove it or write a plain blank", c));
            }
        });
    }
}
