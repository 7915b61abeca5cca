package io.ostiary.rbac.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ostiary.rbac.tck.RoleStoreContract;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class MemoryRoleStoreTest extends RoleStoreContract {
    @Override
    protected RoleStore create() {
        return new MemoryRoleStore();
    }

    @Test
    void canBeSeeded() {
        UserKey ada = new UserKey("i", "ada");
        MemoryRoleStore store = new MemoryRoleStore(Map.of(ada, Set.of("admin"), new UserKey("i", "x"), Set.of()));
        assertEquals(Map.of(ada, Set.of("admin")), store.snapshot().users());
        assertEquals(0, store.snapshot().epoch());
    }
}
