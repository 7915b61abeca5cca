package io.ostiary.rbac;

import io.ostiary.core.Identity;
import io.ostiary.core.spi.IdentityEnricher;
import io.ostiary.rbac.store.UserKey;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Joins the roles that a credential brought with those that settings give, and adds what they imply. Reads nothing from
 * the session, so a change acts on the next request.
 */
final class RbacEnricher implements IdentityEnricher {
    private final Set<String> declared;
    private final RoleHierarchy hierarchy;
    private final Map<UserKey, Set<String>> users;

    RbacEnricher(RbacSettings settings) {
        this.declared = settings.declared();
        this.hierarchy = settings.hierarchy();
        this.users = settings.users();
    }

    @Override
    public Identity enrich(Identity identity) {
        Set<String> roles = hierarchy.closure(assigned(identity));
        return roles.equals(identity.roles()) ? identity : withRoles(identity, roles);
    }

    private Set<String> assigned(Identity identity) {
        Set<String> brought = identity.roles();
        Set<String> given = users.isEmpty() ? Set.of() : users.getOrDefault(UserKey.of(identity), Set.of());
        boolean allCount = declared.isEmpty() || declared.containsAll(brought);
        if (allCount && brought.containsAll(given)) {
            return brought;
        }
        Set<String> all = new HashSet<>(brought);
        if (!allCount) {
            // An outside system may call a group anything; a name that nobody here declared must not become a right.
            all.retainAll(declared);
        }
        all.addAll(given);
        return all;
    }

    private static Identity withRoles(Identity identity, Set<String> roles) {
        return new Identity(
                identity.name(),
                identity.scheme(),
                identity.issuer(),
                identity.subject(),
                roles,
                identity.permissions(),
                identity.attributes(),
                identity.amr(),
                identity.authTime());
    }
}
