package io.ostiary.rbac;

import io.ostiary.core.Identity;
import io.ostiary.core.spi.IdentityEnricher;
import io.ostiary.rbac.store.RoleStore;
import io.ostiary.rbac.store.UserKey;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Joins the roles that a credential brought with those that settings and the store give, and adds what they imply. Keeps
 * nothing of the store and writes nothing to the session, so a change acts on the next request.
 */
final class RbacEnricher implements IdentityEnricher {
    static final String CHOSEN = "rbac.chosen";

    /** Names between line feeds, which no role name has; written anew for every request while it is kept. */
    static final String GIVEN = "rbac.given";

    private final Set<String> declared;
    private final Map<UserKey, Set<String>> users;
    private final @Nullable RoleStore store;
    private final RoleResolver resolver;
    private final boolean keepGiven;

    RbacEnricher(RbacSettings settings, RoleResolver resolver) {
        this.declared = settings.declared();
        this.users = settings.users();
        this.store = settings.store();
        this.resolver = resolver;
        this.keepGiven = settings.keepGiven();
    }

    @Override
    public Identity enrich(Identity identity) {
        String chosen = identity.attributes().get(CHOSEN);
        Set<String> given = counted(joined(identity));
        Set<String> roles =
                resolver.effective(given, chosen == null ? Set.of() : new HashSet<>(List.of(chosen.split(","))));
        Identity enriched = roles.equals(identity.roles()) ? identity : withRoles(identity, roles);
        return keepGiven ? enriched.withAttribute(GIVEN, "\n" + wellFormed(given) + "\n") : enriched;
    }

    private static String wellFormed(Set<String> given) {
        return given.stream().filter(RoleNames::wellFormed).sorted().collect(Collectors.joining("\n"));
    }

    /** Leaves out what is not declared: an outside system may call a group anything, and that must not become a right. */
    Set<String> counted(Set<String> given) {
        if (declared.isEmpty() || declared.containsAll(given)) {
            return given;
        }
        Set<String> counted = new HashSet<>(given);
        counted.retainAll(declared);
        return counted;
    }

    private Set<String> joined(Identity identity) {
        Set<String> brought = identity.roles();
        if (users.isEmpty() && store == null) {
            return brought;
        }
        UserKey user = UserKey.of(identity);
        Set<String> settled = users.getOrDefault(user, Set.of());
        Set<String> given = store == null ? Set.of() : store.roles(user);
        if (brought.containsAll(settled) && brought.containsAll(given)) {
            return brought;
        }
        Set<String> all = new HashSet<>(brought);
        all.addAll(settled);
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
