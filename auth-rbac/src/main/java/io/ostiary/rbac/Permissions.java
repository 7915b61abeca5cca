package io.ostiary.rbac;

import io.ostiary.core.Identity;
import io.ostiary.core.Policies;
import io.ostiary.core.Policy;
import io.ostiary.core.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What roles permit. A permission is {@code resource.action}, for example {@code invoice.read}; only settings may write
 * {@code invoice.*}, {@code *.read} or {@code *.*}. An identity holds a permission if one of its roles comes with it, or
 * if its credential brought it by its exact name, as the scope of an API key does. Thread-safe; a check costs the same
 * with ten and with ten thousand permissions and makes no object.
 */
public final class Permissions {
    private static final int REMEMBERED = 16_384;
    private final Map<String, Set<PermissionPattern>> byRole;
    private final Set<String> declared;
    private final BoundedMemo<String, Grant> grants = new BoundedMemo<>(REMEMBERED, this::work);

    Permissions(Map<String, Set<PermissionPattern>> byRole, Set<String> declared) {
        this.byRole = new TreeMap<>(byRole);
        this.declared = Set.copyOf(declared);
    }

    /**
     * Tells whether somebody holds a permission; for code, and for pages that show a button only to those who may
     * press it.
     *
     * @param identity null if nobody is authenticated, who holds nothing
     * @param permission concrete name
     * @return true if held
     * @throws IllegalArgumentException if the name is malformed, has a wildcard, or is not declared while
     *     {@code rbac.permissions} is set
     */
    public boolean holds(@Nullable Identity identity, String permission) {
        return grants.get(permission).to(identity);
    }

    /**
     * Tells whether a text may be asked about: for names that people type in.
     *
     * @param text any text
     * @return true if {@link #holds} takes it
     */
    public boolean known(String text) {
        return PermissionPattern.isConcrete(text) && (declared.isEmpty() || declared.contains(text));
    }

    /**
     * Holders of one permission.
     *
     * @param permission concrete name
     * @return a policy
     * @throws IllegalArgumentException as {@link #holds}
     */
    public Policy require(String permission) {
        return policy("permission " + permission, true, List.of(grants.get(permission)));
    }

    /**
     * Holders of at least one of the permissions.
     *
     * @param permissions concrete names, not empty
     * @return a policy
     * @throws IllegalArgumentException as {@link #holds}, or if there is none
     */
    public Policy requireAny(Set<String> permissions) {
        return policy(text("any permission of ", permissions), false, grants(permissions));
    }

    /**
     * Holders of all the permissions.
     *
     * @param permissions concrete names, not empty
     * @return a policy
     * @throws IllegalArgumentException as {@link #holds}, or if there is none
     */
    public Policy requireAll(Set<String> permissions) {
        return policy(text("all permissions of ", permissions), true, grants(permissions));
    }

    /**
     * A permission for each method, written {@code GET=report.read POST=report.write}. A method that is not named is
     * forbidden to all; {@code *=} names all others; HEAD is judged as GET.
     *
     * @param text pairs separated by blanks or commas, at least one
     * @return a policy
     * @throws IllegalArgumentException as {@link #holds}, or if a pair is malformed or a method comes twice
     */
    public Policy requireByMethod(String text) {
        Map<String, Policy> byMethod = MethodPermissions.parse(text, this);
        Policy others = byMethod.getOrDefault("*", Policies.denyAll());
        return Policies.named(
                "permission by method " + String.join(" ", text.strip().split("[\\s,]+", -1)), (identity, request) -> {
                    String method = request.method().equals("HEAD") ? "GET" : request.method();
                    return byMethod.getOrDefault(method, others).evaluate(identity, request);
                });
    }

    /**
     * Returns the roles that a permission comes with.
     *
     * @param permission concrete name
     * @return sorted; empty if no role has it
     * @throws IllegalArgumentException as {@link #holds}
     */
    public List<String> rolesWith(String permission) {
        return grants.get(permission).roles();
    }

    /**
     * Lists what somebody holds, for pages about accounts and for reviews.
     *
     * @param identity who
     * @return sorted; as configuration writes it, wildcards and all, and what the credential brought
     */
    public Set<String> of(Identity identity) {
        Set<String> held = new TreeSet<>(identity.permissions());
        held.removeIf(name -> name.contains("*"));
        identity.roles()
                .forEach(role -> byRole.getOrDefault(role, Set.of()).forEach(pattern -> held.add(pattern.toString())));
        return held;
    }

    /**
     * Lists what each role permits.
     *
     * @return role to permissions as configured, without what the role implies through the hierarchy; sorted
     */
    public Map<String, Set<String>> byRole() {
        Map<String, Set<String>> all = new TreeMap<>();
        byRole.forEach((role, patterns) -> {
            Set<String> names = new TreeSet<>();
            patterns.forEach(pattern -> names.add(pattern.toString()));
            all.put(role, names);
        });
        return all;
    }

    private Grant work(String permission) {
        PermissionPattern wanted = PermissionPattern.concrete(permission);
        if (!declared.isEmpty() && !declared.contains(permission)) {
            throw new IllegalArgumentException("names '" + permission
                    + "', which 'rbac.permissions' does not declare; declared are "
                    + String.join(", ", new TreeSet<>(declared)));
        }
        List<String> roles = new ArrayList<>();
        byRole.forEach((role, patterns) -> {
            if (patterns.stream().anyMatch(pattern -> pattern.covers(wanted))) {
                roles.add(role);
            }
        });
        return new Grant(permission, roles);
    }

    private List<Grant> grants(Set<String> permissions) {
        if (permissions.isEmpty()) {
            throw new IllegalArgumentException("a permission policy needs at least one permission");
        }
        return permissions.stream().map(grants::get).toList();
    }

    private static String text(String start, Set<String> permissions) {
        return start + String.join(", ", new TreeSet<>(permissions));
    }

    private static Policy policy(String text, boolean all, List<Grant> grants) {
        Grant[] wanted = grants.toArray(Grant[]::new);
        return Policies.named(text, (identity, request) -> {
            if (identity == null) {
                return Verdict.NEEDS_IDENTITY;
            }
            for (Grant grant : wanted) {
                if (grant.to(identity) != all) {
                    return all ? Verdict.FORBIDDEN : Verdict.GRANT;
                }
            }
            return all ? Verdict.GRANT : Verdict.FORBIDDEN;
        });
    }
}
