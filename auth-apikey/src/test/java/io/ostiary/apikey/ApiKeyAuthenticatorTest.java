package io.ostiary.apikey;

import static io.ostiary.core.FailureReason.ACCOUNT_DISABLED;
import static io.ostiary.core.FailureReason.BAD_SIGNATURE;
import static io.ostiary.core.FailureReason.DUPLICATE_CREDENTIAL;
import static io.ostiary.core.FailureReason.EXPIRED_CREDENTIAL;
import static io.ostiary.core.FailureReason.MALFORMED_CREDENTIAL;
import static io.ostiary.core.FailureReason.REVOKED_CREDENTIAL;
import static io.ostiary.core.FailureReason.UNKNOWN_CREDENTIAL;
import static io.ostiary.core.FailureReason.WRONG_AUDIENCE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.apikey.ApiKeyRecord.Grant;
import io.ostiary.core.AuthOutcome;
import io.ostiary.core.FailureReason;
import io.ostiary.core.Identity;
import io.ostiary.core.ratelimit.MemoryRateLimitStore;
import io.ostiary.core.spi.AuthEvent;
import io.ostiary.core.spi.RateLimitStore;
import io.ostiary.testkit.FakeRequest;
import io.ostiary.testkit.MutableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ApiKeyAuthenticatorTest {
    private final MutableClock clock = new MutableClock();
    private final RateLimitStore limits = new MemoryRateLimitStore(100, clock);
    private final MemoryApiKeyStore store = new MemoryApiKeyStore();
    private final ApiKeys keys = new ApiKeys(store, Keys.TOKENS, clock);
    private final ApiKeys.Issued issued = keys.create(Keys.draft());
    private final String text = issued.key().revealText();
    private final ApiKeyAuthenticator authenticator =
            new ApiKeyAuthenticator(store, "X-API-KEY", "shop", clock, limits);

    private AuthOutcome send(String... lines) {
        FakeRequest request = FakeRequest.get("/api/v1/data");
        for (String line : lines) {
            request.header("X-API-KEY", line);
        }
        return authenticator.authenticate(request);
    }

    private static void assertFailed(FailureReason reason, AuthOutcome outcome) {
        assertEquals(AuthOutcome.failed(reason), outcome);
    }

    @Test
    void namesItsSchemeAndChallenge() {
        assertEquals("apikey", authenticator.scheme());
        assertEquals("ApiKey realm=\"shop\"", authenticator.challenge());
    }

    @Test
    void knowsTheHolderOfTheKey() {
        Identity identity =
                assertInstanceOf(AuthOutcome.Authenticated.class, send(text)).identity();
        Identity expected = new Identity(
                "billing",
                "apikey",
                "apikey",
                issued.key().id(),
                Set.of("clerk"),
                Set.of("orders:read"),
                Map.of("key-name", "nightly"),
                Set.of(),
                Keys.NOON);
        assertEquals(expected, identity);
    }

    /** With {@code audit.on-failure} set to deny, no use of a key may go untold. */
    @Test
    void aUseThatCouldNotBeToldIsTriedAgainAtTheNext() {
        List<AuthEvent.Type> told = new ArrayList<>();
        AtomicBoolean deaf = new AtomicBoolean(true);
        RecordCheck check =
                new RecordCheck(RecordCheck::noOwners, new UseNotes(store, clock, Runnable::run), limits, event -> {
                    if (deaf.get()) {
                        throw new IllegalStateException("no room");
                    }
                    told.add(event.type());
                });
        ApiKeyAuthenticator audited = new ApiKeyAuthenticator(store, Set.of("X-API-KEY"), "shop", clock, check);
        FakeRequest request = FakeRequest.get("/").header("X-API-KEY", text);
        assertThrows(IllegalStateException.class, () -> audited.authenticate(request));
        assertThrows(IllegalStateException.class, () -> audited.authenticate(request));
        deaf.set(false);
        audited.authenticate(request);
        audited.authenticate(request);
        assertEquals(List.of(AuthEvent.Type.KEY_USED), told);
    }

    @Test
    void leavesARequestWithoutTheHeaderAlone() {
        assertEquals(AuthOutcome.absent(), send());
    }

    @Test
    void readsNoQueryAndNoCookieH29H30() {
        FakeRequest request = FakeRequest.get("/api/v1/data?X-API-KEY=" + text + "&api_key=" + text)
                .cookie("X-API-KEY", text)
                .cookie("api_key", text);
        assertEquals(AuthOutcome.absent(), authenticator.authenticate(request));
    }

    @Test
    void refusesTwoHeaderLinesEvenIfOneOrBothAreRight() {
        assertFailed(DUPLICATE_CREDENTIAL, send(text, text));
        assertFailed(DUPLICATE_CREDENTIAL, send(text, "x"));
        assertFailed(DUPLICATE_CREDENTIAL, send("", text));
        assertFailed(MALFORMED_CREDENTIAL, send(text + ", " + text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t", "x", "null", "ost_live__", "ost_live_0123456789abcdef_", "Bearer x", "\0"})
    void refusesWhatIsNoKeyH25(String value) {
        assertFailed(MALFORMED_CREDENTIAL, send(value));
    }

    @Test
    void refusesAKeyThatWasTamperedWithH31() {
        assertFailed(MALFORMED_CREDENTIAL, send(text.substring(0, 60)));
        assertFailed(MALFORMED_CREDENTIAL, send(text + " "));
        assertFailed(MALFORMED_CREDENTIAL, send(" " + text));
        assertFailed(MALFORMED_CREDENTIAL, send(text + "\0"));
        assertFailed(MALFORMED_CREDENTIAL, send(text.toUpperCase(Locale.ROOT)));
        assertFailed(
                MALFORMED_CREDENTIAL, send(text.substring(0, 40) + (char) (text.charAt(40) ^ 1) + text.substring(41)));
        assertFailed(MALFORMED_CREDENTIAL, send("x".repeat(257)));
        assertFailed(MALFORMED_CREDENTIAL, send("x".repeat(1_000_000)));
    }

    @Test
    void refusesAKeyThatNobodyIssued() {
        assertFailed(
                UNKNOWN_CREDENTIAL, send(ApiKey.generate("live", Keys.TOKENS).revealText()));
    }

    @Test
    void refusesAWrongSecretWithARightChecksum() {
        String forged = ApiKey.generate("live", issued.key().id(), Keys.TOKENS).revealText();
        assertFailed(BAD_SIGNATURE, send(forged));
    }

    @Test
    void refusesTheKeyUnderAnotherEnvironment() {
        KeyText parts = KeyText.parse("ost", text);
        assertNotNull(parts);
        assertFailed(BAD_SIGNATURE, send(new KeyText("dev", parts.id(), parts.secret()).format("ost")));
    }

    @Test
    void refusesAnExpiredKeyFromItsLastInstantOn() {
        assertNotNull(keys.expire(issued.record(), Keys.NOON.plusSeconds(60)));
        clock.advance(Duration.ofSeconds(59));
        assertTrue(send(text) instanceof AuthOutcome.Authenticated);
        clock.advance(Duration.ofSeconds(1));
        assertFailed(EXPIRED_CREDENTIAL, send(text));
    }

    @Test
    void refusesARevokedKeyAtOnceButTellsOnlyItsHolder() {
        assertTrue(keys.revoke(issued.key().id()));
        assertFailed(REVOKED_CREDENTIAL, send(text));
        assertFailed(
                BAD_SIGNATURE,
                send(ApiKey.generate("live", issued.key().id(), Keys.TOKENS).revealText()));
    }

    @Test
    void takesOldAndNewSecretDuringTheOverlapOfARotation() {
        ApiKeys.Issued rotated = keys.rotate(issued.record(), Duration.ofHours(1));
        assertNotNull(rotated);
        String next = rotated.key().revealText();
        assertTrue(send(text) instanceof AuthOutcome.Authenticated);
        assertTrue(send(next) instanceof AuthOutcome.Authenticated);
        clock.advance(Duration.ofHours(1));
        assertFailed(BAD_SIGNATURE, send(text));
        assertTrue(send(next) instanceof AuthOutcome.Authenticated);
    }

    @Test
    void revokingEndsTheOldSecretOfARotationToo() {
        assertNotNull(keys.rotate(issued.record(), Duration.ofHours(1)));
        assertTrue(keys.revoke(issued.key().id()));
        assertFailed(BAD_SIGNATURE, send(text));
    }

    @Test
    void refusesAKeyFromOutsideItsNetworks() {
        Grant grant = new Grant(Set.of(), Set.of(), Set.of("10.0.0.0/8", "2001:db8::/32"), 0, false);
        assertNotNull(keys.grant(issued.record(), grant));
        assertFailed(WRONG_AUDIENCE, send(text));
        for (String inside : new String[] {"10.255.0.1", "2001:db8:1::1"}) {
            FakeRequest request = FakeRequest.get("/").remoteAddress(inside).header("X-API-KEY", text);
            assertTrue(authenticator.authenticate(request) instanceof AuthOutcome.Authenticated, inside);
        }
    }

    @Test
    void key02TheStoreIsAskedOnceByThePublicIdWhateverTheSecret() {
        List<String> asked = new ArrayList<>();
        ApiKeyAuthenticator watched = new ApiKeyAuthenticator(
                new CachingApiKeyStoreTest.Watched(store, asked), "X-API-KEY", "shop", clock, limits);
        String id = issued.key().id();
        ApiKey nobodys = ApiKey.generate("live", Keys.TOKENS);
        for (String each : List.of(
                text, ApiKey.generate("live", id, Keys.TOKENS).revealText(), nobodys.revealText(), text + "x", "x")) {
            watched.authenticate(FakeRequest.get("/").header("X-API-KEY", each));
        }
        assertEquals(List.of(id, id, nobodys.id()), asked);
    }

    @Test
    void key05AGoodKeyThatWasJustUsedIsRefusedOnTheVeryNextRequest() {
        assertInstanceOf(AuthOutcome.Authenticated.class, send(text));
        assertTrue(keys.revoke(issued.key().id()));
        assertFailed(REVOKED_CREDENTIAL, send(text));
    }

    @Test
    void key07AKeyOfAnotherApplicationIsUnknown() {
        ApiKeys others = new ApiKeys(new MemoryApiKeyStore(), Keys.TOKENS, clock);
        assertFailed(UNKNOWN_CREDENTIAL, send(others.create(Keys.draft()).key().revealText()));
    }

    @Test
    void notesWhenAKeyWasUsed() {
        UseNotes notes = new UseNotes(store, () -> Keys.NOON.minusSeconds(60), Runnable::run);
        RecordCheck check = new RecordCheck(RecordCheck::noOwners, notes, limits, event -> {});
        check.judge(issued.record(), "apikey", FakeRequest.get("/"), clock.instant());
        assertEquals(clock.instant(), store.lastUsed(issued.key().id()));
    }

    @Test
    void takesTheKeyFromAuthorizationToo() {
        for (String scheme : new String[] {"ApiKey ", "apikey "}) {
            FakeRequest request = FakeRequest.get("/").header("Authorization", scheme + text);
            assertTrue(authenticator.authenticate(request) instanceof AuthOutcome.Authenticated, scheme);
        }
        FakeRequest bearer = FakeRequest.get("/").header("Authorization", "Bearer " + text);
        assertEquals(AuthOutcome.absent(), authenticator.authenticate(bearer));
        FakeRequest glued = FakeRequest.get("/").header("Authorization", "ApiKey" + text);
        assertEquals(AuthOutcome.absent(), authenticator.authenticate(glued));
        FakeRequest blank = FakeRequest.get("/").header("Authorization", "ApiKey ");
        assertFailed(MALFORMED_CREDENTIAL, authenticator.authenticate(blank));
    }

    @Test
    void refusesAKeyInBothPlaces() {
        FakeRequest request =
                FakeRequest.get("/").header("Authorization", "ApiKey " + text).header("X-API-KEY", text);
        assertFailed(DUPLICATE_CREDENTIAL, authenticator.authenticate(request));
    }

    @Test
    void aKeyIsGoodForSoManyRequestsAMinute() {
        Grant grant = new Grant(Set.of(), Set.of(), Set.of(), 2, false);
        ApiKeys.Issued two = keys.create(new ApiKeys.Draft("live", "shop", "till", grant, null));
        FakeRequest request = FakeRequest.get("/").header("X-API-KEY", two.key().revealText());
        assertInstanceOf(AuthOutcome.Authenticated.class, authenticator.authenticate(request));
        assertInstanceOf(AuthOutcome.Authenticated.class, authenticator.authenticate(request));
        assertEquals(
                new AuthOutcome.Failed(FailureReason.RATE_LIMITED, Duration.ofSeconds(30)),
                authenticator.authenticate(request));
        clock.advance(Duration.ofSeconds(30));
        assertInstanceOf(AuthOutcome.Authenticated.class, authenticator.authenticate(request));
        assertInstanceOf(AuthOutcome.Authenticated.class, send(text));
    }

    @Test
    void aPersonalKeyNeverExceedsItsOwner() {
        Map<String, KeyOwners.Rights> people = new HashMap<>();
        ApiKeyAuthenticator personal = new ApiKeyAuthenticator(store, "X-API-KEY", "shop", clock, limits, people::get);
        Grant grant = new Grant(Set.of("editor", "admin"), Set.of("read", "write"), Set.of(), 60, true);
        ApiKeys.Issued own = keys.create(new ApiKeys.Draft("live", "https://id.example|ada", "laptop", grant, null));
        FakeRequest request = FakeRequest.get("/").header("X-API-KEY", own.key().revealText());
        assertFailed(ACCOUNT_DISABLED, personal.authenticate(request));
        people.put("https://id.example|ada", new KeyOwners.Rights(Set.of("editor", "viewer"), Set.of("read")));
        Identity identity = assertInstanceOf(AuthOutcome.Authenticated.class, personal.authenticate(request))
                .identity();
        assertEquals(Set.of("editor"), identity.roles());
        assertEquals(Set.of("read"), identity.permissions());
        assertEquals(Map.of("key-name", "laptop"), identity.attributes());
        people.clear();
        assertFailed(ACCOUNT_DISABLED, personal.authenticate(request));
        assertFailed(ACCOUNT_DISABLED, authenticator.authenticate(request));
    }
}
