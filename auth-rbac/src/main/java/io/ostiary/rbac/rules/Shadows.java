package io.ostiary.rbac.rules;

import io.ostiary.core.config.ConfigurationException;
import java.util.ArrayList;
import java.util.List;

/** Refuses rules that can never decide anything: such a line is a belief about the application that does not hold. */
final class Shadows {
    /** A method that no rule names: whatever takes it from a rule takes every other method too. */
    private static final String OTHER = " ";

    private Shadows() {}

    static void refuse(List<Rule> rules, Order order) {
        for (Rule rule : rules) {
            for (String method : rule.methods()) {
                if (shadowed(rule, method, rules, order)) {
                    throw unreachable(rule, "for " + method, rules, order);
                }
            }
            if (rule.methods().isEmpty() && shadowed(rule, OTHER, rules, order)) {
                throw unreachable(rule, "for any method", rules, order);
            }
        }
    }

    private static boolean shadowed(Rule rule, String method, List<Rule> rules, Order order) {
        List<PathPattern> before = new ArrayList<>();
        for (Rule other : rules) {
            if (order == Order.FILE
                    ? other.number() < rule.number() && other.names(method)
                    : moreSpecific(other, rule)) {
                before.add(other.pattern());
            }
        }
        return Coverage.leavesNothing(rule.pattern(), before);
    }

    private static boolean moreSpecific(Rule other, Rule rule) {
        return PathPattern.SPECIFICITY.compare(other.pattern(), rule.pattern()) < 0;
    }

    private static ConfigurationException unreachable(Rule rule, String what, List<Rule> rules, Order order) {
        String by = "";
        for (Rule other : rules) {
            boolean alone = order == Order.FILE
                    && other.number() < rule.number()
                    && Coverage.leavesNothing(rule.pattern(), List.of(other.pattern()));
            by = by.isEmpty() && alone ? ", because of " + other.place() + " above it" : by;
        }
        return new ConfigurationException(rule.place() + ": the rule '" + rule.text() + "' is never reached " + what
                + (by.isEmpty() ? ", because other rules take every path of it" : by)
                + "; remove it or move it up");
    }
}
