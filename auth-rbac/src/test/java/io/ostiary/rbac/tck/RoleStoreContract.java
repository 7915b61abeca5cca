package io.ostiary.rbac.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.rbac.store.RoleSnapshot;
import io.ostiary.rbac.store.RoleStore;
import io.ostiary.rbac.store.UserKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What a {@link RoleStore} must do. Extend it in the tests of a store. */
public abstract class RoleStoreContract {
    private static final int THREADS = 50;
    private static final UserKey ADA = new UserKey("https://id.example", "ada");
    private static final UserKey VIC = new UserKey("https://id.example", "vic");

    /** For the extending class. */
    protected RoleStoreContract() {}

    /**
     * Creates a store for one test.
     *
     * @return an empty store
     * @throws Exception if it cannot be made
     */
    protected abstract RoleStore create() throws Exception;

    @Test
    void startsEmpty() throws Exception {
        RoleStore store = create();
        assertEquals(Set.of(), store.roles(ADA));
        assertEquals(Map.of(), store.snapshot().users());
    }

    @Test
    void changeIsSeenByTheNextReader() throws Exception {
        RoleStore store = create();
        assertTrue(store.replace(store.snapshot().epoch(), ADA, Set.of("admin", "ops")));
        assertEquals(Set.of("admin", "ops"), store.roles(ADA));
        assertEquals(Map.of(ADA, Set.of("admin", "ops")), store.snapshot().users());
        assertTrue(store.replace(store.snapshot().epoch(), ADA, Set.of("ops")));
        assertEquals(Set.of("ops"), store.roles(ADA));
    }

    @Test
    void changeOfOneUserLeavesTheOthers() throws Exception {
        RoleStore store = create();
        store.replace(store.snapshot().epoch(), ADA, Set.of("admin"));
        store.replace(store.snapshot().epoch(), VIC, Set.of("viewer"));
        assertEquals(Set.of("admin"), store.roles(ADA));
        assertEquals(Set.of("viewer"), store.snapshot().roles(VIC));
    }

    @Test
    void epochGrowsByOneWithEachChange() throws Exception {
        RoleStore store = create();
        long start = store.snapshot().epoch();
        store.replace(start, ADA, Set.of("admin"));
        assertEquals(start + 1, store.snapshot().epoch());
        store.replace(start + 1, ADA, Set.of());
        assertEquals(start + 2, store.snapshot().epoch());
    }

    @Test
    void oldEpochChangesNothing() throws Exception {
        RoleStore store = create();
        long start = store.snapshot().epoch();
        store.replace(start, ADA, Set.of("admin"));
        RoleSnapshot before = store.snapshot();
        assertFalse(store.replace(start, VIC, Set.of("viewer")));
        assertFalse(store.replace(start + 2, VIC, Set.of("viewer")));
        assertEquals(before, store.snapshot());
    }

    @Test
    void takingTheLastRoleRemovesTheUser() throws Exception {
        RoleStore store = create();
        store.replace(store.snapshot().epoch(), ADA, Set.of("admin"));
        store.replace(store.snapshot().epoch(), ADA, Set.of());
        assertEquals(Map.of(), store.snapshot().users());
        assertEquals(Set.of(), store.roles(ADA));
    }

    @Test
    void keysAreIssuerAndSubjectByteForByte() throws Exception {
        RoleStore store = create();
        List<UserKey> similar = List.of(
                new UserKey("https://id.example", "a\tb"),
                new UserKey("https://id.example", "a\\tb"),
                new UserKey("https://id.example", "a\nb"),
                new UserKey("https://id.example", "a\r\u0000b"),
                new UserKey("https://id.example", "\u00e9"),
                new UserKey("https://id.example", "e\u0301"),
                new UserKey("https://id.example", "A"),
                new UserKey("https://id.example", "a"),
                new UserKey("https://id.example", " a "),
                new UserKey("https://id.example/", "a"),
                new UserKey("https://id.example\ta", "b"));
        for (int i = 0; i < similar.size(); i++) {
            assertTrue(store.replace(store.snapshot().epoch(), similar.get(i), Set.of("r" + i)));
        }
        assertEquals(similar.size(), store.snapshot().users().size());
        for (int i = 0; i < similar.size(); i++) {
            assertEquals(Set.of("r" + i), store.roles(similar.get(i)));
        }
    }

    @Test
    void keepsNoReferenceToWhatItWasGivenNorGivesOneOut() throws Exception {
        RoleStore store = create();
        Set<String> roles = new HashSet<>(Set.of("viewer"));
        store.replace(store.snapshot().epoch(), ADA, roles);
        roles.add("admin");
        assertEquals(Set.of("viewer"), store.roles(ADA));
        assertThrows(UnsupportedOperationException.class, () -> store.roles(ADA).add("admin"));
        assertThrows(
                UnsupportedOperationException.class,
                () -> store.snapshot().users().clear());
    }

    @Test
    void aSnapshotDoesNotChange() throws Exception {
        RoleStore store = create();
        RoleSnapshot before = store.snapshot();
        store.replace(before.epoch(), ADA, Set.of("admin"));
        assertEquals(Set.of(), before.roles(ADA));
    }

    @Test
    void con01OneWinnerForEachEpoch() throws Exception {
        RoleStore store = create();
        long epoch = store.snapshot().epoch();
        int winners = 0;
        for (boolean won : together(i -> store.replace(epoch, ADA, Set.of("r" + i)))) {
            winners += won ? 1 : 0;
        }
        assertEquals(1, winners);
        assertEquals(epoch + 1, store.snapshot().epoch());
        assertEquals(1, store.roles(ADA).size());
    }

    @Test
    void con01NoChangeIsLostWhenLosersTryAgain() throws Exception {
        RoleStore store = create();
        together(i -> {
            boolean done = false;
            while (!done) {
                RoleSnapshot now = store.snapshot();
                Set<String> more = new HashSet<>(now.roles(ADA));
                more.add("r" + i);
                done = store.replace(now.epoch(), ADA, more);
            }
            return true;
        });
        assertEquals(THREADS, store.roles(ADA).size());
        assertEquals(THREADS, store.snapshot().epoch());
    }

    /** One of the parallel steps. */
    private interface Step {
        boolean run(int number) throws Exception;
    }

    private static List<Boolean> together(Step step) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<Boolean>> futures = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int number = i;
                futures.add(pool.submit(() -> {
                    start.await();
                    return step.run(number);
                }));
            }
            start.countDown();
            List<Boolean> results = new ArrayList<>();
            for (Future<Boolean> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }
}
