package io.ostiary.core.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.core.AuthEngine;
import io.ostiary.core.AuthOutcome;
import io.ostiary.core.AuthRequest;
import io.ostiary.core.Decision;
import io.ostiary.core.FailureReason;
import io.ostiary.core.Identity;
import io.ostiary.core.Policies;
import io.ostiary.core.Reply;
import io.ostiary.core.config.ConfigurationException;
import io.ostiary.core.config.Settings;
import io.ostiary.core.spi.Authenticator;
import io.ostiary.core.spi.EdgeStep;
import io.ostiary.core.spi.Rate;
import io.ostiary.core.spi.RateLimitStore;
import io.ostiary.testkit.FakeRequest;
import io.ostiary.testkit.MutableClock;
import io.ostiary.testkit.RecordedAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RateLimitsTest {
    private final MutableClock clock = new MutableClock();
    private final RateLimitStore store = new MemoryRateLimitStore(100, clock);
    private final RateLimits limits =
            Objects.requireNonNull(from(Map.of("login", "2 per minute", "failures", "2 per minute")));

    private @Nullable RateLimits from(Map<String, String> values) {
        return RateLimits.from(Settings.of(values), "/auth", store);
    }

    private static int status(EdgeStep step, FakeRequest request) {
        Reply reply = step.before(request, new RecordedAnswer());
        return reply == null ? 200 : reply.status();
    }

    @Test
    void limitsTheBeginningOfLoginsForEachAddress() {
        assertEquals(200, status(limits, FakeRequest.get("/auth/login/google")));
        assertEquals(200, status(limits, FakeRequest.get("/auth/login/github")));
        assertEquals(429, status(limits, FakeRequest.get("/auth/login/google")));
        assertEquals(429, status(limits, FakeRequest.get("/auth/initiate-login?iss=x")));
        assertEquals(200, status(limits, FakeRequest.get("/auth/login/google").remoteAddress("203.0.113.1")));
        assertEquals(200, status(limits, FakeRequest.get("/auth/login")));
        assertEquals(200, status(limits, FakeRequest.get("/auth/callback/google")));
        clock.advance(Duration.ofMinutes(1));
        assertEquals(200, status(limits, FakeRequest.get("/auth/login/google")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "POST", "get"})
    void rat03methodsAndQueriesShareABucket(String method) {
        status(limits, FakeRequest.get("/auth/login/google?a=1"));
        status(limits, FakeRequest.get("/auth/login/google?a=2"));
        assertEquals(429, status(limits, FakeRequest.of(method, "/auth/login/google")));
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2::1, true",
        "2001:db8:1:2::1, 2001:db8:1:3::1, false",
        "203.0.113.1, ::ffff:203.0.113.1, true",
        "203.0.113.1, 203.0.113.2, false",
        "nonsense, other nonsense, true"
    })
    void rat02oneCustomerIsOneClient(String one, String other, boolean same) {
        assertEquals(same, Clients.of(one).equals(Clients.of(other)));
    }

    @Test
    void rat06theAnswerIsTheSameForEverybody() {
        Reply reply = null;
        for (int i = 0; i < 3; i++) {
            reply = limits.before(FakeRequest.get("/auth/login/google"), new RecordedAnswer());
        }
        Objects.requireNonNull(reply);
        assertEquals(
                "{\"type\":\"urn:ostiary:problem:too-many-requests\",\"title\":\"Too Many Requests\",\"status\":429}",
                reply.body());
        assertEquals("30", reply.headerOrEmpty("Retry-After"));
        assertEquals("no-store", reply.headerOrEmpty("Cache-Control"));
    }

    @Test
    void rat07theyAreClosedIfTheStoreBreaks() {
        RateLimits broken = Objects.requireNonNull(RateLimits.from(Settings.of(Map.of()), "/auth", (key, rates) -> {
            throw new IllegalStateException("store");
        }));
        assertThrows(IllegalStateException.class, () -> status(broken, FakeRequest.get("/auth/login/google")));
        assertEquals(200, status(broken, FakeRequest.get("/app")));
    }

    @Test
    void key08whoGuessesCredentialsIsToldToWait() {
        AuthEngine engine = AuthEngine.builder()
                .authenticator(new Wrong())
                .failureLimit(limits::failed)
                .build();
        FakeRequest guess = FakeRequest.get("/api");
        assertEquals(Decision.Challenged.class, decide(engine, guess).getClass());
        assertEquals(Decision.Challenged.class, decide(engine, guess).getClass());
        Decision.Limited limited = (Decision.Limited) decide(engine, guess);
        assertEquals(Duration.ofSeconds(30), limited.retryAfter());
        assertEquals(
                Decision.Challenged.class,
                decide(engine, FakeRequest.get("/api").remoteAddress("203.0.113.7"))
                        .getClass());
    }

    private static Decision decide(AuthEngine engine, FakeRequest request) {
        return engine.decide(
                FakeRequest.get(request.path()).remoteAddress(request.remoteAddress()), Policies.authenticated());
    }

    private static final class Wrong implements Authenticator {
        @Override
        public String scheme() {
            return "apikey";
        }

        @Override
        public String challenge() {
            return "ApiKey";
        }

        @Override
        public AuthOutcome authenticate(AuthRequest request) {
            return AuthOutcome.failed(FailureReason.UNKNOWN_CREDENTIAL);
        }
    }

    private static final class Named implements Authenticator {
        @Override
        public String scheme() {
            return "apikey";
        }

        @Override
        public String challenge() {
            return "ApiKey";
        }

        @Override
        public AuthOutcome authenticate(AuthRequest request) {
            String name = request.header("X-Name");
            return name == null
                    ? AuthOutcome.absent()
                    : new AuthOutcome.Authenticated(Identity.of("apikey", "i", name, Instant.EPOCH));
        }
    }

    private final AuthEngine named =
            AuthEngine.builder().authenticator(new Named()).build();

    @Test
    void aRouteIsLimitedByAccountWhereverItComesFrom() {
        RouteLimit limit =
                RouteLimit.from(Settings.of(Map.of("limit", "1 per hour", "by", "account")), "r", named, store);
        assertEquals(200, status(limit, FakeRequest.get("/x").header("X-Name", "ada")));
        assertEquals(
                429, status(limit, FakeRequest.get("/y").header("X-Name", "ada").remoteAddress("203.0.113.1")));
        assertEquals(200, status(limit, FakeRequest.get("/x").header("X-Name", "eve")));
        assertEquals(200, status(limit, FakeRequest.get("/x")));
        assertEquals(429, status(limit, FakeRequest.get("/x")));
    }

    @Test
    void rat08aMillionAddressesAndAMillionAccountsStayWithinTheBound() {
        MemoryRateLimitStore small = new MemoryRateLimitStore(1_000, clock);
        RateLimits logins = Objects.requireNonNull(RateLimits.from(Settings.of(Map.of()), "/auth", small));
        RouteLimit accounts =
                RouteLimit.from(Settings.of(Map.of("limit", "1 per hour", "by", "account")), "r", named, small);
        for (int i = 0; i < 1_000_000; i++) {
            String address = "2001:db8:" + Integer.toHexString(i >> 16) + ":" + Integer.toHexString(i & 0xffff) + "::1";
            status(logins, FakeRequest.get("/auth/login/google").remoteAddress(address));
            status(accounts, FakeRequest.get("/x").header("X-Name", "account " + i));
        }
        assertTrue(small.size() <= 1_000 + 2 * 256, small.size() + " buckets");
    }

    @Test
    void filtersOfOtherNamesCountApart() {
        Settings settings = Settings.of(Map.of("limit", "1 per hour"));
        assertEquals(200, status(RouteLimit.from(settings, "a", named, store), FakeRequest.get("/x")));
        assertEquals(200, status(RouteLimit.from(settings, "b", named, store), FakeRequest.get("/x")));
        assertEquals(429, status(RouteLimit.from(settings, "a", named, store), FakeRequest.get("/x")));
    }

    @Test
    void aRouteMayStayOpenIfTheStoreBreaks() {
        RateLimitStore broken = (key, rates) -> {
            throw new IllegalStateException("store");
        };
        RouteLimit open =
                RouteLimit.from(Settings.of(Map.of("limit", "1 per hour", "on-fault", "allow")), "r", named, broken);
        assertEquals(200, status(open, FakeRequest.get("/x")));
        RouteLimit closed = RouteLimit.from(Settings.of(Map.of("limit", "1 per hour")), "r", named, broken);
        assertThrows(IllegalStateException.class, () -> status(closed, FakeRequest.get("/x")));
    }

    @Test
    void canBeOff() {
        assertNull(from(Map.of("mode", "off")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10",
                "0 per minute",
                "10 per week",
                "-1 per minute",
                "10 per minute,",
                "1.5 per minute",
                "10 PER minute",
                "1000001 per day",
                "10 per minute, 20 per minute",
                "99999999999 per day"
            })
    void refusesWhatIsNoRate(String text) {
        assertNull(Rate.parse(text));
    }

    @Test
    void readsRates() {
        assertEquals(
                List.of(new Rate(10, Duration.ofMinutes(1)), new Rate(100, Duration.ofHours(1))),
                Rate.parse("10 per minute, 100 per hour"));
        assertEquals("5 per second", new Rate(5, Duration.ofSeconds(1)).toString());
        assertEquals("5 per day", new Rate(5, Duration.ofDays(1)).toString());
        assertThrows(IllegalArgumentException.class, () -> new Rate(1, Duration.ofMillis(1)));
        assertNotEquals(0, new Rate(1_000_000, Duration.ofDays(1)).permits());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "login | 10 | settings: 'login' is '10'; allowed: rates such as '10 per minute' or '10 per minute, 100 per"
                        + " hour'; second, minute, hour or day; 1 to 1000000 times",
                "mode | no | settings: 'mode' is 'no'; allowed: one of on, off"
            })
    void refusesBadSettings(String key, String value, String message) {
        assertEquals(
                message,
                assertThrows(ConfigurationException.class, () -> from(Map.of(key, value)))
                        .getMessage());
    }

    @Test
    void refusesRatesOfLimitsThatAreOff() {
        assertEquals(
                "settings: 'token' stands beside 'mode' set to off; allowed: one of the two",
                assertThrows(ConfigurationException.class, () -> from(Map.of("mode", "off", "token", "1 per day")))
                        .getMessage());
    }
}
