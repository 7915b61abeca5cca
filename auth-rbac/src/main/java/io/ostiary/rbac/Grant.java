package io.ostiary.rbac;

import io.ostiary.core.Identity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One permission and the roles that it comes with, worked out once. A check makes no object and parses nothing. */
final class Grant {
    private final String permission;
    private final String[] roles;

    Grant(String permission, List<String> roles) {
        this.permission = permission;
        this.roles = roles.toArray(String[]::new);
    }

    boolean to(@Nullable Identity identity) {
        if (identity == null) {
            return false;
        }
        for (String role : roles) {
            if (identity.roles().contains(role)) {
                return true;
            }
        }
        return identity.permissions().contains(permission);
    }

    List<String> roles() {
        return List.of(roles);
    }
}
