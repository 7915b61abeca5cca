package io.ostiary.rbac.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rules of one path pattern. Filled while the file is read, then only read. */
final class Ending {
    private final Map<String, Rule> byMethod = new HashMap<>();
    private final List<Rule> rules = new ArrayList<>();
    private @Nullable Rule others;

    /** Returns the rule that already has one of the methods, or null if the rule was added. */
    @Nullable
    Rule add(Rule rule) {
        Rule earlier = rule.methods().isEmpty() ? others : null;
        for (String method : rule.methods()) {
            earlier = earlier == null ? byMethod.get(method) : earlier;
        }
        if (earlier != null) {
            return earlier;
        }
        rule.methods().forEach(method -> byMethod.put(method, rule));
        if (rule.methods().isEmpty()) {
            others = rule;
        }
        rules.add(rule);
        return null;
    }

    /** A rule that names the method comes before one for all methods; where the file's order counts, that is checked. */
    @Nullable
    Rule rule(String method) {
        Rule named = byMethod.get(method);
        return named == null ? others : named;
    }

    List<Rule> rules() {
        return rules;
    }
}
