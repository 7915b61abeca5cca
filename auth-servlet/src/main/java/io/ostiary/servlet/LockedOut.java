package io.ostiary.servlet;

import io.ostiary.core.Verdict;
import io.ostiary.core.config.ConfigurationException;
import io.ostiary.rbac.rules.Explanation;
import io.ostiary.rbac.rules.Rules;
import jakarta.servlet.FilterRegistration;
import java.util.List;

/** Rules that cover the kit's own pages must leave them open, or nobody could ever log in. */
final class LockedOut {
    private LockedOut() {}

    static void refuse(FilterRegistration filter, Guard guard, String endpoints) {
        for (String page : List.of("/login", "/login/x", "/callback/x")) {
            String path = endpoints + page;
            boolean covered =
                    Mappings.patterns(filter).stream().anyMatch(pattern -> UrlPatterns.matches(pattern, path));
            if (covered && guard.policy() instanceof Rules rules) {
                Explanation found = rules.explain("GET", path, null);
                if (found.verdict() != Verdict.GRANT) {
                    throw new ConfigurationException(GuardKind.place(filter.getName()) + ": "
                            + (found.decidedBy() == null ? "no rule covers" : found.decidedBy() + " closes")
                            + " '" + path + "', which people need to sign in; add the rule '* " + endpoints
                            + "/** permit'");
                }
            }
        }
    }
}
