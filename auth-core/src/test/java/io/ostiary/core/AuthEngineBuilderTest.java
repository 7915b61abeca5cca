package io.ostiary.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ostiary.core.Fixtures.FakeAuthenticator;
import io.ostiary.core.Fixtures.FakeStore;
import io.ostiary.core.spi.Authenticator;
import io.ostiary.testkit.FakeRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AuthEngineBuilderTest {
    private final FakeAuthenticator apikey = new FakeAuthenticator("apikey", AuthOutcome.absent());
    private final FakeStore store = new FakeStore(AuthOutcome.absent());

    @Test
    void refusesAnEngineThatCouldAuthenticateNobody() {
        assertRefused("an engine needs an authenticator or an identity store", AuthEngine.builder());
    }

    @Test
    void refusesTwoAuthenticatorsForOneScheme() {
        FakeAuthenticator twin = new FakeAuthenticator("apikey", AuthOutcome.absent());
        assertRefused(
                "two authenticators for scheme apikey",
                AuthEngine.builder().authenticator(apikey).authenticator(twin));
    }

    @Test
    void refusesAnAuthenticatorThatPosesAsTheSession() {
        FakeAuthenticator impostor = new FakeAuthenticator("session", AuthOutcome.absent());
        String message = "two authenticators for scheme session";
        assertRefused(message, AuthEngine.builder().authenticator(impostor).store(store));
        assertRefused(message, AuthEngine.builder().authenticator(impostor));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "ApiKey", "1st", "-a", "api_key", "api key", "a,b", "a\r\nb", "\u00fc"})
    void refusesASchemeThatNoSettingCouldName(@Nullable String scheme) {
        assertRefused(
                "the scheme of authenticator io.ostiary.core.AuthEngineBuilderTest$Odd is not allowed;"
                        + " allowed: small letters, digits and dashes, a letter first",
                AuthEngine.builder().authenticator(new Odd(scheme, "Odd")));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "a\r\nSet-Cookie: x=y", "a\tb", "\u00fc", "a\u007f"})
    void refusesAChallengeThatIsNoHeaderValue(@Nullable String challenge) {
        assertRefused(
                "the challenge of authenticator io.ostiary.core.AuthEngineBuilderTest$Odd is not allowed;"
                        + " allowed: one line of printable ASCII such as: Bearer realm=\"app\"",
                AuthEngine.builder().authenticator(new Odd("odd-1", challenge)));
    }

    @SuppressWarnings("NullAway") // what a broken extension does
    private record Odd(@Nullable String scheme, @Nullable String challenge) implements Authenticator {
        @Override
        public AuthOutcome authenticate(AuthRequest request) {
            return AuthOutcome.absent();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\"b", "a\r\nb", "a\\b", "\u00fc", "a,b", "a=b"})
    void refusesARealmThatCouldBreakOutOfTheChallenge(String realm) {
        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class, () -> AuthEngine.builder().realm(realm));
        assertEquals("a realm has 1 to 64 letters, digits, blanks, dots, dashes, underscores", refusal.getMessage());
    }

    @Test
    void refusesALongRealm() {
        assertThrows(IllegalArgumentException.class, () -> AuthEngine.builder().realm("a".repeat(65)));
    }

    @Test
    void anEngineDoesNotChangeWithItsBuilder() {
        AuthEngine.Builder builder = AuthEngine.builder().authenticator(apikey);
        AuthEngine engine = builder.build();
        builder.store(store)
                .authenticator(new FakeAuthenticator("bearer", AuthOutcome.absent()))
                .enricher(identity -> Fixtures.raise(new AssertionError("added later")));
        assertEquals(Set.of("apikey"), engine.schemes());
        assertEquals(AuthOutcome.absent(), engine.identify(FakeRequest.get("/")));
    }

    @Test
    void hasNoLoginWithoutAStore() {
        AuthEngine engine = AuthEngine.builder().authenticator(apikey).build();
        IllegalStateException refusal = assertThrows(IllegalStateException.class, engine::gate);
        assertEquals("an engine without an identity store has no login", refusal.getMessage());
    }

    private static void assertRefused(String message, AuthEngine.Builder builder) {
        IllegalStateException refusal = assertThrows(IllegalStateException.class, builder::build);
        assertEquals(message, refusal.getMessage());
    }
}
