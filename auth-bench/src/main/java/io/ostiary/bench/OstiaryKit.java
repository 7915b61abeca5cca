package io.ostiary.bench;

import io.ostiary.apikey.ApiKeyRecord.Grant;
import io.ostiary.apikey.ApiKeys;
import io.ostiary.apikey.FileApiKeyStore;
import io.ostiary.core.Identity;
import io.ostiary.core.LoginGate;
import io.ostiary.core.SetCookie;
import io.ostiary.core.crypto.Tokens;
import io.ostiary.servlet.ApiKeyFilter;
import io.ostiary.servlet.BenchAccess;
import io.ostiary.servlet.LoginRequiredFilter;
import io.ostiary.servlet.OstiaryListener;
import io.ostiary.servlet.RoleRequiredFilter;
import io.ostiary.testkit.FakeRequest;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Ostiary as its own web.xml sets it up: as it comes, or with everything off that is not the policy. */
final class OstiaryKit implements Contender {
    private final boolean bare;
    private final int threads;
    private Material made;

    OstiaryKit(boolean bare, int threads) {
        this.bare = bare;
        this.threads = threads;
    }

    @Override
    public boolean has(Scenario scenario) {
        return true;
    }

    @Override
    public Running start(Scenario scenario) throws Exception {
        if (made == null || made.scenario != scenario) {
            made = new Material(scenario, threads);
        }
        Material material = made;
        StubContext stub = started(material);
        List<Filter> filters = filters(stub, scenario.path());
        return thread -> new Exchange(request(stub, material, thread), filters).checked(scenario, this);
    }

    private static StubRequest request(StubContext stub, Material material, int thread) {
        Scenario scenario = material.scenario;
        StubRequest request = new StubRequest(stub.context(), scenario.isSigned() ? "POST" : "GET", scenario.path());
        if (scenario.isJwt()) {
            return request.headers("Authorization", material.part(material.tokens, thread));
        }
        if (scenario.isSigned()) {
            List<Map<String, String>> mine = material.part(material.signed, thread);
            for (String name : mine.get(0).keySet()) {
                request.headers(name, SignedRequests.named(name, mine));
            }
            return request.body(SignedRequests.TYPE, SignedRequests.BODY);
        }
        switch (scenario) {
            case SESSION, ROLE -> logIn(stub, request, "admin");
            case ROLE_DENIED -> logIn(stub, request, "user").header("Accept", "application/json");
            case ANONYMOUS_PAGE -> request.header("Accept", "text/html");
            case ANONYMOUS_API -> request.header("Accept", "application/json");
            case KEY -> request.header("X-API-KEY", material.key);
            case KEY_WRONG -> request.header("X-API-KEY", material.wrong);
            default -> {}
        }
        return request;
    }

    private StubContext started(Material material) {
        Map<String, String> settings = new HashMap<>(material.jwts.settings());
        settings.put("development", "true");
        settings.put("base-url", Jwts.BASE);
        settings.put("secret", Jwts.SECRET);
        settings.put("apikey.file", material.file.toString());
        if (bare) {
            settings.put("limits.mode", "off");
            settings.put("headers.mode", "off");
            settings.put("headers.protected-cache", "keep");
            settings.put("guard.path", "off");
            settings.put("csrf.mode", "off");
        }
        Map<String, String> params = new HashMap<>();
        settings.forEach((name, value) -> params.put("ostiary." + name, value));
        StubContext stub = new StubContext(params);
        new OstiaryListener().contextInitialized(new ServletContextEvent(stub.context()));
        return stub;
    }

    private static StubRequest logIn(StubContext stub, StubRequest request, String... roles) {
        Identity identity = Identity.of("session", "https://op.example", "ada", Instant.now())
                .plusRoles(Set.of(roles));
        LoginGate.Result result =
                BenchAccess.ostiary(stub.context()).engine().gate().complete(FakeRequest.get("/"), identity);
        SetCookie cookie = ((LoginGate.Result.Admitted) result).cookies().get(0);
        return request.cookie(cookie.name(), cookie.value());
    }

    private static List<Filter> filters(StubContext stub, String path) throws ServletException {
        List<Filter> filters = new ArrayList<>(stub.programmatic());
        for (Filter filter : filters) {
            filter.init(stub.config("edge", Map.of()));
        }
        switch (path) {
            case "/user" -> filters.add(ready(stub, new LoginRequiredFilter(), Map.of()));
            case "/bearer" -> filters.add(ready(stub, new LoginRequiredFilter(), Map.of("mode", "api")));
            case "/admin" -> filters.add(ready(stub, new RoleRequiredFilter(), Map.of("roles", "admin")));
            case "/api/v1" -> filters.add(ready(stub, new ApiKeyFilter(), Map.of()));
            case "/signed" -> filters.add(ready(stub, new ApiKeyFilter(), Map.of("schemes", "signature")));
            default -> {}
        }
        return filters;
    }

    private static Filter ready(StubContext stub, Filter filter, Map<String, String> params) throws ServletException {
        filter.init(stub.config("guard", params));
        return filter;
    }

    @Override
    public String toString() {
        return bare ? "ostiary-bare" : "ostiary";
    }

    /** Keys, and what is made with them; the same for every start. */
    private static final class Material {
        final Scenario scenario;
        final Jwts jwts;
        final Path file;
        final String key;
        final String wrong;
        final List<byte[]> tokens;
        final List<Map<String, String>> signed;

        Material(Scenario scenario, int threads) throws Exception {
            int many = Math.max(1, scenario.batch() * threads);
            this.scenario = scenario;
            this.jwts = new Jwts(scenario.isJwt() ? scenario.algorithm() : "es256");
            this.file = Files.createTempDirectory("bench").resolve("keys.properties");
            ApiKeys keys = keys(file);
            ApiKeys.Issued issued = issued(keys);
            this.key = issued.key().revealText();
            this.wrong =
                    issued(keys(file.resolveSibling("other.properties"))).key().revealText();
            this.tokens = scenario.isJwt() ? jwts.ours(many) : List.of();
            this.signed = scenario.isSigned()
                    ? new SignedRequests(scenario.algorithm(), keys, issued.record()).headers(scenario.path(), many)
                    : List.of();
        }

        private static ApiKeys keys(Path file) throws Exception {
            FileApiKeyStore store = FileApiKeyStore.openOrCreate(file, InstantSource.system());
            return new ApiKeys(store, new Tokens(), InstantSource.system());
        }

        private static ApiKeys.Issued issued(ApiKeys keys) {
            Grant grant = Grant.of(Set.of("user"), Set.of());
            return keys.create(new ApiKeys.Draft("live", "bench", "bench", grant, null));
        }

        /** What one thread sends. */
        <T> List<T> part(List<T> all, int thread) {
            int batch = scenario.batch();
            return batch == 0 ? all : all.subList(thread * batch, (thread + 1) * batch);
        }
    }
}
