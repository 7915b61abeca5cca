package io.ostiary.apikey.signature;

import static io.ostiary.core.FailureReason.BAD_SIGNATURE;
import static io.ostiary.core.FailureReason.EXPIRED_CREDENTIAL;
import static io.ostiary.core.FailureReason.MALFORMED_CREDENTIAL;
import static io.ostiary.core.FailureReason.REPLAYED_CREDENTIAL;
import static io.ostiary.core.FailureReason.UNKNOWN_CREDENTIAL;
import static io.ostiary.core.FailureReason.WRONG_AUDIENCE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.ostiary.core.FailureReason;
import io.ostiary.core.cache.MemoryOnceStore;
import io.ostiary.core.crypto.Tokens;
import io.ostiary.testkit.FakeRequest;
import io.ostiary.testkit.MutableClock;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class SignatureVerifierTest {
    private static final String KEY_ID = "AAAAAAAAAAAAAAA1";
    private final MutableClock clock = new MutableClock();
    private final Signing.Pair pair = Signing.pair(SignatureAlgorithm.HMAC_SHA256);
    private SignatureVerifier verifier = verifier(1024, Set.of(), null);

    private SignatureVerifier verifier(int maxBody, Set<String> also, @Nullable String tag) {
        return new SignatureVerifier(new MemoryOnceStore(100, clock), clock, maxBody, also, tag);
    }

    private SignatureVerifier.@Nullable Result verify(FakeRequest request) {
        return verifier.verify(request, id -> id.equals(KEY_ID) ? List.of(pair.open()) : List.of());
    }

    private Map<String, String> signed() {
        return new HashMap<>(Signing.signPost(pair.secret(), KEY_ID, null, clock));
    }

    private static void assertRefused(FailureReason reason, SignatureVerifier.@Nullable Result result) {
        assertEquals(new SignatureVerifier.Result("", reason), result);
    }

    private static void assertHolds(SignatureVerifier.@Nullable Result result) {
        assertEquals(new SignatureVerifier.Result(KEY_ID, null), result);
    }

    @ParameterizedTest
    @EnumSource
    void takesWhatTheSignerMakes(SignatureAlgorithm algorithm) {
        Signing.Pair other = Signing.pair(algorithm);
        FakeRequest request = Signing.post(Signing.signPost(other.secret(), KEY_ID, null, clock));
        assertHolds(verifier.verify(request, id -> List.of(other.open())));
    }

    @Test
    void takesARequestWithoutBodyAndQuery() {
        Map<String, String> headers = new RequestSigner(KEY_ID, pair.secret(), null, new Tokens(), clock)
                .sign("GET", URI.create("https://app.example:443/a"), null, new byte[0]);
        FakeRequest request = FakeRequest.get("/a").overTls();
        headers.forEach(request::header);
        assertHolds(verify(request));
    }

    @Test
    void leavesARequestWithoutSignatureAlone() {
        assertNull(verify(FakeRequest.get("/")));
    }

    @Test
    void sig01RefusesTheSameRequestTwice() {
        Map<String, String> headers = signed();
        assertHolds(verify(Signing.post(headers)));
        assertRefused(REPLAYED_CREDENTIAL, verify(Signing.post(headers)));
    }

    @Test
    void sig01RefusesWhatIsTooOldOrFromTheFuture() {
        Map<String, String> headers = signed();
        clock.advance(Duration.ofSeconds(301));
        assertRefused(EXPIRED_CREDENTIAL, verify(Signing.post(headers)));
        clock.advance(Duration.ofSeconds(-602));
        assertRefused(EXPIRED_CREDENTIAL, verify(Signing.post(headers)));
        clock.advance(Duration.ofSeconds(1));
        assertHolds(verify(Signing.post(headers)));
    }

    @Test
    void sig01ANonceIsRememberedAsLongAsItsRequestIsFresh() {
        Map<String, String> headers = signed();
        clock.advance(Duration.ofMinutes(-5));
        assertHolds(verify(Signing.post(headers)));
        clock.advance(Duration.ofMinutes(10));
        assertRefused(REPLAYED_CREDENTIAL, verify(Signing.post(headers)));
    }

    @Test
    void sig01ABadSignatureSpendsNoNonce() {
        Map<String, String> headers = signed();
        Map<String, String> forged = new HashMap<>(headers);
        forged.put("Signature", "sig1=:" + Signing.base64(new byte[32]) + ":");
        assertRefused(BAD_SIGNATURE, verify(Signing.post(forged)));
        assertHolds(verify(Signing.post(headers)));
    }

    @Test
    void sig08RefusesWhenThereIsNoRoomToRemember() {
        verifier = new SignatureVerifier((purpose, value, until) -> false, clock, 1024, Set.of(), null);
        assertRefused(REPLAYED_CREDENTIAL, verify(Signing.post(signed())));
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /api/v1/orders?from=a%20b&from=c&x=",
        "post, /api/v1/orders?from=a%20b&from=c&x=",
        "POST, /api/v1/order?from=a%20b&from=c&x=",
        "POST, /api/v1/orders/?from=a%20b&from=c&x=",
        "POST, //api/v1/orders?from=a%20b&from=c&x=",
        "POST, /api/v1%2Forders?from=a%20b&from=c&x=",
        "POST, /api/v1/%6Frders?from=a%20b&from=c&x=",
        "POST, /api/v1/./orders?from=a%20b&from=c&x=",
        "POST, /API/v1/orders?from=a%20b&from=c&x=",
        "POST, /api/v1/orders?from=a%20B&from=c&x=",
        "POST, /api/v1/orders?from=a%20b&from=c&x=#",
        "POST, /api/v1/orders;a=b?from=a%20b&from=c&x=",
        "POST, /api/v1/orders?from=a+b&from=c&x=",
        "POST, /api/v1/orders?from=c&from=a%20b&x=",
        "POST, /api/v1/orders?from=a%20b&from=c&x=&y",
        "POST, /api/v1/orders?from=a%20b&from=c&x",
        "POST, /api/v1/orders",
    })
    void sig02Sig03RefusesAnotherMethodOrTarget(String method, String target) {
        FakeRequest request = FakeRequest.of(method, target).overTls().form(Signing.FORM);
        signed().forEach(request::header);
        assertRefused(BAD_SIGNATURE, verify(request));
    }

    @Test
    void sig02RefusesAnotherHostAndTwoHosts() {
        assertRefused(BAD_SIGNATURE, verify(Signing.post(signed()).header("Host", "evil.example")));
        assertHolds(verify(Signing.post(signed()).header("Host", "APP.example:443")));
        assertRefused(BAD_SIGNATURE, verify(Signing.post(signed()).header("Host", "app.example:8443")));
    }

    @Test
    void sig03RefusesAnotherBodyTypeOrDigest() {
        assertRefused(BAD_SIGNATURE, verify(Signing.post(signed()).header("Content-Type", "text/plain")));
        assertRefused(
                BAD_SIGNATURE, verify(Signing.post(signed()).header("Content-Digest", ContentDigest.of(new byte[0]))));
        FakeRequest swapped = FakeRequest.post(Signing.TARGET).overTls().form(Signing.FORM + "0");
        signed().forEach(swapped::header);
        assertRefused(BAD_SIGNATURE, verify(swapped));
    }

    @Test
    void sig03RefusesABodyWithoutADigest() {
        Map<String, String> headers = new RequestSigner(KEY_ID, pair.secret(), null, new Tokens(), clock)
                .sign("POST", URI.create("https://app.example" + Signing.TARGET), Signing.TYPE, new byte[0]);
        assertRefused(BAD_SIGNATURE, verify(Signing.post(headers)));
    }

    @Test
    void sig07RefusesABodyOverTheCap() {
        verifier = verifier(Signing.FORM.length() - 1, Set.of(), null);
        assertRefused(BAD_SIGNATURE, verify(Signing.post(signed())));
        verifier = verifier(Signing.FORM.length(), Set.of(), null);
        assertHolds(verify(Signing.post(signed())));
    }

    @Test
    void sig05RefusesAKeyOfAnotherAlgorithmAndAnUnknownOne() {
        Signing.Pair ed = Signing.pair(SignatureAlgorithm.ED25519);
        assertRefused(BAD_SIGNATURE, verifier.verify(Signing.post(signed()), id -> List.of(ed.open())));
        assertRefused(UNKNOWN_CREDENTIAL, verifier.verify(Signing.post(signed()), id -> List.of()));
    }

    @Test
    void sig05TheRequestDoesNotChooseTheAlgorithm() {
        for (String algorithm : List.of("none", "ed25519", "rsa-v1_5-sha256")) {
            assertRefused(BAD_SIGNATURE, verify(resigned(";alg=\"" + algorithm + "\"")));
        }
        assertHolds(verify(resigned(";alg=\"hmac-sha256\"")));
    }

    @Test
    void triesEveryKeyThatMayBeUsedNow() {
        Signing.Pair other = Signing.pair(SignatureAlgorithm.HMAC_SHA256);
        assertHolds(verifier.verify(Signing.post(signed()), id -> List.of(other.open(), pair.open())));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                ";created=1767268800;keyid=\"AAAAAAAAAAAAAAA1\" | MALFORMED_CREDENTIAL",
                ";created=1767268800;nonce=\"0123456789abcdef\" | MALFORMED_CREDENTIAL",
                ";keyid=\"AAAAAAAAAAAAAAA1\";nonce=\"0123456789abcdef\" | MALFORMED_CREDENTIAL",
                ";created=\"1767268800\";keyid=\"AAAAAAAAAAAAAAA1\";nonce=\"0123456789abcdef\" | MALFORMED_CREDENTIAL",
                ";created=-1767268800;keyid=\"AAAAAAAAAAAAAAA1\";nonce=\"0123456789abcdef\" | MALFORMED_CREDENTIAL",
                ";created=1767268800;keyid=\"AAAAAAAAAAAAAAA1\";nonce=\"short\" | MALFORMED_CREDENTIAL",
                ";created=1767268800;keyid=\"AAAAAAAAAAAAAAA1\";nonce=\"0123456789abcdef\";expires=x | MALFORMED_CREDENTIAL",
                ";created=1767268800;keyid=\"AAAAAAAAAAAAAAA1\";nonce=\"0123456789abcdef\";expires=1767268800 | EXPIRED_CREDENTIAL",
                ";created=1767268800;keyid=\"AAAAAAAAAAAAAAA1\";nonce=\"0123456789abcdef\";other=1 | MALFORMED_CREDENTIAL",
                ";created=1767268800;keyid=\"AAAAAAAAAAAAAAA1\";nonce=\"0123456789abcdef\";created=1 | MALFORMED_CREDENTIAL",
            })
    void refusesMissingOrOddParameters(String parameters, FailureReason reason) {
        assertRefused(reason, verify(request(parameters)));
    }

    @Test
    void takesAnExpiryThatLiesAhead() {
        assertHolds(verify(resigned(";expires=1767268801")));
    }

    @Test
    void demandsTheConfiguredTagAndComponents() {
        verifier = verifier(1024, Set.of(), "shop");
        assertRefused(WRONG_AUDIENCE, verify(Signing.post(signed())));
        assertHolds(verify(Signing.post(Signing.signPost(pair.secret(), KEY_ID, "shop", clock))));
        verifier = verifier(1024, Set.of("date"), null);
        assertRefused(BAD_SIGNATURE, verify(Signing.post(signed())));
    }

    @Test
    void sig06RefusesSeveralEmptyOrTruncatedSignatures() {
        Map<String, String> headers = signed();
        String input = String.valueOf(headers.get("Signature-Input"));
        String signature = String.valueOf(headers.get("Signature"));
        assertRefused(MALFORMED_CREDENTIAL, verify(Signing.post(headers).header("Signature", signature)));
        assertRefused(
                MALFORMED_CREDENTIAL,
                verify(Signing.post(headers)
                        .header("Signature", "b" + signature)
                        .header("Signature-Input", "b" + input)));
        for (String bad : List.of(
                "", "sig1", "sig1=::", "sig1=:AA==", "sig1=\"x\"", "sig2" + signature.substring(4), signature + ",")) {
            headers.put("Signature", bad);
            FailureReason reason = bad.equals("sig1=::") ? BAD_SIGNATURE : MALFORMED_CREDENTIAL;
            assertRefused(reason, verify(Signing.post(headers)));
        }
        headers.remove("Signature");
        assertRefused(MALFORMED_CREDENTIAL, verify(Signing.post(headers)));
        headers.put("Signature", "sig1=:" + "A".repeat(5000) + ":");
        assertRefused(MALFORMED_CREDENTIAL, verify(Signing.post(headers)));
    }

    /** A request whose signature is right for its own parameters, whatever they are. */
    private FakeRequest resigned(String more) {
        return request(";created=1767268800;keyid=\"" + KEY_ID + "\";nonce=\"0123456789abcdef" + more.hashCode() + "\""
                + more);
    }

    private FakeRequest request(String parameters) {
        String input = "(\"@method\" \"@authority\" \"@path\" \"@query\")" + parameters;
        String base =
                "\"@method\": GET\n\"@authority\": app.example\n\"@path\": /a\n\"@query\": ?\n\"@signature-params\": "
                        + input;
        byte[] signature = pair.secret().sign(base.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        return FakeRequest.get("/a")
                .header("Signature-Input", "s=" + input)
                .header("Signature", "s=:" + Signing.base64(signature) + ":");
    }
}
