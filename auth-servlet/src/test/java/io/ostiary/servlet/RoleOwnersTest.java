package io.ostiary.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.ostiary.apikey.ApiKeyRecord.Grant;
import io.ostiary.apikey.KeyOwners.Rights;
import io.ostiary.core.config.Settings;
import io.ostiary.rbac.Rbac;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RoleOwnersTest {
    private static final String ADA = "https://id.example|ada";
    private final Rbac rbac = Rbac.from(Settings.of(Map.of(
            "rbac.hierarchy", "admin > viewer",
            "rbac.permission.viewer", "*.read",
            "rbac.user.ada.issuer", "https://id.example",
            "rbac.user.ada.subject", "ada",
            "rbac.user.ada.roles", "admin")));
    private final RoleOwners owners = new RoleOwners(() -> rbac);

    private static Grant asked(Set<String> scopes, Set<String> vouched) {
        return new Grant(Set.of(), scopes, Set.of(), 0, true, vouched);
    }

    @Test
    void countsWhatIsGivenHereAndWhatTheLoginBroughtWithAllThatFollows() {
        assertEquals(new Rights(Set.of("admin", "viewer"), Set.of()), owners.rightsOf(ADA));
        Rights bob = owners.rightsOf("https://id.example|bob", asked(Set.of(), Set.of("auditor")));
        assertEquals(new Rights(Set.of("auditor"), Set.of()), bob);
    }

    @Test
    void scopesArePermissionsOfTheOwner() {
        Set<String> asked = Set.of("invoice.read", "invoice.write", "*.*", "*.read", "orders:read");
        assertEquals(
                new Rights(Set.of("admin", "viewer"), Set.of("invoice.read")),
                owners.rightsOf(ADA, asked(asked, Set.of())));
    }

    @Test
    void nobodyHasNoRights() {
        assertNull(owners.rightsOf("ada"));
        assertNull(new RoleOwners(() -> null).rightsOf(ADA));
    }
}
