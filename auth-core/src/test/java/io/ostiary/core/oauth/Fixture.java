package io.ostiary.core.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.ostiary.core.FailureReason;
import io.ostiary.core.Identity;
import io.ostiary.core.Reply;
import io.ostiary.core.ReturnTo;
import io.ostiary.core.Secret;
import io.ostiary.core.SetCookie;
import io.ostiary.core.config.Settings;
import io.ostiary.core.crypto.MasterKey;
import io.ostiary.core.crypto.Tokens;
import io.ostiary.core.spi.Feature;
import io.ostiary.core.spi.OnceStore;
import io.ostiary.testkit.FakeOpenIdProvider;
import io.ostiary.testkit.FakeOpenIdProviderAnswer;
import io.ostiary.testkit.FakeOpenIdProviderKey;
import io.ostiary.testkit.FakeRequest;
import io.ostiary.testkit.MutableClock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A login service, a provider and a browser's cookie jar. */
final class Fixture implements AutoCloseable {
    static final String CALLBACK = "https://app.example/auth/callback/op";
    static final String CLIENT = "client-1";
    static final FakeOpenIdProviderKey KEY = FakeOpenIdProviderKey.rsa("r1", 2048);
    static final FakeOpenIdProviderKey EC_KEY = FakeOpenIdProviderKey.ec("e1");
    static final FakeOpenIdProviderKey STRANGER = FakeOpenIdProviderKey.rsa("r1", 2048);
    final MutableClock clock = new MutableClock();
    final FakeOpenIdProvider op = FakeOpenIdProvider.start(clock);
    final Map<String, String> jar = new ConcurrentHashMap<>();
    private final Set<String> claimed = ConcurrentHashMap.newKeySet();
    final OnceStore once = (purpose, value, until) -> claimed.add(purpose + ' ' + value);
    final Feature.Context context = new Feature.Context(
            new MasterKey(Secret.of("0123456789abcdef0123456789abcdef")),
            new Tokens(),
            clock,
            once,
            (key, rates) -> java.time.Duration.ZERO,
            true);
    final OAuthLogin login;

    Fixture(String... more) {
        op.grants().keys(KEY);
        login = login(settings(more));
    }

    Map<String, String> settings(String... more) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("oauth.request-timeout", "3s");
        settings.put("oauth.provider.op.issuer", op.issuer());
        settings.put("oauth.provider.op.client-id", CLIENT);
        settings.put("oauth.provider.op.client-secret", "canary-secret");
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i].startsWith("oauth.") ? more[i] : "oauth.provider.op." + more[i], more[i + 1]);
        }
        return settings;
    }

    OAuthLogin login(Map<String, String> values) {
        Settings settings = Settings.of(values);
        OAuthSettings oauth = OAuthSettings.from(settings, true);
        settings.refuseUnknown();
        return OAuthLogin.create(oauth, context, true);
    }

    /** Begins a login and returns where the browser is sent. */
    String start() {
        return start("op", CALLBACK);
    }

    String start(String provider, String redirectUri) {
        StartResult result = login.start(
                withJar(FakeRequest.get("/auth/login/" + provider)),
                provider,
                ReturnTo.parse("/app/home"),
                redirectUri);
        Reply reply = assertInstanceOf(StartResult.Started.class, result).reply();
        take(reply.cookies());
        return reply.headerOrEmpty("Location");
    }

    CallbackResult callback(String query) {
        return callback(withJar(FakeRequest.get("/auth/callback/op?" + query)));
    }

    CallbackResult callback(FakeRequest request) {
        CallbackResult result = login.callback(request, "op", CALLBACK);
        if (result instanceof CallbackResult.Proven proven) {
            take(proven.cookies());
        } else if (result instanceof CallbackResult.Failed failed) {
            take(failed.cookies());
        }
        return result;
    }

    /** A whole login. */
    CallbackResult logIn() {
        return callback(op.authorize(start()));
    }

    /** A whole login with other settings, in a browser without cookies. */
    CallbackResult logIn(OAuthLogin other) {
        jar.clear();
        StartResult result = other.start(FakeRequest.get("/auth/login/op"), "op", null, CALLBACK);
        Reply reply = assertInstanceOf(StartResult.Started.class, result).reply();
        take(reply.cookies());
        String query = op.authorize(reply.headerOrEmpty("Location"));
        return other.callback(withJar(FakeRequest.get("/auth/callback/op?" + query)), "op", CALLBACK);
    }

    Identity proven() {
        return assertInstanceOf(CallbackResult.Proven.class, logIn()).identity();
    }

    void refused(FailureReason reason) {
        assertFailed(reason, logIn());
    }

    static void assertFailed(FailureReason reason, CallbackResult result) {
        assertEquals(
                reason, assertInstanceOf(CallbackResult.Failed.class, result).reason());
    }

    FakeRequest withJar(FakeRequest request) {
        jar.forEach(request::cookie);
        return request;
    }

    /** Holds an answer back until everybody is there, or for as long as the deadline of an exchange allows. */
    static FakeOpenIdProviderAnswer after(CountDownLatch everybody, FakeOpenIdProviderAnswer answer) {
        try {
            everybody.await(500, TimeUnit.MILLISECONDS);
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return answer;
        }
    }

    void take(Iterable<SetCookie> cookies) {
        for (SetCookie cookie : cookies) {
            if (cookie.maxAge().isZero()) {
                jar.remove(cookie.name());
            } else {
                jar.put(cookie.name(), cookie.value());
            }
        }
    }

    @Override
    public void close() {
        op.close();
    }
}
