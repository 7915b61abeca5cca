package io.ostiary.rbac;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The one place that says what a role name looks like. Case counts: {@code Admin} is not {@code admin}. */
final class RoleNames {
    static final String FORM = "a role name has 1 to 64 letters, digits, '_', '.' and '-' and begins with a letter";
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");

    private RoleNames() {}

    static boolean wellFormed(String name) {
        return NAME.matcher(name).matches();
    }

    /** Returns the first malformed name in sorted order, or null if all are well formed. */
    static @Nullable String malformed(Set<String> names) {
        return new TreeSet<>(names)
                .stream().filter(name -> !wellFormed(name)).findFirst().orElse(null);
    }
}
