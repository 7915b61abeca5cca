package io.ostiary.apikey.signature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.core.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The signatures of RFC 9421 appendix B over the messages of that appendix. */
final class Rfc9421AppendixBTest {
    private static final String DIGEST = "Content-Digest: sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+Abw"
            + "AgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:";
    private static final TestMessage REQUEST = TestMessage.request(
            "POST",
            "/foo?param=Value&Pet=dog",
            "Host: example.com",
            "Date: Tue, 20 Apr 2021 02:07:55 GMT",
            "Content-Type: application/json",
            DIGEST,
            "Content-Length: 18");
    private static final TestMessage RESPONSE = TestMessage.response(
            200,
            "Date: Tue, 20 Apr 2021 02:07:56 GMT",
            "Content-Type: application/json",
            "Content-Digest: sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxoYhvlCFJ41QJgJc4GTsPp29l5oGX69wWdXymyU0rjJuahq4l5a"
                    + "GgfLQ==:",
            "Content-Length: 23");

    private final Map<String, String> keys = new HashMap<>();
    private final Map<String, SignedRequest> signatures = new HashMap<>();

    Rfc9421AppendixBTest() throws IOException {
        try (InputStream file = Objects.requireNonNull(getClass().getResourceAsStream("/rfc9421/appendix-b.txt"))) {
            new String(file.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .forEach(this::take);
        }
        assertEquals(8, signatures.size());
    }

    private void take(String[] cells) {
        if (cells[0].equals("key")) {
            keys.put(cells[1], cells[2]);
        } else {
            signatures.put(cells[0], Objects.requireNonNull(SignedRequest.of(List.of(cells[1]), List.of(cells[2]))));
        }
    }

    private SignedRequest signature(String label) {
        return Objects.requireNonNull(signatures.get(label));
    }

    private String key(String name) {
        return Objects.requireNonNull(keys.get(name));
    }

    private byte[] base(Message message, String label) {
        return Objects.requireNonNull(SignatureBase.of(message, signature(label).input()));
    }

    private boolean holds(SignatureKey key, Message message, String label) {
        return key.verify(base(message, label), signature(label).signature());
    }

    /** The algorithm is none of ours; that it verifies proves the base. */
    private boolean holdsByRsaPss(Message message, String label) throws GeneralSecurityException {
        Signature verifier = Signature.getInstance("RSASSA-PSS");
        verifier.setParameter(new PSSParameterSpec("SHA-512", "MGF1", MGF1ParameterSpec.SHA512, 64, 1));
        verifier.initVerify(KeyFactory.getInstance("RSA")
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(key("test-key-rsa-pss")))));
        verifier.update(base(message, label));
        return verifier.verify(signature(label).signature());
    }

    private SignatureKey ed25519() {
        return SignatureKey.ofPublic(SignatureAlgorithm.ED25519, key("test-key-ed25519"));
    }

    private SignatureKey p256() {
        return SignatureKey.ofPublic(SignatureAlgorithm.ECDSA_P256_SHA256, key("test-key-ecc-p256"));
    }

    @Test
    void b21MinimalSignature() throws GeneralSecurityException {
        assertTrue(holdsByRsaPss(REQUEST, "sig-b21"));
    }

    @Test
    void b22SelectiveCoveredComponents() throws GeneralSecurityException {
        assertTrue(holdsByRsaPss(REQUEST, "sig-b22"));
    }

    @Test
    void b23FullCoverage() throws GeneralSecurityException {
        assertTrue(holdsByRsaPss(REQUEST, "sig-b23"));
    }

    @Test
    void b24SigningAResponse() {
        assertTrue(holds(p256(), RESPONSE, "sig-b24"));
    }

    @Test
    void b25HmacSha256() {
        SignatureKey shared = SignatureKey.shared(Secret.of(Base64.getDecoder().decode(key("test-shared-secret"))));
        assertTrue(holds(shared, REQUEST, "sig-b25"));
        assertArrayEquals(signature("sig-b25").signature(), shared.sign(base(REQUEST, "sig-b25")));
    }

    @Test
    void b26Ed25519() {
        assertTrue(holds(ed25519(), REQUEST, "sig-b26"));
        SignatureKey secret = SignatureKey.ofPrivate(SignatureAlgorithm.ED25519, key("test-key-ed25519-private"));
        assertArrayEquals(signature("sig-b26").signature(), secret.sign(base(REQUEST, "sig-b26")));
    }

    @Test
    void b3TlsTerminatingProxy() {
        TestMessage internal = TestMessage.request(
                "POST",
                "/foo?param=Value&Pet=dog",
                "Host: service.internal.example",
                "Client-Cert: :" + key("client-cert") + ":");
        assertTrue(holds(p256(), internal, "ttrp"));
    }

    @Test
    void b4TransformationsThatKeepTheSignature() {
        assertTrue(transformed(
                "GET",
                "/demo?name1=Value1&Name2=value2",
                "Host: example.org",
                "Accept: application/json",
                "Accept: */*"));
        assertTrue(transformed(
                "GET",
                "/demo?name1=Value1&Name2=value2&param=added",
                "Host: example.org",
                "Accept: application/json",
                "Accept: */*",
                "Accept-Language: en-US,en;q=0.5"));
        assertTrue(transformed(
                "GET",
                "/demo?name1=Value1&Name2=value2",
                "Host: example.org",
                "Referer: https://developer.example.org/demo",
                "Accept: application/json, */*"));
        assertTrue(transformed(
                "GET",
                "/demo?name1=Value1&Name2=value2",
                "Accept: application/json",
                "Accept: */*",
                "Date: Fri, 15 Jul 2022 14:24:55 GMT",
                "Host: example.org"));
    }

    @Test
    void b4TransformationsThatBreakTheSignature() {
        assertFalse(transformed(
                "POST",
                "/demo?name1=Value1&Name2=value2",
                "Host: example.com",
                "Accept: application/json",
                "Accept: */*"));
        assertFalse(transformed(
                "GET",
                "/demo?name1=Value1&Name2=value2",
                "Host: example.org",
                "Accept: */*",
                "Accept: application/json"));
    }

    private boolean transformed(String method, String target, String... lines) {
        return holds(ed25519(), TestMessage.request(method, target, lines), "transform");
    }

    @Test
    void section25SignatureBase() {
        SignedRequest signed = Objects.requireNonNull(SignedRequest.of(
                List.of(
                        "s=(\"@method\" \"@authority\" \"@path\" \"content-digest\" \"content-length\" \"content-type\");"
                                + "created=1618884473;keyid=\"test-key-rsa-pss\""),
                List.of("s=:AA==:")));
        assertEquals(
                "\"@method\": POST\n\"@authority\": example.com\n\"@path\": /foo\n\"content-digest\":"
                        + DIGEST.substring(15)
                        + "\n\"content-length\": 18\n\"content-type\": application/json\n\"@signature-params\": (\"@method\" "
                        + "\"@authority\" \"@path\" \"content-digest\" \"content-length\" \"content-type\");created="
                        + "1618884473;keyid=\"test-key-rsa-pss\"",
                new String(
                        Objects.requireNonNull(SignatureBase.of(REQUEST, signed.input())), StandardCharsets.US_ASCII));
    }
}
