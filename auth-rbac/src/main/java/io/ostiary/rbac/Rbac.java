package io.ostiary.rbac;

import io.ostiary.core.Identity;
import io.ostiary.core.Policies;
import io.ostiary.core.Policy;
import io.ostiary.core.Verdict;
import io.ostiary.core.config.Settings;
import io.ostiary.core.spi.IdentityEnricher;
import io.ostiary.rbac.store.RoleStore;
import io.ostiary.rbac.store.UserKey;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The role and permission model of one application, made once from settings. Immutable but for what its
 * {@link RoleStore} holds; thread-safe.
 */
public final class Rbac {
    /** The permission that it takes to change the roles of users. */
    public static final String GRANT_PERMISSION = "role.grant";

    private final RbacSettings settings;
    private final RoleResolver resolver;
    private final RbacEnricher enricher;
    private final Set<String> roles;

    private Rbac(RbacSettings settings) {
        this.settings = settings;
        this.resolver = new RoleResolver(settings.hierarchy(), settings.separations());
        this.enricher = new RbacEnricher(settings, resolver);
        this.roles = settings.named();
    }

    /**
     * Reads the keys below {@code rbac.}.
     *
     * @param settings all settings
     * @return the model
     * @throws io.ostiary.core.config.ConfigurationException if a setting is wrong
     */
    public static Rbac from(Settings settings) {
        return new Rbac(RbacSettings.read(settings, null));
    }

    /**
     * Reads the keys below {@code rbac.}, with a store that the application brings.
     *
     * @param settings all settings, without {@code rbac.store}
     * @param store holds roles that administrators give
     * @return the model
     * @throws io.ostiary.core.config.ConfigurationException if a setting is wrong
     */
    public static Rbac from(Settings settings, RoleStore store) {
        return new Rbac(RbacSettings.read(settings, store));
    }

    /**
     * Returns what adds roles to an identity.
     *
     * @return the enricher
     */
    public IdentityEnricher enricher() {
        return enricher;
    }

    /**
     * Returns which role implies which.
     *
     * @return the hierarchy
     */
    public RoleHierarchy hierarchy() {
        return settings.hierarchy();
    }

    /**
     * Returns what roles permit.
     *
     * @return the permissions
     */
    public Permissions permissions() {
        return settings.permissions();
    }

    /**
     * Returns every role that any setting names; a filter or rule that names another is misspelt.
     *
     * @return unmodifiable; empty if settings name none
     */
    public Set<String> roles() {
        return roles;
    }

    /**
     * Tells whether a role can be given to somebody.
     *
     * @param role role name
     * @return true if it is well formed and, while {@code rbac.roles} is set, declared there
     */
    public boolean usable(String role) {
        return RoleNames.wellFormed(role)
                && (settings.declared().isEmpty() || settings.declared().contains(role));
    }

    /**
     * Returns the roles that settings give to single users.
     *
     * @return unmodifiable
     */
    public Map<UserKey, Set<String>> settledUsers() {
        return settings.users();
    }

    /**
     * Returns where roles given by administrators live.
     *
     * @return null if there is no such store
     */
    public @Nullable RoleStore store() {
        return settings.store();
    }

    /**
     * Holders of at least one of the roles by its own name: having it implied by a role above does not count.
     *
     * @param exactly role names, not empty
     * @return a policy
     * @throws IllegalArgumentException if there is no role or a malformed one
     * @throws IllegalStateException unless {@code rbac.keep-given} is true, without which nobody remembers what was
     *     given and what was implied
     */
    public Policy exactRole(Set<String> exactly) {
        if (exactly.isEmpty() || RoleNames.malformed(exactly) != null) {
            throw new IllegalArgumentException("an exact role policy needs at least one role; " + RoleNames.FORM);
        }
        if (!settings.keepGiven()) {
            throw new IllegalStateException("an exact role policy needs 'rbac.keep-given = true'");
        }
        List<String> sorted = exactly.stream().sorted().toList();
        return Policies.named("exactly role " + String.join(" or ", sorted), (identity, request) -> {
            if (identity == null) {
                return Verdict.NEEDS_IDENTITY;
            }
            String given = identity.attributes().getOrDefault(RbacEnricher.GIVEN, "");
            boolean held =
                    sorted.stream().anyMatch(role -> identity.hasRole(role) && given.contains("\n" + role + "\n"));
            return held ? Verdict.GRANT : Verdict.FORBIDDEN;
        });
    }

    /**
     * Works out which roles count for somebody who was given some.
     *
     * @param given roles, from wherever
     * @return with all that they imply, without undeclared ones, and with separation of duty held against the result
     */
    public Set<String> effective(Set<String> given) {
        return resolver.effective(enricher.counted(given), Set.of());
    }

    /**
     * Returns the roles that somebody may give to others and take from them, if they hold {@link #GRANT_PERMISSION}.
     *
     * @param identity with its effective roles
     * @return their own roles and those that {@code rbac.grant.<role>} adds, with all that these imply
     */
    public Set<String> grantable(Identity identity) {
        if (!permissions().holds(identity, GRANT_PERMISSION)) {
            return Set.of();
        }
        Set<String> all = new HashSet<>(identity.roles());
        identity.roles().forEach(role -> all.addAll(settings.mayGrant().getOrDefault(role, Set.of())));
        return hierarchy().closure(all);
    }

    /**
     * Tells whether nobody may have all these roles, by a static separation of duty.
     *
     * @param given roles
     * @return null if they may be had together, else the limit in words
     */
    public @Nullable String separationExceeded(Set<String> given) {
        Separation exceeded = resolver.violated(given, Separation.Kind.STATIC);
        return exceeded == null ? null : exceeded.toString();
    }

    /**
     * Chooses which roles to use for the rest of a session, where a dynamic separation of duty asks for a choice. The
     * choice adds no role and changes nothing where no limit is exceeded.
     *
     * @param stored the identity as the identity store returned it, before any role was added; keep the result there
     * @param chosen role names
     * @return a copy that remembers the choice
     * @throws IllegalArgumentException if a name is malformed
     */
    public static Identity choose(Identity stored, Set<String> chosen) {
        if (RoleNames.malformed(chosen) != null) {
            throw new IllegalArgumentException(RoleNames.FORM);
        }
        return stored.withAttribute(RbacEnricher.CHOSEN, String.join(",", new TreeSet<>(chosen)));
    }
}
