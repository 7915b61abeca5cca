package io.ostiary.rbac;

import io.ostiary.core.config.Settings;
import io.ostiary.rbac.store.FileRoleStore;
import io.ostiary.rbac.store.MemoryRoleStore;
import io.ostiary.rbac.store.RoleStore;
import io.ostiary.rbac.store.UserKey;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the keys below {@code rbac.} say.
 *
 * @param declared role names that count; empty if any name does
 * @param hierarchy which implies which
 * @param users roles given by settings
 * @param permissions what roles permit
 * @param separations limits on having or using roles together
 * @param mayGrant roles that holders of a role may give besides their own
 * @param keepGiven whether identities remember which roles were given and not implied
 * @param store null if there is none
 */
record RbacSettings(
        Set<String> declared,
        RoleHierarchy hierarchy,
        Map<UserKey, Set<String>> users,
        Permissions permissions,
        List<Separation> separations,
        Map<String, Set<String>> mayGrant,
        boolean keepGiven,
        @Nullable RoleStore store) {
    private static final String ISSUER = "the issuer of the user's tokens, exactly as they spell it";
    private static final String SUBJECT = "the user's 'sub' at that issuer, never an e-mail address";

    private enum StoreKind {
        NONE,
        MEMORY,
        FILE
    }

    static RbacSettings read(Settings all, @Nullable RoleStore given) {
        Settings settings = all.section("rbac");
        RoleReader roles = RoleReader.read(settings);
        RoleHierarchy hierarchy = hierarchy(settings);
        roles.requireDeclared("hierarchy", hierarchy.roles());
        List<Separation> separations = separations(settings, roles);
        Map<String, Set<String>> mayGrant = new HashMap<>();
        settings.keys("grant")
                .forEach(role -> mayGrant.put(roles.named("grant.", role), roles.required("grant." + role)));
        RbacSettings read = new RbacSettings(
                roles.declared(),
                hierarchy,
                users(settings, roles),
                PermissionReader.read(settings, roles),
                separations,
                Map.copyOf(mayGrant),
                settings.flag("keep-given", false),
                store(settings, given));
        read.refuseHopelessRoles(settings);
        return read;
    }

    /** Every role that any setting names. */
    Set<String> named() {
        Set<String> named = new HashSet<>(declared);
        named.addAll(hierarchy.roles());
        users.values().forEach(named::addAll);
        named.addAll(permissions.byRole().keySet());
        separations.forEach(separation -> named.addAll(separation.roles()));
        named.addAll(mayGrant.keySet());
        mayGrant.values().forEach(named::addAll);
        return Set.copyOf(named);
    }

    private void refuseHopelessRoles(Settings settings) {
        RoleResolver resolver = new RoleResolver(hierarchy, separations);
        for (Separation.Kind kind : Separation.Kind.values()) {
            for (String role : named()) {
                Separation exceeded = resolver.violated(Set.of(role), kind);
                if (exceeded != null) {
                    throw settings.problem(
                            "separation." + exceeded.name() + ".roles",
                            "can never be kept: the role '" + role + "' alone exceeds " + exceeded
                                    + " through 'rbac.hierarchy'");
                }
            }
        }
        users.forEach((user, roles) -> {
            Separation exceeded = resolver.violated(roles, Separation.Kind.STATIC);
            if (exceeded != null) {
                throw settings.problem(
                        "separation." + exceeded.name() + ".roles",
                        "is not kept by the settings themselves: subject '" + user.subject() + "' of issuer '"
                                + user.issuer() + "' exceeds " + exceeded);
            }
        });
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
        String issuer = settings.requiredText(key + ".issuer", ISSUER);
        return new UserKey(issuer, subject != null ? subject : settings.requiredText(key + ".subject", SUBJECT));
    }

    private static List<Separation> separations(Settings settings, RoleReader roles) {
        List<Separation> separations = new ArrayList<>();
        for (String name : settings.names("separation")) {
            String key = "separation." + name;
            Separation.Kind kind = settings.oneOf(key + ".kind", Separation.Kind.class, Separation.Kind.STATIC);
            int atMost = settings.number(key + ".at-most", 1, 1, 1_000);
            Set<String> apart = roles.required(key + ".roles");
            if (apart.size() <= atMost) {
                throw settings.problem(
                        key + ".roles",
                        "limits nothing: it names " + apart.size() + " and allows " + atMost
                                + "; name more roles than 'rbac." + key + ".at-most' allows");
            }
            separations.add(new Separation(name, kind, apart, atMost));
        }
        return List.copyOf(separations);
    }

    private static @Nullable RoleStore store(Settings settings, @Nullable RoleStore given) {
        StoreKind kind = settings.oneOf("store", StoreKind.class, StoreKind.NONE);
        String file = settings.optionalText("store-file");
        if (given != null && kind != StoreKind.NONE) {
            throw settings.problem(
                    "store", "is set, but the application brings a store of its own; remove one of them");
        }
        if (file != null && kind != StoreKind.FILE) {
            throw settings.problem("store-file", "is set, but 'rbac.store' is not 'file'; set that or remove this");
        }
        return switch (kind) {
            case NONE -> given;
            case MEMORY -> new MemoryRoleStore();
            case FILE -> FileRoleStore.open(path(settings));
        };
    }

    private static Path path(Settings settings) {
        String text = settings.requiredText("store-file", "the absolute path of the file that keeps given roles");
        try {
            Path path = Path.of(text);
            if (path.isAbsolute()) {
                return path;
            }
        } catch (InvalidPathException malformed) {
            throw settings.problem("store-file", "is not a path; allowed: an absolute path");
        }
        throw settings.problem("store-file", "is '" + text + "'; allowed: an absolute path");
    }
}
