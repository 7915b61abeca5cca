package io.ostiary.rbac.admin;

import static io.ostiary.rbac.RbacFixture.ISSUER;
import static io.ostiary.rbac.RbacFixture.settings;
import static io.ostiary.rbac.RbacFixture.user;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.core.Identity;
import io.ostiary.core.config.Settings;
import io.ostiary.rbac.Rbac;
import io.ostiary.rbac.admin.RoleChange.Refusal;
import io.ostiary.rbac.store.MemoryRoleStore;
import io.ostiary.rbac.store.RoleSnapshot;
import io.ostiary.rbac.store.RoleStore;
import io.ostiary.rbac.store.UserKey;
import io.ostiary.testkit.MutableClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What changing roles must keep true. */
final class RoleAdminTest {
    private static final Settings SETTINGS = settings(
            "rbac.roles", "admin, editor, viewer, helper, payer, approver, boss",
            "rbac.hierarchy", "admin > editor > viewer",
            "rbac.permission.admin", "role.grant",
            "rbac.permission.helper", "role.grant",
            "rbac.grant.helper", "editor, boss",
            "rbac.grant.admin", "payer, approver",
            "rbac.separation.pay.roles", "payer, approver");
    private static final UserKey ADA = key("ada");
    private static final UserKey BOB = key("bob");
    private static final UserKey VIC = key("vic");

    private final MutableClock clock = new MutableClock();
    private final List<RoleChange> heard = new ArrayList<>();
    private final MemoryRoleStore store =
            new MemoryRoleStore(Map.of(ADA, Set.of("admin"), VIC, Set.of("viewer"), key("hal"), Set.of("helper")));
    private final Rbac rbac = Rbac.from(SETTINGS, store);
    private final RoleAdmin admin = new RoleAdmin(rbac, clock, heard::add);

    @Test
    void changesAndTellsOldAndNew() {
        RoleChange change = admin.change(actor("ada"), VIC, Set.of("editor"));
        assertTrue(change.done());
        assertEquals(new RoleChange(clock.instant(), 1, ADA, VIC, Set.of("viewer"), Set.of("editor"), null), change);
        assertEquals(List.of(change), heard);
        assertEquals(Set.of("editor"), store.roles(VIC));
        assertEquals(Set.of("editor", "viewer"), actor("vic").roles());
    }

    @Test
    void changingNothingIsDoneAndNotTold() {
        assertTrue(admin.change(actor("ada"), VIC, Set.of("viewer")).done());
        assertEquals(List.of(), heard);
        assertEquals(0, store.snapshot().epoch());
    }

    @Test
    void onlyHoldersOfThePermissionMayChange() {
        assertRefused(Refusal.NOT_ALLOWED, "vic", VIC, "admin");
        assertRefused(Refusal.NOT_ALLOWED, "stranger", VIC);
    }

    @Test
    void unknownRolesAreRefused() {
        assertRefused(Refusal.UNKNOWN_ROLE, "ada", VIC, "Admin");
        assertRefused(Refusal.UNKNOWN_ROLE, "ada", VIC, "*");
        assertRefused(Refusal.UNKNOWN_ROLE, "ada", VIC, "viewer", "viewer ");
    }

    @Test
    void aRoleThatIsNoLongerDeclaredCanOnlyBeKept() {
        MemoryRoleStore old = new MemoryRoleStore(Map.of(ADA, Set.of("admin"), VIC, Set.of("gone")));
        RoleAdmin service = new RoleAdmin(Rbac.from(SETTINGS, old), clock, heard::add);
        assertTrue(service.change(actor("ada"), VIC, Set.of("gone", "viewer")).done());
    }

    @Test
    void nobodyGivesWhatTheyNeitherHoldNorMayGive() {
        assertRefused(Refusal.NOT_GRANTABLE, "hal", VIC, "admin");
        assertRefused(Refusal.NOT_GRANTABLE, "hal", key("hal"), "helper", "admin");
        assertRefused(Refusal.NOT_GRANTABLE, "ada", VIC, "boss");
    }

    @Test
    void nobodyTakesWhatTheyNeitherHoldNorMayGive() {
        assertRefused(Refusal.NOT_GRANTABLE, "hal", ADA, "viewer");
    }

    @Test
    void givesWhatIsHeldImpliedOrAllowed() {
        assertTrue(admin.change(actor("ada"), BOB, Set.of("viewer")).done());
        assertTrue(admin.change(actor("hal"), BOB, Set.of("boss", "editor", "viewer", "helper"))
                .done());
        assertEquals(Set.of("admin", "editor", "viewer", "payer", "approver"), rbac.grantable(actor("ada")));
        assertEquals(Set.of("helper", "editor", "viewer", "boss"), rbac.grantable(actor("hal")));
        assertEquals(Set.of(), rbac.grantable(actor("vic")));
    }

    @Test
    void separationOfDutyIsKept() {
        assertTrue(admin.change(actor("ada"), VIC, Set.of("payer", "viewer")).done());
        assertRefused(Refusal.SEPARATION, "ada", VIC, "payer", "approver");
        assertTrue(admin.change(actor("ada"), VIC, Set.of("approver", "viewer")).done());
    }

    @Test
    void separationOfDutyCountsRolesFromSettings() {
        Rbac settled = Rbac.from(
                settings(
                        "rbac.permission.admin", "role.grant",
                        "rbac.grant.admin", "approver",
                        "rbac.separation.pay.roles", "payer, approver",
                        "rbac.user.v.issuer", ISSUER,
                        "rbac.user.v.subject", "vic",
                        "rbac.user.v.roles", "payer"),
                store);
        RoleAdmin service = new RoleAdmin(settled, clock, heard::add);
        assertEquals(
                Refusal.SEPARATION,
                service.change(user("ada", "admin"), VIC, Set.of("viewer", "approver"))
                        .refusal());
    }

    @Test
    void anExceededLimitCanBeRepaired() {
        MemoryRoleStore broken = new MemoryRoleStore(Map.of(VIC, Set.of("payer", "approver", "viewer")));
        RoleAdmin service = new RoleAdmin(Rbac.from(SETTINGS, broken), clock, heard::add);
        assertTrue(service.change(user("ada", "admin", "viewer"), VIC, Set.of("payer", "viewer"))
                .done());
    }

    @Test
    void theLastAdministratorStays() {
        RoleAdmin service = new RoleAdmin(
                Rbac.from(SETTINGS, new MemoryRoleStore(Map.of(ADA, Set.of("admin")))), clock, heard::add);
        Identity ada = user("ada", "admin", "editor", "viewer");
        RoleChange refused = service.change(ada, ADA, Set.of("editor"));
        assertEquals(Refusal.LAST_ADMIN, refused.refusal());
        assertFalse(refused.done());
        assertEquals(Set.of("admin"), refused.before());
        assertEquals(List.of(refused), heard);
        assertTrue(service.change(ada, BOB, Set.of("admin")).done());
        assertTrue(service.change(ada, ADA, Set.of("editor")).done());
        assertEquals(Refusal.LAST_ADMIN, service.change(ada, BOB, Set.of()).refusal());
    }

    @Test
    void anAdministratorFromSettingsCountsAsLeft() {
        Rbac settled = Rbac.from(
                settings(
                        "rbac.permission.admin", "role.grant",
                        "rbac.user.root.issuer", ISSUER,
                        "rbac.user.root.subject", "root",
                        "rbac.user.root.roles", "admin"),
                new MemoryRoleStore(Map.of(ADA, Set.of("admin"))));
        assertTrue(new RoleAdmin(settled, clock, heard::add)
                .change(user("root", "admin"), ADA, Set.of())
                .done());
    }

    @Test
    void aUserOfTheSettingsWithAnotherRoleIsNoAdministrator() {
        Rbac others = Rbac.from(
                settings(
                        "rbac.permission.admin", "role.grant",
                        "rbac.user.guest.issuer", ISSUER,
                        "rbac.user.guest.subject", "guest",
                        "rbac.user.guest.roles", "viewer"),
                new MemoryRoleStore(Map.of(ADA, Set.of("admin"))));
        RoleAdmin service = new RoleAdmin(others, clock, heard::add);
        assertEquals(
                Refusal.LAST_ADMIN,
                service.change(user("ada", "admin"), ADA, Set.of()).refusal());
    }

    @Test
    void whoeverHasNoRoleThatCountsIsNoAdministrator() {
        Rbac undeclared = Rbac.from(
                settings("rbac.permission.admin", "role.grant", "rbac.separation.s.roles", "admin, other"),
                new MemoryRoleStore(Map.of(ADA, Set.of("admin"), BOB, Set.of("admin", "other"))));
        RoleAdmin service = new RoleAdmin(undeclared, clock, heard::add);
        assertEquals(
                Refusal.LAST_ADMIN,
                service.change(user("ada", "admin"), ADA, Set.of()).refusal());
    }

    @Test
    void aFailingListenerUndoesNothing() {
        RoleAdmin service = new RoleAdmin(rbac, clock, change -> {
            throw new IllegalStateException("broken");
        });
        assertTrue(service.change(actor("ada"), VIC, Set.of("editor")).done());
        assertEquals(Set.of("editor"), store.roles(VIC));
    }

    @Test
    void givesUpWhenOthersAlwaysWin() {
        RoleStore contended = new RoleStore() {
            @Override
            public Set<String> roles(UserKey user) {
                return store.roles(user);
            }

            @Override
            public RoleSnapshot snapshot() {
                return store.snapshot();
            }

            @Override
            public boolean replace(long epoch, UserKey user, Set<String> roles) {
                return false;
            }
        };
        RoleChange change =
                new RoleAdmin(Rbac.from(SETTINGS, contended), clock, heard::add).change(actor("ada"), VIC, Set.of());
        assertEquals(Refusal.BUSY, change.refusal());
        assertEquals(List.of(change), heard);
    }

    @Test
    void needsAStore() {
        assertEquals(
                "changing roles needs a store; set 'rbac.store'",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new RoleAdmin(Rbac.from(settings("rbac.roles", "a")), clock, heard::add))
                        .getMessage());
    }

    @Test
    void con01FiftyParallelChangesLeaveOneResultAndACompleteAudit() throws Exception {
        ConcurrentLinkedQueue<RoleChange> audit = new ConcurrentLinkedQueue<>();
        RoleAdmin service = new RoleAdmin(rbac, clock, audit::add);
        Identity ada = actor("ada");
        together(i -> service.change(ada, VIC, Set.of(i % 2 == 0 ? "viewer" : "editor")));
        List<RoleChange> inOrder = new ArrayList<>(audit);
        inOrder.sort((a, b) -> Long.compare(a.epoch(), b.epoch()));
        Set<String> roles = Set.of("viewer");
        for (int i = 0; i < inOrder.size(); i++) {
            assertNull(inOrder.get(i).refusal());
            assertEquals(i + 1, inOrder.get(i).epoch());
            assertEquals(roles, inOrder.get(i).before());
            roles = inOrder.get(i).after();
        }
        assertEquals(roles, store.roles(VIC));
        assertEquals(inOrder.size(), store.snapshot().epoch());
    }

    @Test
    void con01AdministratorsThatRemoveEachOtherLeaveOne() throws Exception {
        MemoryRoleStore admins = new MemoryRoleStore();
        for (int i = 0; i < 50; i++) {
            admins.replace(i, key("u" + i), Set.of("admin"));
        }
        RoleAdmin service = new RoleAdmin(Rbac.from(SETTINGS, admins), clock, change -> {});
        together(i -> service.change(user("u" + i, "admin"), key("u" + (i + 1) % 50), Set.of()));
        assertEquals(1, admins.snapshot().users().size());
    }

    private interface Step {
        RoleChange run(int number);
    }

    private static void together(Step step) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(50);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<RoleChange>> futures = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                int number = i;
                futures.add(pool.submit(() -> {
                    start.await();
                    return step.run(number);
                }));
            }
            start.countDown();
            for (Future<RoleChange> future : futures) {
                future.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private void assertRefused(Refusal refusal, String actor, UserKey whose, String... roles) {
        RoleSnapshot before = store.snapshot();
        RoleChange change = admin.change(actor(actor), whose, Set.of(roles));
        assertEquals(refusal, change.refusal());
        assertEquals(before, store.snapshot());
        assertEquals(change, heard.get(heard.size() - 1));
        assertEquals(before.epoch(), change.epoch());
    }

    private Identity actor(String subject) {
        return rbac.enricher().enrich(user(subject));
    }

    private static UserKey key(String subject) {
        return new UserKey(ISSUER, subject);
    }
}
