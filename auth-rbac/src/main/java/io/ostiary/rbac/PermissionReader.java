package io.ostiary.rbac;

import io.ostiary.core.config.Settings;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads {@code rbac.permissions} and {@code rbac.permission.<role>}. */
final class PermissionReader {
    private PermissionReader() {}

    static Permissions read(Settings settings, RoleReader roles) {
        Set<PermissionPattern> declared = new LinkedHashSet<>();
        Set<String> names = settings.set("permissions", Set.of());
        for (String name : names) {
            declared.add(parsed(settings, "permissions", name, false));
        }
        Map<String, Set<PermissionPattern>> byRole = new HashMap<>();
        for (String role : settings.keys("permission")) {
            byRole.put(roles.named("permission.", role), patterns(settings, "permission." + role, declared));
        }
        return new Permissions(byRole, names);
    }

    private static Set<PermissionPattern> patterns(Settings settings, String key, Set<PermissionPattern> declared) {
        Set<PermissionPattern> patterns = new LinkedHashSet<>();
        for (String name : settings.requiredSet(key, "one or more permissions, comma separated")) {
            PermissionPattern pattern = parsed(settings, key, name, true);
            if (!declared.isEmpty() && declared.stream().noneMatch(pattern::covers)) {
                Set<String> known = new TreeSet<>();
                declared.forEach(permission -> known.add(permission.toString()));
                throw settings.problem(
                        key,
                        "names '" + name + "', which covers nothing that 'rbac.permissions' declares; declared are "
                                + String.join(", ", known));
            }
            patterns.add(pattern);
        }
        return Set.copyOf(patterns);
    }

    private static PermissionPattern parsed(Settings settings, String key, String name, boolean wildcard) {
        try {
            return wildcard ? PermissionPattern.withWildcard(name) : PermissionPattern.concrete(name);
        } catch (IllegalArgumentException malformed) {
            throw settings.problem(key, String.valueOf(malformed.getMessage()));
        }
    }
}
