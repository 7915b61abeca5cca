package io.ostiary.rbac;

import static io.ostiary.rbac.RbacFixture.user;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.core.Identity;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds permission checks against a model that turns each configured permission into a regular expression. */
final class PermissionsPropertyTest {
    private static final String[] PARTS = {"a", "b", "ab", "A", "a-b", "*"};
    private final Random random = new Random(6_011);

    @Test
    void agreesWithTheNaiveModel() {
        for (int round = 0; round < 2_000; round++) {
            Map<String, Set<String>> configured = configured();
            Permissions permissions = permissions(configured);
            String asked = part(5) + "." + part(5);
            Set<String> brought = random.nextInt(3) == 0 ? Set.of(part(6) + "." + part(6)) : Set.of();
            Identity identity = user("u", "r" + random.nextInt(4), "s").plusPermissions(brought);
            assertEquals(
                    naive(configured, identity, asked),
                    permissions.holds(identity, asked),
                    () -> configured + " " + identity + " " + asked);
        }
    }

    @Test
    void aCheckAllocatesNothingWithTenOrTenThousandPermissions() {
        long small = allocated(10);
        long large = allocated(10_000);
        assertTrue(small < 20_000, () -> "bytes for 100 000 checks with 10 permissions: " + small);
        assertTrue(large < 20_000, () -> "bytes for 100 000 checks with 10 000 permissions: " + large);
    }

    @Test
    void rememberedNamesAreBounded() {
        Permissions permissions = permissions(Map.of("r0", Set.of("*.*")));
        for (int i = 0; i < 40_000; i++) {
            assertTrue(permissions.holds(user("u", "r0"), "a.b" + i));
        }
    }

    private static long allocated(int count) {
        Map<String, Set<PermissionPattern>> byRole = new HashMap<>();
        for (int i = 0; i < count; i++) {
            byRole.computeIfAbsent("r" + i % 5, unused -> new HashSet<>()).add(new PermissionPattern("p" + i, "read"));
        }
        Permissions permissions = new Permissions(byRole, Set.of());
        Identity identity = user("u", "r0", "r4");
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        int held = check(permissions, identity);
        long before = threads.getCurrentThreadAllocatedBytes();
        held += check(permissions, identity);
        long after = threads.getCurrentThreadAllocatedBytes();
        assertEquals(200_000, held);
        return after - before;
    }

    private static int check(Permissions permissions, Identity identity) {
        int held = 0;
        for (int i = 0; i < 100_000; i++) {
            held += permissions.holds(identity, "p4.read") && !permissions.holds(identity, "p4.write") ? 1 : 0;
        }
        return held;
    }

    private Map<String, Set<String>> configured() {
        Map<String, Set<String>> configured = new HashMap<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            configured
                    .computeIfAbsent("r" + random.nextInt(4), unused -> new HashSet<>())
                    .add(part(6) + "." + part(6));
        }
        return configured;
    }

    private String part(int range) {
        return PARTS[random.nextInt(range)];
    }

    private static Permissions permissions(Map<String, Set<String>> configured) {
        Map<String, Set<PermissionPattern>> byRole = new HashMap<>();
        configured.forEach((role, names) -> names.forEach(name ->
                byRole.computeIfAbsent(role, unused -> new HashSet<>()).add(PermissionPattern.withWildcard(name))));
        return new Permissions(byRole, Set.of());
    }

    private static boolean naive(Map<String, Set<String>> configured, Identity identity, String asked) {
        for (String role : identity.roles()) {
            for (String name : configured.getOrDefault(role, Set.of())) {
                String regex = name.replace(".", "\\.").replace("*", "[^.]+");
                if (Pattern.matches(regex, asked)) {
                    return true;
                }
            }
        }
        return identity.permissions().contains(asked);
    }
}
