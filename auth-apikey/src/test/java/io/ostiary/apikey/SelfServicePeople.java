package io.ostiary.apikey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.ostiary.apikey.ApiKeyRecord.Grant;
import io.ostiary.core.AuthOutcome;
import io.ostiary.core.Identity;
import io.ostiary.core.LoginGate;
import io.ostiary.core.Reply;
import io.ostiary.core.SetCookie;
import io.ostiary.core.config.Settings;
import io.ostiary.core.json.Json;
import io.ostiary.core.json.JsonException;
import io.ostiary.core.json.JsonObject;
import io.ostiary.core.runtime.Ostiary;
import io.ostiary.core.spi.Feature;
import io.ostiary.core.spi.SubjectKey;
import io.ostiary.testkit.FakeRequest;
import io.ostiary.testkit.MutableClock;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A whole engine with self-service, people whose roles an office gives and takes, and their browsers. */
final class SelfServicePeople implements KeyOwners {
    static final String ISSUER = "https://op.example";
    private static final Set<String> APART = Set.of("buyer", "approver");
    final MutableClock clock = new MutableClock();
    final Map<String, Set<String>> given = new ConcurrentHashMap<>();
    final Set<String> gone = ConcurrentHashMap.newKeySet();
    final Path file;
    private final Ostiary ostiary;

    SelfServicePeople(Path directory, String... keysAndValues) {
        file = directory.resolve("keys.properties");
        FileApiKeyStore.openOrCreate(file, clock);
        Map<String, String> all = new HashMap<>(Map.of(
                "base-url", "https://app.example",
                "secret", "k".repeat(32),
                "apikey.file", file.toString(),
                "apikey.self-service", "true",
                "apikey.admin-roles", "admin"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            all.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        Feature office = (settings, context) ->
                Feature.Contribution.of((io.ostiary.core.spi.IdentityEnricher) identity -> identity.plusRoles(
                        identity.issuer().equals(ISSUER)
                                ? given.getOrDefault(identity.subject(), Set.of())
                                : Set.of()));
        ostiary = Ostiary.start(Settings.of(all), List.of(office, new ApiKeyFeature(path -> null, this)), clock);
    }

    @Override
    public @Nullable Rights rightsOf(String owner) {
        return rightsOf(owner, Grant.of(Set.of(), Set.of()));
    }

    /** Scopes that begin with the name of a role come with it. */
    @Override
    public @Nullable Rights rightsOf(String owner, Grant asked) {
        SubjectKey person = KeyOwners.personOf(owner);
        if (person == null || gone.contains(person.subject())) {
            return null;
        }
        Set<String> roles = new HashSet<>(asked.vouched());
        roles.addAll(given.getOrDefault(person.subject(), Set.of()));
        if (roles.containsAll(APART)) {
            roles.removeAll(APART);
        }
        Set<String> scopes = new HashSet<>(asked.scopes());
        scopes.removeIf(scope -> roles.stream().noneMatch(scope::startsWith));
        return new Rights(roles, scopes);
    }

    /** What a key may do now; null for nothing. */
    @Nullable
    Identity with(String key) {
        FakeRequest request = FakeRequest.get("/api").header("X-API-KEY", key);
        AuthOutcome outcome = ostiary.engine().accepting(Set.of("apikey")).identify(request);
        return outcome instanceof AuthOutcome.Authenticated found ? found.identity() : null;
    }

    Set<String> roles(String key) {
        Identity identity = with(key);
        return identity == null ? Set.of("refused") : identity.roles();
    }

    List<String> audit() {
        return ostiary.audit().recent().find("", "", "", 100).stream()
                .filter(row -> row.event().startsWith("key_"))
                .map(row -> row.event() + " by " + row.subject())
                .toList();
    }

    Reply handle(FakeRequest request) {
        return ostiary.endpoints().handle(request);
    }

    Browser remembered(String subject, String... roles) {
        return new Browser().remembered(subject, roles);
    }

    Browser browser(String subject, String... roles) {
        return new Browser().logIn(subject, roles);
    }

    /** One browser's cookies. */
    final class Browser {
        final Map<String, String> jar = new HashMap<>();

        Browser logIn(String subject, String... roles) {
            return logInAt(clock.instant(), subject, roles);
        }

        /** Let in by what the browser was told to keep. */
        Browser remembered(String subject, String... roles) {
            return logInAt(Instant.EPOCH, subject, roles);
        }

        private Browser logInAt(Instant time, String subject, String... roles) {
            Identity proven = Identity.of("oauth", ISSUER, subject, time).plusRoles(Set.of(roles));
            LoginGate.Result result = ostiary.engine().gate().complete(request("GET", "/x"), proven);
            for (SetCookie cookie :
                    assertInstanceOf(LoginGate.Result.Admitted.class, result).cookies()) {
                jar.put(cookie.name(), cookie.value());
            }
            return this;
        }

        FakeRequest request(String method, String target) {
            FakeRequest request = FakeRequest.of(method, target).header("Sec-Fetch-Site", "same-origin");
            jar.forEach(request::cookie);
            return request;
        }

        Reply get(String target) {
            return handle(request("GET", target));
        }

        Reply json(String target, String json) {
            return handle(request("POST", target).json(json));
        }

        Reply form(String target, String form) {
            return handle(request("POST", target).form(form).header("Sec-Fetch-Mode", "navigate"));
        }

        /** The answer that shows a new key. */
        JsonObject create(String json) {
            Reply reply = json("/auth/keys", json);
            assertEquals(201, reply.status(), reply.body());
            return object(reply);
        }
    }

    static JsonObject object(Reply reply) {
        try {
            return Json.object(reply.body(), 1 << 20);
        } catch (JsonException e) {
            throw new AssertionError(reply.body(), e);
        }
    }

    static String text(JsonObject object, String name) {
        return Objects.requireNonNull(object.text(name), name);
    }
}
