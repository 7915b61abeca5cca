package io.ostiary.sample;

import io.ostiary.core.Identity;
import io.ostiary.core.Secret;
import io.ostiary.core.config.Settings;
import io.ostiary.core.crypto.MasterKey;
import io.ostiary.core.crypto.Tokens;
import io.ostiary.core.oauth.CallbackResult;
import io.ostiary.core.oauth.OAuthLogin;
import io.ostiary.core.oauth.OAuthSettings;
import io.ostiary.core.oauth.OAuthTokens;
import io.ostiary.core.oauth.StartResult;
import io.ostiary.core.spi.Feature;
import io.ostiary.core.spi.LogoutTargets.Target;
import io.ostiary.core.spi.OAuthTokenStore;
import io.ostiary.testkit.FakeRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The kit's login without a container, to look at the tokens that it keeps. */
final class InteropTokens {
    private final String redirectUri;
    private final Shelf shelf = new Shelf();
    private final List<Target> ended = new ArrayList<>();
    private final OAuthLogin login;
    private final OAuthTokens tokens;
    private @Nullable Identity identity;

    InteropTokens(Map<String, String> settings, String baseUrl) {
        Set<String> claimed = new HashSet<>();
        Feature.Context context = new Feature.Context(
                new MasterKey(Secret.of("0123456789abcdef0123456789abcdef")),
                new Tokens(),
                Clock.systemUTC(),
                (purpose, value, until) -> claimed.add(purpose + ' ' + value),
                (key, rates) -> java.time.Duration.ZERO,
                true);
        redirectUri = baseUrl + "/auth/callback/op";
        login = OAuthLogin.create(
                OAuthSettings.from(Settings.of(settings), true),
                context,
                true,
                shelf,
                (provider, idToken, userInfo, known) -> known);
        tokens = login.tokens(target -> {
            ended.add(target);
            return 1;
        });
    }

    void logIn(InteropPerson person) throws Exception {
        var started = (StartResult.Started) login.start(FakeRequest.get("/auth/login/op"), "op", null, redirectUri);
        String back = person.through(started.reply().headerOrEmpty("Location"));
        FakeRequest callback =
                FakeRequest.get("/auth/callback/op?" + URI.create(back).getRawQuery());
        started.reply().cookies().forEach(cookie -> callback.cookie(cookie.name(), cookie.value()));
        identity = ((CallbackResult.Proven) login.callback(callback, "op", redirectUri)).identity();
    }

    OAuthTokens.Result ask() {
        return tokens.accessToken(whose());
    }

    /** Puts the tokens that came with the login back into the store. */
    void turnBack() {
        shelf.kept.putAll(shelf.first);
    }

    /** Ends the session at the provider, but keeps the tokens. */
    void logOutAtProvider(InteropPerson person) throws Exception {
        Map<String, String> kept = Map.copyOf(shelf.kept);
        String afterwards = redirectUri.replace("/callback/op", "/logged-out");
        person.through(Objects.requireNonNull(login.logout().atProvider(whose(), afterwards, "some-state")));
        shelf.kept.putAll(kept);
    }

    List<Target> ended() {
        return ended;
    }

    private Identity whose() {
        return Objects.requireNonNull(identity, "log in first");
    }

    /** A store that remembers what was there first. */
    private static final class Shelf implements OAuthTokenStore {
        private final Map<String, String> first = new HashMap<>();
        private final Map<String, String> kept = new HashMap<>();

        @Override
        public @Nullable String load(String key) {
            return kept.get(key);
        }

        @Override
        public void insert(String key, String sealed, Instant until) {
            first.put(key, sealed);
            kept.put(key, sealed);
        }

        @Override
        public boolean replace(String key, String expected, String sealed, Instant until) {
            return kept.replace(key, expected, sealed);
        }

        @Override
        public void remove(String key) {
            kept.remove(key);
        }
    }
}
