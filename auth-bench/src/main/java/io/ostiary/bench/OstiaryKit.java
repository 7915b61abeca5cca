package io.ostiary.bench;

import io.ostiary.apikey.ApiKeyRecord.Grant;
import io.ostiary.apikey.ApiKeys;
import io.ostiary.apikey.FileApiKeyStore;
import io.ostiary.core.Identity;
import io.ostiary.core.LoginGate;
import io.ostiary.core.Secret;
import io.ostiary.core.SetCookie;
import io.ostiary.core.cache.MemoryDenyList;
import io.ostiary.core.cache.MemoryEpochs;
import io.ostiary.core.cache.MemoryOnceStore;
import io.ostiary.core.config.Settings;
import io.ostiary.core.crypto.MasterKey;
import io.ostiary.core.crypto.Tokens;
import io.ostiary.core.spi.Feature;
import io.ostiary.core.token.TokenService;
import io.ostiary.core.token.TokenSettings;
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
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Ostiary as its own web.xml sets it up: as it comes, or with everything off that is not the policy. */
final class OstiaryKit implements Contender {
    private static final String SECRET = "0123456789abcdef0123456789abcdef0123456789abcdef";
    private final boolean bare;

    OstiaryKit(boolean bare) {
        this.bare = bare;
    }

    @Override
    public Exchange exchange(Scenario scenario) throws Exception {
        String algorithm =
                scenario.name().startsWith("JWT") ? scenario.name().substring(4).toLowerCase() : "es256";
        App app = new App(algorithm, Map.of());
        StubRequest request = new StubRequest(app.stub.context(), "GET", scenario.path());
        switch (scenario) {
            case SESSION, ROLE -> app.logIn(request, "admin");
            case ROLE_DENIED -> app.logIn(request, "user").header("Accept", "application/json");
            case ANONYMOUS_PAGE -> request.header("Accept", "text/html");
            case ANONYMOUS_API -> request.header("Accept", "application/json");
            case KEY -> request.header("X-API-KEY", app.key);
            case KEY_WRONG -> request.header("X-API-KEY", wrong(app.key));
            case JWT_HS256, JWT_RS256, JWT_ES256 -> request.header("Authorization", "Bearer " + app.token());
            default -> {}
        }
        return new Exchange(request, app.filters(scenario.path())).checked(scenario, this);
    }

    App app(String algorithm, Map<String, String> more) throws Exception {
        return new App(algorithm, more);
    }

    /** Well formed, and of another secret. */
    private static String wrong(String key) throws Exception {
        Path file = Files.createTempDirectory("bench").resolve("other.properties");
        FileApiKeyStore store = FileApiKeyStore.openOrCreate(file, InstantSource.system());
        ApiKeys keys = new ApiKeys(store, new Tokens(), InstantSource.system());
        return keys.create(draft()).key().revealText();
    }

    private static ApiKeys.Draft draft() {
        return new ApiKeys.Draft("live", "bench", "bench", Grant.of(Set.of("user"), Set.of()), null);
    }

    /** One started application. */
    final class App {
        final StubContext stub;
        final String key;
        private final Map<String, String> settings = new HashMap<>();

        App(String algorithm, Map<String, String> more) throws Exception {
            Path file = Files.createTempDirectory("bench").resolve("keys.properties");
            ApiKeys keys = new ApiKeys(
                    FileApiKeyStore.openOrCreate(file, InstantSource.system()), new Tokens(), InstantSource.system());
            key = keys.create(draft()).key().revealText();
            settings.put("development", "true");
            settings.put("base-url", "http://localhost:8080");
            settings.put("secret", SECRET);
            settings.put("apikey.file", file.toString());
            settings.put("token.enabled", "true");
            settings.put("token.algorithm", algorithm);
            if (algorithm.equals("rs256")) {
                settings.put("token.key.1.pem", rsa());
            }
            if (bare) {
                settings.put("limits.mode", "off");
                settings.put("headers.mode", "off");
                settings.put("headers.protected-cache", "keep");
                settings.put("guard.path", "off");
                settings.put("csrf.mode", "off");
            }
            settings.putAll(more);
            Map<String, String> params = new HashMap<>();
            settings.forEach((name, value) -> params.put("ostiary." + name, value));
            stub = new StubContext(params);
            new OstiaryListener().contextInitialized(new ServletContextEvent(stub.context()));
        }

        StubRequest logIn(StubRequest request, String... roles) {
            Identity identity = Identity.of("session", "https://op.example", "ada", Instant.now())
                    .plusRoles(Set.of(roles));
            LoginGate.Result result =
                    BenchAccess.ostiary(stub.context()).engine().gate().complete(FakeRequest.get("/"), identity);
            SetCookie cookie = ((LoginGate.Result.Admitted) result).cookies().get(0);
            return request.cookie(cookie.name(), cookie.value());
        }

        /** An access token as the application's own endpoint would issue it. */
        String token() {
            InstantSource clock = InstantSource.system();
            Feature.Context context = new Feature.Context(
                    new MasterKey(Secret.of(SECRET)),
                    new Tokens(),
                    clock,
                    new MemoryOnceStore(10, clock),
                    (key, rates) -> java.time.Duration.ZERO,
                    true);
            Settings all = Settings.builder().map("bench", "setting", settings).build();
            TokenSettings ours = TokenSettings.from(all, context.key(), "http://localhost:8080", false);
            TokenService service = TokenService.inMemory(
                    ours,
                    new TokenService.Revocation(new MemoryDenyList(10, clock), new MemoryEpochs(10, clock)),
                    new TokenService.Where("/auth/token", "ostiary"),
                    context,
                    event -> {});
            Identity identity = Identity.of("session", "https://op.example", "ada", Instant.now())
                    .plusRoles(Set.of("user"));
            return service.issue(FakeRequest.get("/"), identity, "session", Set.of())
                    .access();
        }

        List<Filter> filters(String path) throws ServletException {
            List<Filter> filters = new ArrayList<>(stub.programmatic());
            for (Filter filter : filters) {
                filter.init(stub.config("edge", Map.of()));
            }
            switch (path) {
                case "/user" -> filters.add(ready(new LoginRequiredFilter(), Map.of()));
                case "/bearer" -> filters.add(ready(new LoginRequiredFilter(), Map.of("mode", "api")));
                case "/admin" -> filters.add(ready(new RoleRequiredFilter(), Map.of("roles", "admin")));
                case "/api/v1" -> filters.add(ready(new ApiKeyFilter(), Map.of()));
                default -> {}
            }
            return filters;
        }

        private Filter ready(Filter filter, Map<String, String> params) throws ServletException {
            filter.init(stub.config("guard", params));
            return filter;
        }
    }

    private static String rsa() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder()
                        .encodeToString(generator.generateKeyPair().getPrivate().getEncoded())
                        .replace("\r", "")
                + "\n-----END PRIVATE KEY-----\n";
    }

    @Override
    public String toString() {
        return bare ? "ostiary-bare" : "ostiary";
    }
}
