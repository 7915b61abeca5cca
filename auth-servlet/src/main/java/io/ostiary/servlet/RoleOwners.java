package io.ostiary.servlet;

import io.ostiary.apikey.ApiKeyRecord.Grant;
import io.ostiary.apikey.KeyOwners;
import io.ostiary.core.AuthEngine;
import io.ostiary.core.Identity;
import io.ostiary.core.spi.SubjectKey;
import io.ostiary.rbac.Rbac;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Bounds keys of people by the roles that they have now in the role model. Keeps nothing. Thread-safe. */
final class RoleOwners implements KeyOwners {
    private final Supplier<@Nullable Rbac> model;

    RoleOwners(Supplier<@Nullable Rbac> model) {
        this.model = model;
    }

    @Override
    public @Nullable Rights rightsOf(String owner) {
        return rightsOf(owner, Grant.of(Set.of(), Set.of()));
    }

    @Override
    public @Nullable Rights rightsOf(String owner, Grant asked) {
        SubjectKey person = KeyOwners.personOf(owner);
        Rbac rbac = model.get();
        if (person == null || rbac == null) {
            return null;
        }
        Identity loggedIn = new Identity(
                person.subject(),
                AuthEngine.SESSION,
                person.issuer(),
                person.subject(),
                asked.vouched(),
                Set.of(),
                Map.of(),
                Set.of(),
                Instant.EPOCH);
        Identity now = rbac.enricher().enrich(loggedIn);
        Set<String> scopes = asked.scopes().stream()
                .filter(scope ->
                        rbac.permissions().known(scope) && rbac.permissions().holds(now, scope))
                .collect(Collectors.toUnmodifiableSet());
        return new Rights(now.roles(), scopes);
    }
}
