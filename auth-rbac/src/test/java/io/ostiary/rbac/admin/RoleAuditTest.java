package io.ostiary.rbac.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.rbac.store.UserKey;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RoleAuditTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final UserKey ADA = new UserKey("https://id.example", "ada");
    private static final UserKey VIC = new UserKey("https://id.example", "vic");

    @Test
    void writesOldAndNew() {
        assertEquals(
                "{\"event\":\"roles_changed\",\"time\":\"2026-01-01T12:00:00Z\","
                        + "\"actor\":{\"issuer\":\"https://id.example\",\"subject\":\"ada\"},"
                        + "\"user\":{\"issuer\":\"https://id.example\",\"subject\":\"vic\"},"
                        + "\"old\":[\"viewer\"],\"new\":[\"admin\",\"editor\"],\"epoch\":7}",
                RoleAudit.line(new RoleChange(NOON, 7, ADA, VIC, Set.of("viewer"), Set.of("editor", "admin"), null)));
    }

    @Test
    void writesWhyARefusalWasOne() {
        assertTrue(RoleAudit.line(
                        new RoleChange(NOON, 7, ADA, VIC, Set.of(), Set.of("admin"), RoleChange.Refusal.NOT_GRANTABLE))
                .startsWith("{\"event\":\"roles_refused\",\"time\":\"2026-01-01T12:00:00Z\","
                        + "\"reason\":\"not_grantable\","));
    }

    @Test
    void nothingBreaksOutOfTheLineOrFloodsIt() {
        UserKey hostile = new UserKey("a\r\n{0}\u2028", "x".repeat(9000));
        Set<String> many = IntStream.range(0, 900)
                .mapToObj(i -> "\n" + i + "y".repeat(900))
                .collect(Collectors.toSet());
        RoleChange change = new RoleChange(NOON, 7, hostile, hostile, Set.of(), many, RoleChange.Refusal.UNKNOWN_ROLE);
        String line = RoleAudit.line(change);
        assertTrue(line.chars().noneMatch(c -> c < 0x20), line);
        assertTrue(line.length() < 16_000, "length " + line.length());
        RoleChangeListener.toAuditLog().on(change);
    }
}
