package io.ostiary.core.jose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.core.Secret;
import io.ostiary.core.json.Json;
import io.ostiary.core.json.JsonException;
import io.ostiary.testkit.FakeOpenIdProviderKey;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class KeySetTest {
    private static final FakeOpenIdProviderKey RSA = FakeOpenIdProviderKey.rsa("r", 2048);
    private static final FakeOpenIdProviderKey EC = FakeOpenIdProviderKey.ec("e");

    @Test
    void holdsSoundKeys() throws JsonException {
        assertEquals(2, size(RSA.jwk(), EC.jwk()));
    }

    @ParameterizedTest
    @MethodSource("unusable")
    void jwk04LeavesOutUnusableKeys(String why, Map<String, Object> jwk) throws JsonException {
        assertEquals(0, size(jwk), why);
    }

    static Stream<Arguments> unusable() {
        BigInteger n = new BigInteger(
                1, Base64.getUrlDecoder().decode(String.valueOf(RSA.jwk().get("n"))));
        BigInteger roca = roca();
        return Stream.of(
                Arguments.of("1024 bits", FakeOpenIdProviderKey.rsa("w", 1024).jwk()),
                Arguments.of("e=1", with(RSA, "e", "AQ")),
                Arguments.of("even e", with(RSA, "e", "BA")),
                Arguments.of("huge e", with(RSA, "e", String.valueOf(RSA.jwk().get("n")))),
                Arguments.of("even modulus", with(RSA, "n", encode(n.add(BigInteger.ONE)))),
                Arguments.of(
                        "16384 bits",
                        with(RSA, "n", encode(BigInteger.ONE.shiftLeft(16_383).setBit(0)))),
                Arguments.of("empty modulus", with(RSA, "n", "")),
                Arguments.of("modulus is a number", with(RSA, "n", 7)),
                Arguments.of("ROCA", with(RSA, "n", encode(roca))),
                Arguments.of("off curve", with(EC, "y", String.valueOf(EC.jwk().get("x")))),
                Arguments.of("unknown curve", with(EC, "crv", "P-192")),
                Arguments.of("infinity", with(EC, "x", "")),
                Arguments.of("encryption", with(RSA, "use", "enc")),
                Arguments.of("wrong operations", with(RSA, "key_ops", List.of("encrypt"))),
                Arguments.of("private", with(RSA, "d", "AQAB")),
                Arguments.of("kid is a number", with(RSA, "kid", 1)),
                Arguments.of("symmetric", Map.of("kty", "oct", "k", "AAAA")),
                Arguments.of("unknown type", Map.of("kty", "OKP", "crv", "Ed25519", "x", "AAAA")),
                Arguments.of("empty", Map.of()));
    }

    @Test
    void jwk05IsNoSetBeyondAHundredKeys() throws JsonException {
        List<Object> many = new ArrayList<>();
        for (int i = 0; i <= KeySet.MAX_KEYS; i++) {
            many.add(Map.of("kty", "oct"));
        }
        assertNull(KeySet.parse(Json.object(Json.write(Map.of("keys", many)), 100_000)));
        assertNull(KeySet.parse(Json.object("{}", 10)));
        assertNull(KeySet.parse(Json.object("{\"keys\":{}}", 100)));
    }

    @Test
    void usesAKeyOnlyForItsOwnAlgorithm() throws JsonException {
        KeySet bound = set(with(RSA, "alg", "RS512"));
        SignedJwt token = parse("RS256");
        assertInstanceOf(SignedJwt.Verification.UnknownKey.class, token.verify(bound, Set.of(JwsAlgorithm.RS256)));
        assertInstanceOf(
                SignedJwt.Verification.Verified.class, token.verify(set(RSA.jwk()), Set.of(JwsAlgorithm.RS256)));
    }

    @ParameterizedTest
    @MethodSource("rsaAlgorithms")
    void checksEachRsaAlgorithm(JwsAlgorithm algorithm) throws JsonException {
        SignedJwt token = parse(algorithm.name());
        assertInstanceOf(SignedJwt.Verification.Verified.class, token.verify(set(RSA.jwk()), Set.of(algorithm)));
        assertInstanceOf(SignedJwt.Verification.Refused.class, token.verify(set(RSA.jwk()), Set.of()));
    }

    static Stream<JwsAlgorithm> rsaAlgorithms() {
        return Stream.of(JwsAlgorithm.values())
                .filter(algorithm -> algorithm.curve().isEmpty());
    }

    @Test
    void signsWhatItVerifies() throws JsonException {
        JwtSigner signer = JwtSigner.of(pem(EC), JwsAlgorithm.ES256, "e");
        assertNotNull(signer);
        String token = signer.sign(Map.of("sub", "x"));
        SignedJwt parsed = SignedJwt.parse(token);
        assertNotNull(parsed);
        assertInstanceOf(
                SignedJwt.Verification.Verified.class, parsed.verify(set(EC.jwk()), Set.of(JwsAlgorithm.ES256)));
        assertFalse(signer.toString().contains(token));
        assertEquals("SignedJwt[hidden]", parsed.toString());
    }

    @Test
    void takesNoKeyThatIsWeakOrOfAnotherKind() {
        assertNull(JwtSigner.of(pem(EC), JwsAlgorithm.RS256, null));
        assertNull(JwtSigner.of(pem(RSA), JwsAlgorithm.ES256, null));
        assertNull(JwtSigner.of(pem(EC), JwsAlgorithm.ES384, null));
        assertNull(JwtSigner.of(pem(FakeOpenIdProviderKey.rsa("w", 1024)), JwsAlgorithm.RS256, null));
        assertNull(JwtSigner.of(Secret.of("no key"), JwsAlgorithm.RS256, null));
    }

    @Test
    void rocaCheckSuspectsOnlyTheBrokenGenerator() {
        assertTrue(RocaCheck.suspects(roca()));
        for (int i = 0; i < 3; i++) {
            BigInteger n = new BigInteger(
                    1,
                    Base64.getUrlDecoder()
                            .decode(String.valueOf(
                                    FakeOpenIdProviderKey.rsa("x", 2048).jwk().get("n"))));
            assertFalse(RocaCheck.suspects(n));
        }
    }

    /** A number that is 65537 modulo every small prime, as the broken generator's moduli are powers of it. */
    private static BigInteger roca() {
        BigInteger product = BigInteger.ONE;
        for (int prime = 2; prime < 170; prime++) {
            if (BigInteger.valueOf(prime).isProbablePrime(20)) {
                product = product.multiply(BigInteger.valueOf(prime));
            }
        }
        return product.shiftLeft(2047 - product.bitLength() + 1).add(BigInteger.valueOf(65_537));
    }

    private static SignedJwt parse(String algorithm) {
        String token = io.ostiary.testkit.FakeOpenIdProviderToken.compact(
                "{\"alg\":\"" + algorithm + "\",\"kid\":\"r\"}", "{\"sub\":\"x\"}", RSA, algorithm);
        SignedJwt parsed = SignedJwt.parse(token);
        assertNotNull(parsed);
        return parsed;
    }

    private static int size(Map<?, ?>... keys) throws JsonException {
        return set(keys).size();
    }

    private static KeySet set(Map<?, ?>... keys) throws JsonException {
        KeySet set = KeySet.parse(Json.object(Json.write(Map.of("keys", List.of(keys))), 100_000));
        assertNotNull(set);
        return set;
    }

    private static Map<String, Object> with(FakeOpenIdProviderKey key, String name, Object value) {
        Map<String, Object> jwk = key.jwk();
        jwk.put(name, value);
        return jwk;
    }

    private static Secret pem(FakeOpenIdProviderKey key) {
        return Secret.of("-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(key.pair().getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n");
    }

    private static String encode(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int skip = bytes[0] == 0 ? 1 : 0;
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(java.util.Arrays.copyOfRange(bytes, skip, bytes.length));
    }
}
