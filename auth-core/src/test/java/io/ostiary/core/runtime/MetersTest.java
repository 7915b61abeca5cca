package io.ostiary.core.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ostiary.core.Decision;
import io.ostiary.core.Policies;
import io.ostiary.core.Reply;
import io.ostiary.core.SetCookie;
import io.ostiary.core.config.Settings;
import io.ostiary.testkit.FakeOpenIdProvider;
import io.ostiary.testkit.FakeRequest;
import io.ostiary.testkit.MutableClock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A login and what follows, as Micrometer's global registry sees it. */
final class MetersTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MutableClock clock = new MutableClock();
    private final FakeOpenIdProvider provider = FakeOpenIdProvider.start(clock);
    private final Map<String, String> jar = new HashMap<>();

    @BeforeEach
    void begin() {
        Metrics.addRegistry(registry);
    }

    @AfterEach
    void stop() {
        Metrics.removeRegistry(registry);
        Metrics.globalRegistry.clear();
        provider.close();
    }

    private Reply get(Ostiary ostiary, String target) {
        Reply reply = ostiary.endpoints().handle(request(target));
        for (SetCookie cookie : reply.cookies()) {
            jar.put(cookie.name(), cookie.value());
        }
        return reply;
    }

    private FakeRequest request(String target) {
        FakeRequest request = FakeRequest.get(target).header("Host", "127.0.0.1:8080");
        jar.forEach(request::cookie);
        return request;
    }

    @Test
    void aLoginIsCountedAndTimedWithTagsThatNoClientCanChoose() {
        Ostiary ostiary = Ostiary.start(
                Settings.of(Map.of(
                        "development", "true",
                        "metrics.micrometer", "on",
                        "oauth.provider.op.issuer", provider.issuer(),
                        "oauth.provider.op.client-id", "client",
                        "oauth.provider.op.client-secret", "canary-client-secret")),
                List.of(),
                clock);
        String location = get(ostiary, "/auth/login/op").headerOrEmpty("Location");
        get(ostiary, "/auth/callback/op?" + provider.authorize(location));
        Decision decision = ostiary.engine().decide(request("/chosen-outside"), Policies.authenticated());
        assertInstanceOf(Decision.Allow.class, decision);
        ostiary.engine().decide(request("/chosen-outside"), Policies.anyRole(Set.of("nobody")));
        Set<String> seen = new TreeSet<>();
        for (Meter meter : registry.getMeters()) {
            StringBuilder line = new StringBuilder(meter.getId().getName());
            for (Tag tag : meter.getId().getTags()) {
                line.append(' ').append(tag.getValue());
            }
            seen.add(line.toString());
        }
        for (String wanted : List.of(
                "ostiary.events started success none",
                "ostiary.events login success none",
                "ostiary.events forbidden refused none",
                "ostiary.decisions allowed",
                "ostiary.decisions forbidden",
                "ostiary.provider.calls discovery success",
                "ostiary.provider.calls keys success",
                "ostiary.provider.calls token_endpoint success",
                "ostiary.store.calls load success",
                "ostiary.store.calls save success")) {
            assertTrue(seen.contains(wanted), wanted + " is not in " + seen);
        }
        assertTrue(seen.stream().noneMatch(line -> line.contains("chosen") || line.contains("ada")), seen.toString());
    }

    @Test
    void aProviderThatDoesNotAnswerIsTimedAsUnavailable() {
        Ostiary ostiary = Ostiary.start(
                Settings.of(Map.of(
                        "development", "true",
                        "metrics.micrometer", "on",
                        "oauth.provider.op.issuer", provider.issuer(),
                        "oauth.provider.op.client-id", "client",
                        "oauth.provider.op.client-secret", "canary-client-secret")),
                List.of(),
                clock);
        provider.close();
        get(ostiary, "/auth/login/op");
        assertEquals(
                1,
                registry.get("ostiary.provider.calls")
                        .tags("call", "discovery", "outcome", "unavailable")
                        .timer()
                        .count());
    }
}
