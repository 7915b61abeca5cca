package io.ostiary.core.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.core.FailureReason;
import io.ostiary.core.Identity;
import io.ostiary.core.spi.AuthEvent;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class AuditLogTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void writesOneLineOfJson() {
        Identity ada = Identity.of("session", "https://op.example", "ada", NOON);
        assertEquals(
                "{\"event\":\"login_refused\",\"time\":\"2026-01-01T12:00:00Z\",\"id\":\"x1\",\"name\":\"ada\","
                        + "\"issuer\":\"https://op.example\",\"subject\":\"ada\",\"scheme\":\"session\","
                        + "\"reason\":\"account_disabled\",\"method\":\"GET\",\"path\":\"/app\",\"address\":\"::1\"}",
                AuditLog.line(new AuthEvent(
                        AuthEvent.Type.LOGIN_REFUSED,
                        NOON,
                        "x1",
                        ada,
                        FailureReason.ACCOUNT_DISABLED,
                        "GET",
                        "/app",
                        "::1")));
    }

    @Test
    void nothingBreaksOutOfTheLineOrFloodsIt() {
        String hostile = "\r\n{}${jndi:ldap://x}%n\u2028\u202e\u001b[31m\"" + "a".repeat(9000);
        String line = AuditLog.line(
                new AuthEvent(AuthEvent.Type.CHALLENGED, NOON, "", null, null, hostile, hostile, hostile));
        assertTrue(line.chars().noneMatch(c -> c < 0x20), line);
        assertTrue(line.length() < 1500, "length " + line.length());
    }

    @ParameterizedTest
    @EnumSource(AuthEvent.Type.class)
    void takesEveryEvent(AuthEvent.Type type) {
        for (FailureReason reason : new FailureReason[] {null, FailureReason.BAD_SIGNATURE}) {
            new AuditLog().on(new AuthEvent(type, NOON, "", null, reason, "GET", "/", "127.0.0.1"));
        }
    }
}
