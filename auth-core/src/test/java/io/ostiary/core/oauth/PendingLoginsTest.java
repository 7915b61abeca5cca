package io.ostiary.core.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.testkit.FakeRequest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rows TPI-04 and TPI-05 of the relying-party cases: many logins at once. */
final class PendingLoginsTest {
    private final Fixture fixture = new Fixture();

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void tpi04KeepsFewPendingLoginsAndThenStops() {
        for (int i = 0; i < 9; i++) {
            fixture.start();
        }
        long pending = pending();
        int bytes = fixture.jar.values().stream().mapToInt(String::length).sum();
        assertTrue(pending <= PendingCookies.MAX_PENDING, () -> "pending " + pending);
        assertTrue(bytes <= PendingCookies.MAX_BYTES + 200, () -> "bytes " + bytes);
        fixture.start();
        assertInstanceOf(
                StartResult.Looping.class,
                fixture.login.start(fixture.withJar(FakeRequest.get("/auth/login/op")), "op", null, Fixture.CALLBACK));
        fixture.clock.advance(Duration.ofMinutes(1));
        fixture.start();
    }

    /** Each of many tabs that start together sees no cookie of the others; the next start makes room. */
    @Test
    void tpi04ClearsAwayWhatStartedTogether() {
        for (int i = 0; i < 20; i++) {
            Map<String, String> before = Map.copyOf(fixture.jar);
            fixture.jar.clear();
            fixture.start();
            fixture.jar.putAll(before);
        }
        assertEquals(20, pending());
        String last = fixture.op.authorize(fixture.start());
        assertTrue(pending() <= PendingCookies.MAX_PENDING, () -> "pending " + pending());
        assertInstanceOf(CallbackResult.Proven.class, fixture.callback(last));
    }

    private long pending() {
        return fixture.jar.keySet().stream()
                .filter(name -> name.contains("-login-"))
                .count();
    }

    @Test
    void tpi05FinishesTwoTabsInAnyOrder() {
        String first = fixture.op.authorize(fixture.start());
        String second = fixture.op.authorize(fixture.start());
        assertInstanceOf(CallbackResult.Proven.class, fixture.callback(second));
        assertInstanceOf(CallbackResult.Proven.class, fixture.callback(first));
    }
}
