package io.ostiary.servlet;

import io.ostiary.apikey.Scopes;
import io.ostiary.core.Policies;
import io.ostiary.core.Policy;
import io.ostiary.core.StepUp;
import io.ostiary.core.config.ConfigurationException;
import io.ostiary.core.config.Settings;
import io.ostiary.rbac.Permissions;
import io.ostiary.rbac.Rbac;
import io.ostiary.rbac.rules.Rules;
import io.ostiary.servlet.GuardKind.Init;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.TreeSet;

/** Compiles the init-params of each kind of filter into the policy that decides. */
final class GuardPolicies {
    private static final String PERMISSIONS_ALLOWED = "one or more permissions, comma separated, or 'methods' instead";

    private static final String AMR_ALLOWED =
            "methods of RFC 8176 such as mfa, otp, hwk, comma separated; one of them is enough";

    private static final String SCOPES_ALLOWED =
            "one or more scopes, comma separated, each 1 to 64 letters, digits and ._:/*-";

    private GuardPolicies() {}

    private enum Match {
        ANY,
        ALL
    }

    private enum Others {
        DENY,
        PERMIT
    }

    /** Whoever is logged in; with {@code max-age} or {@code amr}, whoever proved it lately or well enough. */
    static Policy login(Init init) {
        Settings settings = init.settings();
        Policy policy = Policies.authenticated();
        if (settings.has("max-age")) {
            Duration maxAge = settings.duration("max-age", Duration.ZERO, Duration.ofSeconds(10), Duration.ofDays(90));
            policy = StepUp.provenWithin(maxAge, InstantSource.system());
        }
        Set<String> methods = settings.set("amr", Set.of());
        for (String method : new TreeSet<>(methods)) {
            if (!method.matches("[A-Za-z0-9_.:/-]{1,100}")) {
                throw settings.problem("amr", "has '" + method + "'; allowed: " + AMR_ALLOWED);
            }
        }
        return methods.isEmpty() ? policy : policy.and(StepUp.anyMethod(methods));
    }

    static Policy roles(Init init) {
        Settings settings = init.settings();
        Rbac rbac = init.running().rbac();
        Set<String> roles = settings.requiredSet("roles", "one or more role names, comma separated");
        boolean any = settings.oneOf("match", Match.class, Match.ANY) == Match.ANY;
        for (String role : new TreeSet<>(roles)) {
            if (!rbac.counts(role)) {
                throw settings.problem("roles", "names the role '" + role + "', which 'rbac.roles' does not declare");
            }
        }
        if (settings.flag("hierarchy", true)) {
            return any ? Policies.anyRole(roles) : Policies.allRoles(roles);
        }
        return exactRoles(settings, rbac, roles, any);
    }

    /** Any key, or one with all the scopes, with the roles, or with both. */
    static Policy apiKey(Init init) {
        Settings settings = init.settings();
        Policy policy = settings.has("roles") ? roles(init) : Policies.authenticated();
        if (!settings.has("scopes")) {
            return policy;
        }
        Set<String> scopes = settings.requiredSet("scopes", SCOPES_ALLOWED);
        try {
            return settings.has("roles") ? policy.and(Scopes.all(scopes)) : Scopes.all(scopes);
        } catch (IllegalArgumentException malformed) {
            throw settings.problem(
                    "scopes", "is '" + String.join(",", new TreeSet<>(scopes)) + "'; allowed: " + SCOPES_ALLOWED);
        }
    }

    private static Policy exactRoles(Settings settings, Rbac rbac, Set<String> roles, boolean any) {
        try {
            if (any) {
                return rbac.exactRole(roles);
            }
            return new TreeSet<>(roles)
                    .stream()
                            .map(role -> rbac.exactRole(Set.of(role)))
                            .reduce(Policy::and)
                            .orElseThrow();
        } catch (IllegalArgumentException malformed) {
            throw settings.problem("roles", "has a malformed name: " + malformed.getMessage());
        } catch (IllegalStateException forgetful) {
            throw settings.problem("hierarchy", "is false, but " + forgetful.getMessage());
        }
    }

    static Policy permissions(Init init) {
        Settings settings = init.settings();
        Permissions permissions = init.running().rbac().permissions();
        if (settings.has("methods") && (settings.has("permissions") || settings.has("match"))) {
            throw settings.problem(
                    "methods", "stands beside 'permissions' or 'match'; allowed: it alone, or those two");
        }
        String key = settings.has("methods") ? "methods" : "permissions";
        try {
            if (settings.has("methods")) {
                return permissions.requireByMethod(settings.requiredText(key, "pairs such as GET=report.read"));
            }
            Set<String> wanted = settings.requiredSet(key, PERMISSIONS_ALLOWED);
            return settings.oneOf("match", Match.class, Match.ANY) == Match.ALL
                    ? permissions.requireAll(wanted)
                    : any(permissions, wanted);
        } catch (ConfigurationException said) {
            throw said;
        } catch (IllegalArgumentException malformed) {
            throw settings.problem(key, String.valueOf(malformed.getMessage()));
        }
    }

    private static Policy any(Permissions permissions, Set<String> wanted) {
        return wanted.size() == 1 ? permissions.require(wanted.iterator().next()) : permissions.requireAny(wanted);
    }

    static Rules rules(Init init) {
        String file = init.settings().requiredText("rules", "the rules file, as an absolute path or below /WEB-INF/");
        String text = new ContextFiles(init.context()).text(file);
        if (text == null) {
            throw init.settings()
                    .problem(
                            "rules",
                            "is '" + file + "'; allowed: an existing file, as an absolute path or below /WEB-INF/");
        }
        return Rules.parse(file, text, init.running().rbac());
    }

    static Policy annotations(Init init) {
        boolean deny = init.settings().oneOf("others", Others.class, Others.DENY) == Others.DENY;
        if (!ServletAnnotations.readable(init.context())) {
            throw new ConfigurationException(
                    init.place() + ": it reads jakarta.annotation.security, which is not on the"
                            + " class path; add jakarta.annotation:jakarta.annotation-api, without which Java drops such"
                            + " annotations silently");
        }
        return ServletAnnotations.policy(
                init.context(), init.running().rbac(), deny ? Policies.denyAll() : Policies.permitAll());
    }
}
