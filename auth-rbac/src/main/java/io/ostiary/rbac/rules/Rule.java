package io.ostiary.rbac.rules;

import java.util.Set;

/**
 * One line of a rules file.
 *
 * @param place file and line
 * @param number position among the rules, from 0
 * @param methods in capital letters; empty for all
 * @param pattern which paths
 * @param requirement what it takes
 * @param text the line, blanks made single
 */
record Rule(String place, int number, Set<String> methods, PathPattern pattern, Requirement requirement, String text) {
    Rule {
        methods = Set.copyOf(methods);
    }

    boolean names(String method) {
        return methods.isEmpty() || methods.contains(method);
    }

    @Override
    public String toString() {
        return place + ": " + text;
    }
}
