package io.ostiary.apikey.signature;

import static io.ostiary.core.FailureReason.BAD_SIGNATURE;
import static io.ostiary.core.FailureReason.MALFORMED_CREDENTIAL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ostiary.core.FailureReason;
import io.ostiary.core.Secret;
import io.ostiary.core.cache.MemoryOnceStore;
import io.ostiary.testkit.FakeRequest;
import io.ostiary.testkit.MutableClock;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures by hand that are right for what they cover: which of them are enough, and which forms of them are read. */
final class SignatureCoverageTest {
    private static final String KEY_ID = "AAAAAAAAAAAAAAA1";
    private static final String DIGEST = ContentDigest.of(Signing.FORM.getBytes(StandardCharsets.UTF_8));
    private static final String ALL = "@method @authority @path @query content-type content-digest";
    private final MutableClock clock = new MutableClock();
    private final SignatureKey shared = SignatureKey.shared(Secret.of("s".repeat(32)));
    private final SignatureVerifier verifier =
            new SignatureVerifier(new MemoryOnceStore(100, clock), clock, 1024, Set.of(), null);

    private record Raw(String input, String text) {
        byte[] base() {
            return text.getBytes(StandardCharsets.US_ASCII);
        }
    }

    /** What a client signs that covers just these components of the request. */
    private static Raw raw(String components, String nonce) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("@method", "POST");
        values.put("@authority", "app.example");
        values.put("@path", "/api/v1/orders");
        values.put("@query", "?from=a%20b&from=c&x=");
        values.put("@target-uri", "https://app.example" + Signing.TARGET);
        values.put("content-type", Signing.TYPE);
        values.put("content-digest", DIGEST);
        List<String> names = new ArrayList<>();
        StringBuilder base = new StringBuilder();
        for (String name : components.split(" ", -1)) {
            names.add('"' + name + '"');
            base.append('"' + name + "\": " + values.get(name) + '\n');
        }
        String input =
                "(" + String.join(" ", names) + ");created=1767268800;keyid=\"" + KEY_ID + "\";nonce=\"" + nonce + '"';
        return new Raw(input, base + "\"@signature-params\": " + input);
    }

    private static FakeRequest request(String input, String signature) {
        return plain().header("Signature-Input", "s=" + input).header("Signature", "s=" + signature);
    }

    private static FakeRequest plain() {
        return FakeRequest.post(Signing.TARGET).overTls().form(Signing.FORM).header("Content-Digest", DIGEST);
    }

    private @Nullable FailureReason refused(FakeRequest request) {
        SignatureVerifier.Result result = verifier.verify(request, id -> List.of(shared));
        return result == null ? MALFORMED_CREDENTIAL : result.refused();
    }

    private @Nullable FailureReason refused(String components) {
        Raw raw = raw(components, "0123456789abcdef");
        return refused(request(raw.input, ':' + Signing.base64(shared.sign(raw.base())) + ':'));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ALL,
                "content-digest content-type @query @path @authority @method",
                "@method @target-uri content-type content-digest"
            })
    void sig03TakesASignatureOverEverythingInAnyOrder(String components) {
        assertEquals(null, refused(components));
    }

    @ParameterizedTest
    @ValueSource(strings = {"@method", "@authority", "@path", "@query", "content-type", "content-digest"})
    void sig03RefusesASignatureThatLeavesOneComponentOut(String missing) {
        assertEquals(BAD_SIGNATURE, refused(ALL.replaceFirst(missing + " ?", "").strip()));
    }

    @Test
    void sig03RefusesATargetWithoutItsMethod() {
        assertEquals(BAD_SIGNATURE, refused("@target-uri content-type content-digest"));
    }

    /** RFC 9421 section 2.2.7: a query that is absent and one that is empty are the same, to the signature as to the handler. */
    @ParameterizedTest
    @CsvSource({"/a, /a?, true", "/a?, /a, true", "/a?x, /a?x=, false", "/a?x=1&y=2, /a?y=2&x=1, false"})
    void sig02OnlyALoneQuestionMarkMakesNoDifference(String signed, String sent, boolean same) {
        String query = signed.contains("?") ? signed.substring(signed.indexOf('?') + 1) : "";
        String input = "(\"@method\" \"@authority\" \"@path\" \"@query\");created=1767268800;keyid=\"" + KEY_ID
                + "\";nonce=\"0123456789abcdef\"";
        String base = "\"@method\": GET\n\"@authority\": app.example\n\"@path\": /a\n\"@query\": ?" + query
                + "\n\"@signature-params\": " + input;
        String signature = Signing.base64(shared.sign(base.getBytes(StandardCharsets.US_ASCII)));
        FakeRequest request = FakeRequest.get(sent)
                .header("Signature-Input", "s=" + input)
                .header("Signature", "s=:" + signature + ":");
        assertEquals(same ? null : BAD_SIGNATURE, refused(request));
    }

    @Test
    void sig05RefusesAnHmacThatIsKeyedWithThePublicKey() {
        for (SignatureAlgorithm algorithm : List.of(SignatureAlgorithm.ED25519, SignatureAlgorithm.ECDSA_P256_SHA256)) {
            SignatureKey open = Signing.pair(algorithm).open();
            SignatureKey confused = SignatureKey.shared(Secret.of(open.encodedPublic()));
            Raw raw = raw(ALL, "0123456789abcdef");
            FakeRequest request = request(raw.input, ':' + Signing.base64(confused.sign(raw.base())) + ':');
            SignatureVerifier.Result result = verifier.verify(request, id -> List.of(open));
            assertEquals(new SignatureVerifier.Result("", BAD_SIGNATURE), result);
        }
    }

    @Test
    void sig06RefusesEveryOtherSpellingOfARightSignature() {
        int nonce = 1_000_000_000;
        Raw raw = raw(ALL, "nonce-" + nonce);
        String right = Signing.base64(shared.sign(raw.base()));
        while (!right.matches(".*\\+.*/.*")) { // so that the URL alphabet makes another text
            raw = raw(ALL, "nonce-" + ++nonce);
            right = Signing.base64(shared.sign(raw.base()));
        }
        for (String other : List.of(
                ':' + right.replace("=", "") + ':',
                ':' + right + "=:",
                ": " + right + ':',
                ':' + right.replace('+', '-').replace('/', '_') + ':',
                '"' + right + '"')) {
            assertEquals(MALFORMED_CREDENTIAL, refused(request(raw.input, other)), other);
        }
        for (String other : List.of(':' + right.substring(0, 40) + ':', ":AAAA" + right + ':')) {
            assertEquals(BAD_SIGNATURE, refused(request(raw.input, other)), other);
        }
        assertEquals(null, refused(request(raw.input, ':' + right + ':')));
    }

    @Test
    void sig06RefusesAnEcdsaSignatureInAnotherEncodingOrOfZeros() {
        Signing.Pair pair = Signing.pair(SignatureAlgorithm.ECDSA_P256_SHA256);
        Raw raw = raw(ALL, "0123456789abcdef");
        byte[] right = pair.secret().sign(raw.base());
        assertEquals(64, right.length);
        for (byte[] wrong : List.of(new byte[64], new byte[0], new byte[63], new byte[65], der(right))) {
            SignatureVerifier.Result result =
                    verifier.verify(request(raw.input, ':' + Signing.base64(wrong) + ':'), id -> List.of(pair.open()));
            assertEquals(new SignatureVerifier.Result("", BAD_SIGNATURE), result);
        }
    }

    /** The ASN.1 form of r and s. */
    private static byte[] der(byte[] plain) {
        ByteArrayOutputStream parts = new ByteArrayOutputStream();
        for (int half = 0; half < 2; half++) {
            byte[] number = new BigInteger(1, Arrays.copyOfRange(plain, half * 32, half * 32 + 32)).toByteArray();
            parts.write(2);
            parts.write(number.length);
            parts.writeBytes(number);
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(0x30);
        whole.write(parts.size());
        whole.writeBytes(parts.toByteArray());
        return whole.toByteArray();
    }

    @Test
    void sig06ReadsFieldsOfAtMost4096Characters() {
        Raw raw = raw(ALL, "0123456789abcdef");
        String signature = ':' + Signing.base64(shared.sign(raw.base())) + ':';
        // Blanks before the dictionary are no part of what is signed.
        String input = " ".repeat(4096 - 2 - raw.input.length()) + "s=" + raw.input;
        FakeRequest longer = plain().header("Signature", "s=" + signature).header("Signature-Input", ' ' + input);
        assertEquals(MALFORMED_CREDENTIAL, refused(longer));
        assertEquals(null, refused(plain().header("Signature", "s=" + signature).header("Signature-Input", input)));
    }

    @Test
    void sig08AStoreThatIsDownIsAFault() {
        SignatureVerifier broken = new SignatureVerifier(
                (purpose, value, until) -> {
                    throw new IllegalStateException("down");
                },
                clock,
                1024,
                Set.of(),
                null);
        Raw raw = raw(ALL, "0123456789abcdef");
        FakeRequest request = request(raw.input, ':' + Signing.base64(shared.sign(raw.base())) + ':');
        assertThrows(IllegalStateException.class, () -> broken.verify(request, id -> List.of(shared)));
    }
}
