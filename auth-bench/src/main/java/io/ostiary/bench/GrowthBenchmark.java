package io.ostiary.bench;

import io.ostiary.apikey.ApiKeyAuthenticator;
import io.ostiary.apikey.ApiKeyRecord.Grant;
import io.ostiary.apikey.ApiKeys;
import io.ostiary.apikey.MemoryApiKeyStore;
import io.ostiary.core.AuthOutcome;
import io.ostiary.core.Identity;
import io.ostiary.core.Policies;
import io.ostiary.core.Policy;
import io.ostiary.core.Secret;
import io.ostiary.core.SetCookie;
import io.ostiary.core.Verdict;
import io.ostiary.core.cache.MemoryDenyList;
import io.ostiary.core.cache.MemoryOnceStore;
import io.ostiary.core.config.Settings;
import io.ostiary.core.crypto.MasterKey;
import io.ostiary.core.crypto.Tokens;
import io.ostiary.core.ratelimit.MemoryRateLimitStore;
import io.ostiary.core.session.SessionSettings;
import io.ostiary.core.session.Sessions;
import io.ostiary.core.spi.Feature;
import io.ostiary.rbac.Permissions;
import io.ostiary.rbac.Rbac;
import io.ostiary.rbac.rules.Rules;
import io.ostiary.testkit.FakeRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One question of each kind, asked of few things and of many; what counts is the ratio. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class GrowthBenchmark {
    private static final int ASKED = 1 << 12;

    @Param({
        "rules-5",
        "rules-50",
        "rules-500",
        "permissions-10",
        "permissions-10000",
        "roles-1",
        "roles-1000",
        "keys-10",
        "keys-100000",
        "sessions-1000",
        "sessions-1000000"
    })
    public String of;

    private Question question;
    private int turn;

    /** The turn-th of many questions of one kind; each of them has the answer true. */
    interface Question {
        boolean ask(int turn);
    }

    @Setup
    public void prepare() {
        String[] parts = of.split("-");
        int many = Integer.parseInt(parts[1]);
        question = switch (parts[0]) {
            case "rules" -> rules(many);
            case "permissions" -> permissions(many);
            case "roles" -> roles(many);
            case "keys" -> keys(many);
            case "sessions" -> sessions(many);
            default -> throw new IllegalArgumentException(of);
        };
        for (int i = 0; i < ASKED; i++) {
            if (!question.ask(i)) {
                throw new IllegalStateException(of + " says no");
            }
        }
    }

    @Benchmark
    public boolean ask() {
        return question.ask(turn++ & ASKED - 1);
    }

    private static Identity ada(String... roles) {
        return Identity.of("session", "https://op.example", "ada", Instant.EPOCH)
                .plusRoles(Set.of(roles));
    }

    /** All of one shape, so that the only thing that grows is their number; the last one is asked for. */
    private static Question rules(int many) {
        StringBuilder text = new StringBuilder("order most-specific\n");
        for (int i = 0; i < many; i++) {
            text.append("GET /area").append(i).append("/things/* role admin\n");
        }
        Policy rules =
                Rules.parse("bench.rules", text.toString(), Rbac.from(Settings.of(Map.of("rbac.roles", "admin"))));
        Identity ada = ada("admin");
        FakeRequest request = FakeRequest.get("/area" + (many - 1) + "/things/7");
        return turn -> rules.evaluate(ada, request) == Verdict.GRANT;
    }

    private static Question permissions(int many) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            names.add("thing" + i + ".read");
        }
        Rbac rbac = Rbac.from(Settings.of(Map.of("rbac.permission.admin", String.join(", ", names))));
        Permissions permissions = rbac.permissions();
        Identity ada = rbac.enricher().enrich(ada("admin"));
        String last = "thing" + (many - 1) + ".read";
        return turn -> permissions.holds(ada, last);
    }

    /** A chain with a short cut at each step; the person has the most senior role and needs the most junior one. */
    private static Question roles(int many) {
        StringBuilder chains = new StringBuilder();
        for (int i = 0; i + 1 < many; i++) {
            chains.append("; r").append(i).append(" > r").append(i + 1);
            if (i + 2 < many) {
                chains.append("; r").append(i).append(" > r").append(i + 2);
            }
        }
        Map<String, String> settings = many == 1 ? Map.of() : Map.of("rbac.hierarchy", chains.substring(2));
        Rbac rbac = Rbac.from(Settings.of(settings));
        Policy policy = Policies.anyRole(Set.of("r" + (many - 1)));
        Identity stored = ada("r0");
        FakeRequest request = FakeRequest.get("/");
        return turn -> policy.evaluate(rbac.enricher().enrich(stored), request) == Verdict.GRANT;
    }

    /** Different keys, in random order: the same one again would be found in the processor's cache. */
    private static Question keys(int many) {
        MemoryApiKeyStore store = new MemoryApiKeyStore();
        ApiKeys keys = new ApiKeys(store, new Tokens(), InstantSource.system());
        List<String> all = new ArrayList<>();
        Grant grant = Grant.of(Set.of("user"), Set.of());
        for (int i = 0; i < many; i++) {
            all.add(keys.create(new ApiKeys.Draft("live", "bench", "key " + i, grant, null))
                    .key()
                    .revealText());
        }
        Collections.shuffle(all, new Random(1));
        ApiKeyAuthenticator authenticator = new ApiKeyAuthenticator(
                store,
                "X-API-KEY",
                "bench",
                InstantSource.system(),
                new MemoryRateLimitStore(10, InstantSource.system()));
        FakeRequest[] requests = new FakeRequest[ASKED];
        for (int i = 0; i < ASKED; i++) {
            requests[i] = FakeRequest.get("/api").header("X-API-KEY", all.get(i % many));
        }
        return turn -> authenticator.authenticate(requests[turn]) instanceof AuthOutcome.Authenticated;
    }

    /** One session for each of many people, asked for in random order. */
    private static Question sessions(int many) {
        InstantSource clock = InstantSource.system();
        Settings settings = Settings.of(Map.of("session.max-sessions", "2000000"));
        Feature.Context context = new Feature.Context(
                new MasterKey(Secret.of("0123456789abcdef0123456789abcdef0123456789abcdef")),
                new Tokens(),
                clock,
                new MemoryOnceStore(10, clock),
                (key, rates) -> java.time.Duration.ZERO,
                false);
        Sessions sessions = Sessions.inMemory(
                SessionSettings.from(settings, false), new MemoryDenyList(10, clock), context, event -> {});
        SetCookie[] cookies = new SetCookie[many];
        FakeRequest login = FakeRequest.get("/").header("User-Agent", "bench");
        for (int i = 0; i < many; i++) {
            Identity person = Identity.of("session", "https://op.example", "person" + i, Instant.now());
            cookies[i] = sessions.save(login, person.plusRoles(Set.of("user"))).get(0);
        }
        Random random = new Random(1);
        FakeRequest[] requests = new FakeRequest[ASKED];
        for (int i = 0; i < ASKED; i++) {
            SetCookie cookie = cookies[random.nextInt(many)];
            requests[i] = FakeRequest.get("/").cookie(cookie.name(), cookie.value());
        }
        return turn -> sessions.load(requests[turn]) instanceof AuthOutcome.Authenticated;
    }
}
