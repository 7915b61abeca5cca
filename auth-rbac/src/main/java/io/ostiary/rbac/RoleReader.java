package io.ostiary.rbac;

import io.ostiary.core.config.Settings;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads role names and holds them against the declared ones.
 *
 * @param settings the section {@code rbac}
 * @param declared empty if none are declared
 */
record RoleReader(Settings settings, Set<String> declared) {
    static RoleReader read(Settings settings) {
        Set<String> declared = settings.set("roles", Set.of());
        new RoleReader(settings, Set.of()).requireDeclared("roles", declared);
        return new RoleReader(settings, Set.copyOf(declared));
    }

    /** Reads names that must be there. */
    Set<String> required(String key) {
        Set<String> names = settings.requiredSet(key, "one or more role names, comma separated");
        requireDeclared(key, names);
        return Set.copyOf(names);
    }

    /** Checks a name that is itself the end of a key. */
    String named(String prefix, String role) {
        requireDeclared(prefix + role, Set.of(role));
        return role;
    }

    void requireDeclared(String key, Set<String> names) {
        String malformed = RoleNames.malformed(names);
        if (malformed != null) {
            throw settings.problem(key, "names '" + malformed + "'; " + RoleNames.FORM);
        }
        if (declared.isEmpty()) {
            return;
        }
        Set<String> unknown = new TreeSet<>(names);
        unknown.removeAll(declared);
        if (!unknown.isEmpty()) {
            throw settings.problem(
                    key,
                    "names the role '" + unknown.iterator().next()
                            + "', which 'rbac.roles' does not declare; declared are "
                            + String.join(", ", new TreeSet<>(declared)));
        }
    }
}
