package io.ostiary.rbac;

import java.util.regex.Pattern;

/**
 * A permission {@code resource.action} as configuration may write it: either part may be {@code *}. What code asks for
 * and what a credential brings is always concrete, so a wildcard from outside matches nothing.
 *
 * @param resource a name, or {@code *}
 * @param action a name, or {@code *}
 */
record PermissionPattern(String resource, String action) {
    static final String CONCRETE_FORM = "a permission is resource.action, each of 1 to 64 letters, digits, '_' and '-'"
            + " and beginning with a letter, without '*'";
    static final String PATTERN_FORM = "a permission is resource.action, each '*' or 1 to 64 letters, digits, '_' and"
            + " '-' and beginning with a letter";
    private static final String PART = "[A-Za-z][A-Za-z0-9_-]{0,63}";
    private static final Pattern CONCRETE = Pattern.compile(PART + "\\." + PART);
    private static final Pattern WITH_WILDCARD = Pattern.compile("(?:\\*|" + PART + ")\\.(?:\\*|" + PART + ")");

    /** Throws IllegalArgumentException unless the text is a concrete permission. */
    static PermissionPattern concrete(String text) {
        return parse(text, CONCRETE, CONCRETE_FORM);
    }

    /** Throws IllegalArgumentException unless the text is a permission, perhaps with wildcards. */
    static PermissionPattern withWildcard(String text) {
        return parse(text, WITH_WILDCARD, PATTERN_FORM);
    }

    static boolean isConcrete(String text) {
        return CONCRETE.matcher(text).matches();
    }

    boolean covers(PermissionPattern permission) {
        return (resource.equals("*") || resource.equals(permission.resource))
                && (action.equals("*") || action.equals(permission.action));
    }

    private static PermissionPattern parse(String text, Pattern form, String allowed) {
        if (!form.matcher(text).matches()) {
            throw new IllegalArgumentException("names '" + text + "'; " + allowed);
        }
        int dot = text.indexOf('.');
        return new PermissionPattern(text.substring(0, dot), text.substring(dot + 1));
    }

    @Override
    public String toString() {
        return resource + "." + action;
    }
}
