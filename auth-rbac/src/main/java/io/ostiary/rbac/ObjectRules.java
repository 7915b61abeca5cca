package io.ostiary.rbac;

import io.ostiary.rbac.store.UserKey;

/**
 * Ready-made object rules about users. Somebody who is not authenticated may nothing. Join them, for example "edit
 * oneself or as admin": {@code self().or(role("admin"))}, and "delete as admin but never oneself":
 * {@code role("admin").and(notSelf())}; apply them to other types with {@link ObjectRule#on}.
 */
public final class ObjectRules {
    private ObjectRules() {}

    /**
     * Only the user who is the object.
     *
     * @return a rule
     */
    public static ObjectRule<UserKey> self() {
        return (identity, action, user) ->
                identity != null && UserKey.of(identity).equals(user);
    }

    /**
     * Anybody who is authenticated but the user who is the object.
     *
     * @return a rule
     */
    public static ObjectRule<UserKey> notSelf() {
        return (identity, action, user) ->
                identity != null && !UserKey.of(identity).equals(user);
    }

    /**
     * Holders of a role, whatever the object.
     *
     * @param role not blank
     * @param <T> any type
     * @return a rule
     * @throws IllegalArgumentException if the role is blank
     */
    public static <T> ObjectRule<T> role(String role) {
        if (role.isBlank()) {
            throw new IllegalArgumentException("an object rule needs a role");
        }
        return (identity, action, object) -> identity != null && identity.hasRole(role);
    }

    /**
     * Holders of the permission {@code resource.action} for the action that is asked for.
     *
     * @param permissions what roles permit
     * @param resource first part of the permission, for example {@code invoice}
     * @param <T> any type
     * @return a rule; it throws {@link IllegalArgumentException} for an action that makes no permission
     */
    public static <T> ObjectRule<T> permission(Permissions permissions, String resource) {
        return (identity, action, object) -> permissions.holds(identity, resource + "." + action);
    }
}
