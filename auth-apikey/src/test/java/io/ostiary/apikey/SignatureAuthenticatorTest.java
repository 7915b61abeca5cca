package io.ostiary.apikey;

import static io.ostiary.core.FailureReason.BAD_SIGNATURE;
import static io.ostiary.core.FailureReason.EXPIRED_CREDENTIAL;
import static io.ostiary.core.FailureReason.MALFORMED_CREDENTIAL;
import static io.ostiary.core.FailureReason.REPLAYED_CREDENTIAL;
import static io.ostiary.core.FailureReason.REVOKED_CREDENTIAL;
import static io.ostiary.core.FailureReason.UNKNOWN_CREDENTIAL;
import static io.ostiary.core.FailureReason.WRONG_AUDIENCE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.apikey.signature.RequestSigner;
import io.ostiary.apikey.signature.SignatureAlgorithm;
import io.ostiary.apikey.signature.SignatureKey;
import io.ostiary.apikey.signature.SignatureVerifier;
import io.ostiary.core.AuthOutcome;
import io.ostiary.core.FailureReason;
import io.ostiary.core.Secret;
import io.ostiary.core.cache.MemoryOnceStore;
import io.ostiary.core.crypto.MasterKey;
import io.ostiary.core.spi.Authenticator;
import io.ostiary.testkit.FakeRequest;
import io.ostiary.testkit.MutableClock;
import java.net.URI;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SignatureAuthenticatorTest {
    private final MutableClock clock = new MutableClock();
    private final MasterKey master = new MasterKey(Secret.of("m".repeat(32)));
    private final MemoryApiKeyStore store = new MemoryApiKeyStore();
    private final ApiKeys keys = new ApiKeys(store, Keys.TOKENS, clock);
    private final ApiKeys.Issued issued = keys.create(Keys.draft());
    private final ApiKeys.IssuedSecret shared =
            Objects.requireNonNull(keys.shareSecret(issued.record(), master, Duration.ZERO));
    private final RecordCheck check = new RecordCheck(
            RecordCheck::noOwners,
            new UseNotes(store, clock, task -> {}),
            (counted, rates) -> Duration.ZERO,
            event -> {});
    private final SignatureAuthenticator authenticator = authenticator(master);
    private final ApiKeyAuthenticator byKey = new ApiKeyAuthenticator(store, Set.of("X-API-KEY"), "shop", clock, check);

    private SignatureAuthenticator authenticator(MasterKey key) {
        SignatureVerifier verifier =
                new SignatureVerifier(new MemoryOnceStore(100, clock), clock, 1024, Set.of(), null);
        SigningSecrets secrets = new SigningSecrets(key, Keys.TOKENS);
        return new SignatureAuthenticator("signature", store, secrets, verifier, "shop", clock, check);
    }

    private FakeRequest signed(SignatureKey key, String id) {
        FakeRequest request = FakeRequest.get("/a?b=c").overTls();
        new RequestSigner(id, key, null, Keys.TOKENS, clock)
                .sign("GET", URI.create("https://app.example/a?b=c"), null, new byte[0])
                .forEach(request::header);
        return request;
    }

    private FakeRequest signed() {
        return signed(SignatureKey.shared(shared.secret()), issued.key().id());
    }

    private static void assertFailed(FailureReason reason, AuthOutcome outcome) {
        assertEquals(AuthOutcome.failed(reason), outcome);
    }

    private static void assertKnown(AuthOutcome outcome) {
        assertInstanceOf(AuthOutcome.Authenticated.class, outcome);
    }

    @Test
    void knowsTheHolderOfTheSharedSecret() {
        AuthOutcome outcome = authenticator.authenticate(signed());
        var identity =
                assertInstanceOf(AuthOutcome.Authenticated.class, outcome).identity();
        assertEquals("signature", identity.scheme());
        assertEquals(issued.key().id(), identity.subject());
        assertEquals("apikey", identity.issuer());
        assertEquals(Set.of("clerk"), identity.roles());
        assertEquals("Signature realm=\"shop\"", authenticator.challenge());
        assertEquals("signature", authenticator.scheme());
        assertEquals(AuthOutcome.absent(), authenticator.authenticate(FakeRequest.get("/")));
    }

    @Test
    void theSharedSecretIsStoredSealedAndBoundToItsKey() {
        String text = new String(shared.secret().revealBytes(), java.nio.charset.StandardCharsets.US_ASCII);
        assertTrue(text.matches("osts_live_" + issued.key().id() + "_[0-9A-Za-z]{49}"));
        String stored = RecordText.write(shared.record());
        assertTrue(!stored.contains(text.substring(30, 50)));
        String sealed =
                Objects.requireNonNull(shared.record().proof().signing()).key();
        SigningSecrets secrets = new SigningSecrets(master, Keys.TOKENS);
        assertEquals(shared.secret(), secrets.open(issued.key().id(), sealed));
        assertNull(secrets.open("AAAAAAAAAAAAAAAA", sealed));
    }

    @Test
    void failsAsAFaultUnderAnotherMasterSecret() {
        SignatureAuthenticator other = authenticator(new MasterKey(Secret.of("n".repeat(32))));
        String message = assertThrows(IllegalStateException.class, () -> other.authenticate(signed()))
                .getMessage();
        assertEquals(
                "the signing secret of key " + issued.key().id()
                        + " cannot be opened: it was sealed under another master secret",
                message);
    }

    @Test
    void refusesUnknownRevokedExpiredAndUnsignedKeys() {
        SignatureKey key = SignatureKey.shared(shared.secret());
        assertFailed(UNKNOWN_CREDENTIAL, authenticator.authenticate(signed(key, "AAAAAAAAAAAAAAAA")));
        String plain = keys.create(Keys.draft()).key().id();
        assertFailed(UNKNOWN_CREDENTIAL, authenticator.authenticate(signed(key, plain)));
        keys.expire(shared.record(), clock.instant());
        assertFailed(EXPIRED_CREDENTIAL, authenticator.authenticate(signed()));
        keys.revoke(issued.key().id());
        assertFailed(REVOKED_CREDENTIAL, authenticator.authenticate(signed()));
    }

    @Test
    void takesOldAndNewSecretDuringTheOverlap() {
        ApiKeys.IssuedSecret next =
                Objects.requireNonNull(keys.shareSecret(shared.record(), master, Duration.ofHours(1)));
        SignatureKey fresh = SignatureKey.shared(next.secret());
        assertKnown(authenticator.authenticate(signed()));
        assertKnown(authenticator.authenticate(signed(fresh, issued.key().id())));
        clock.advance(Duration.ofHours(1));
        assertFailed(BAD_SIGNATURE, authenticator.authenticate(signed()));
        assertKnown(authenticator.authenticate(signed(fresh, issued.key().id())));
    }

    @Test
    void rotatingTheKeyKeepsTheSigningSecret() {
        keys.rotate(shared.record(), Duration.ZERO);
        assertKnown(authenticator.authenticate(signed()));
    }

    @Test
    void knowsTheHolderOfATrustedPrivateKey() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        String open = Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
        String secret = Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded());
        String pem = "-----BEGIN PRIVATE KEY-----\n" + secret + "\n-----END PRIVATE KEY-----\n";
        assertTrue(keys.trustPublicKey(shared.record(), SignatureAlgorithm.ED25519, open, Duration.ZERO) != null);
        SignatureKey key = SignatureKey.ofPrivate(SignatureAlgorithm.ED25519, pem);
        assertKnown(authenticator.authenticate(signed(key, issued.key().id())));
        assertFailed(BAD_SIGNATURE, authenticator.authenticate(signed()));
    }

    @Test
    void refusesToTrustWhatIsNoPublicKeyOfTheAlgorithm() {
        for (String text :
                new String[] {"", "x", "AAAA", "MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs="}) {
            String message = assertThrows(
                            IllegalArgumentException.class,
                            () -> keys.trustPublicKey(
                                    shared.record(), SignatureAlgorithm.ECDSA_P256_SHA256, text, Duration.ZERO))
                    .getMessage();
            assertEquals("not a public key for ecdsa-p256-sha256", message);
        }
    }

    @Test
    void bothDemandsKeyAndSignatureOfOneRecord() {
        Authenticator both = new KeyAndSignature(byKey, authenticator);
        String text = issued.key().revealText();
        assertKnown(both.authenticate(signed().header("X-API-KEY", text)));
        assertEquals(AuthOutcome.absent(), both.authenticate(FakeRequest.get("/")));
        assertFailed(MALFORMED_CREDENTIAL, both.authenticate(signed()));
        assertFailed(
                MALFORMED_CREDENTIAL, both.authenticate(FakeRequest.get("/").header("X-API-KEY", text)));
        String other = keys.create(Keys.draft()).key().revealText();
        assertFailed(WRONG_AUDIENCE, both.authenticate(signed().header("X-API-KEY", other)));
        FakeRequest once = signed().header("X-API-KEY", text);
        assertKnown(both.authenticate(once));
        assertFailed(REPLAYED_CREDENTIAL, both.authenticate(once));
        assertEquals("apikey", both.scheme());
        assertEquals("ApiKey realm=\"shop\"", both.challenge());
    }

    @Test
    void aBadKeySpendsNoNonce() {
        Authenticator both = new KeyAndSignature(byKey, authenticator);
        FakeRequest half = signed();
        assertFailed(MALFORMED_CREDENTIAL, both.authenticate(half.header("X-API-KEY", "x")));
        assertKnown(authenticator.authenticate(half));
    }

    @Test
    void ofFiftyParallelClaimsOfANonceOneWins() throws Exception {
        FakeRequest request = signed();
        var outcomes = ApiKeyStoreTck.race(() -> authenticator.authenticate(request));
        assertEquals(
                1,
                outcomes.stream()
                        .filter(AuthOutcome.Authenticated.class::isInstance)
                        .count());
        assertEquals(
                ApiKeyStoreTck.RACERS - 1, Collections.frequency(outcomes, AuthOutcome.failed(REPLAYED_CREDENTIAL)));
    }
}
