package io.ostiary.rbac;

import io.ostiary.core.config.Settings;
import io.ostiary.rbac.store.UserKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the keys below {@code rbac.} say.
 *
 * @param declared role names that count; empty if any name does
 * @param hierarchy which implies which
 * @param users roles given by settings
 */
record RbacSettings(Set<String> declared, RoleHierarchy hierarchy, Map<UserKey, Set<String>> users) {
    private static final String SUBJECT = "the user's 'sub' at that issuer, never an e-mail address";

    static RbacSettings read(Settings all) {
        Settings settings = all.section("rbac");
        RoleReader roles = RoleReader.read(settings);
        RoleHierarchy hierarchy = hierarchy(settings);
        roles.requireDeclared("hierarchy", hierarchy.roles());
        return new RbacSettings(roles.declared(), hierarchy, users(settings, roles));
    }

    /** Every role that any setting names. */
    Set<String> named() {
        Set<String> named = new HashSet<>(declared);
        named.addAll(hierarchy.roles());
        users.values().forEach(named::addAll);
        return Set.copyOf(named);
    }

    private static RoleHierarchy hierarchy(Settings settings) {
        String text = settings.optionalText("hierarchy");
        if (text == null) {
            return RoleHierarchy.none();
        }
        try {
            return RoleHierarchy.parse(text);
        } catch (IllegalArgumentException malformed) {
            throw settings.problem("hierarchy", String.valueOf(malformed.getMessage()));
        }
    }

    private static Map<UserKey, Set<String>> users(Settings settings, RoleReader roles) {
        Map<UserKey, Set<String>> users = new HashMap<>();
        Map<UserKey, String> labels = new HashMap<>();
        for (String label : settings.names("user")) {
            String key = "user." + label;
            Set<String> given = roles.required(key + ".roles");
            UserKey user = user(settings, key);
            String earlier = labels.putIfAbsent(user, label);
            if (earlier != null) {
                throw settings.problem(
                        key + ".subject",
                        "is the user of 'rbac.user." + earlier + "' again; name all roles of a user in one place");
            }
            users.put(user, given);
        }
        return Map.copyOf(users);
    }

    private static UserKey user(Settings settings, String key) {
        // Asked for first, so that neither key is taken for the other one misspelt.
        String subject = settings.optionalText(key + ".subject");
        String issuer =
                settings.requiredText(key + ".issuer", "the issuer of the user's tokens, exactly as they spell it");
        return subject == null
                ? new UserKey(issuer, settings.requiredText(key + ".subject", SUBJECT))
                : new UserKey(issuer, subject);
    }

    /**
     * Reads role names and holds them against the declared ones.
     *
     * @param settings the section {@code rbac}
     * @param declared empty if none are declared
     */
    record RoleReader(Settings settings, Set<String> declared) {
        static RoleReader read(Settings settings) {
            Set<String> declared =
                    new RoleReader(settings, Set.of()).wellFormed("roles", settings.set("roles", Set.of()));
            return new RoleReader(settings, Set.copyOf(declared));
        }

        Set<String> required(String key) {
            Set<String> names = wellFormed(key, settings.requiredSet(key, "one or more role names, comma separated"));
            requireDeclared(key, names);
            return Set.copyOf(names);
        }

        void requireDeclared(String key, Set<String> names) {
            String unknown = unknown(names);
            if (unknown != null) {
                throw settings.problem(
                        key,
                        "names the role '" + unknown + "', which 'rbac.roles' does not declare; declared are "
                                + String.join(", ", new TreeSet<>(declared)));
            }
        }

        private @Nullable String unknown(Set<String> names) {
            Set<String> unknown = new TreeSet<>(names);
            unknown.removeAll(declared);
            return declared.isEmpty() || unknown.isEmpty()
                    ? null
                    : unknown.iterator().next();
        }

        private Set<String> wellFormed(String key, Set<String> names) {
            String malformed = RoleNames.malformed(names);
            if (malformed != null) {
                throw settings.problem(key, "names '" + malformed + "'; " + RoleNames.FORM);
            }
            return names;
        }
    }
}
