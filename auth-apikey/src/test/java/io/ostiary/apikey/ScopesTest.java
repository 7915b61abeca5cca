package io.ostiary.apikey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ostiary.core.Identity;
import io.ostiary.core.Policy;
import io.ostiary.core.Verdict;
import io.ostiary.testkit.FakeRequest;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ScopesTest {
    private final Policy policy = Scopes.all(Set.of("orders:write", "orders:read"));
    private final Identity nobody = Identity.of("apikey", "apikey", "A", Keys.NOON);

    @Test
    void grantsHoldersOfAllScopesOnly() {
        FakeRequest request = FakeRequest.get("/");
        assertEquals(Verdict.NEEDS_IDENTITY, policy.evaluate(null, request));
        assertEquals(Verdict.FORBIDDEN, policy.evaluate(nobody.plusPermissions(Set.of("orders:read")), request));
        assertEquals(
                Verdict.GRANT,
                policy.evaluate(nobody.plusPermissions(Set.of("orders:read", "orders:write", "x")), request));
        assertEquals("scope orders:read, orders:write", policy.toString());
    }

    @Test
    void refusesToDemandNothing() {
        assertThrows(IllegalArgumentException.class, () -> Scopes.all(Set.of()));
        assertThrows(IllegalArgumentException.class, () -> Scopes.all(Set.of("a b")));
    }
}
