package io.ostiary.core.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.ostiary.core.AuthOutcome;
import io.ostiary.core.config.ConfigurationException;
import io.ostiary.core.json.Json;
import io.ostiary.testkit.FakeRequest;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rows of the collection of forged tokens, by their ids, against every place that takes a token: the header, the access
 * cookie, the renewal and the withdrawal.
 */
final class JwtAttackTest {
    private static final Fixture RS = new Fixture("algorithm", "rs256", "key.1.pem", JwtForge.pem(JwtForge.RSA));
    private static final Fixture ES = new Fixture("algorithm", "es256", "key.1.pem", JwtForge.pem(JwtForge.EC));
    private static final Fixture HS =
            new Fixture("algorithm", "hs256", "key.1.pem", new String(JwtForge.SECRET, StandardCharsets.US_ASCII));
    private static final String KID = kid(RS);
    private static final String GOOD = Json.write(JwtForge.claims());

    private static String kid(Fixture fixture) {
        String header = fixture.issued().access().split("\\.", -1)[0];
        String text = new String(Base64.getUrlDecoder().decode(header), StandardCharsets.UTF_8);
        int at = text.indexOf("\"kid\":\"") + 7;
        return text.substring(at, text.indexOf('"', at));
    }

    private static String header(String alg, String more) {
        return "{\"alg\":" + alg + ",\"typ\":\"at+jwt\",\"kid\":\"" + KID + "\"" + more + "}";
    }

    private static String rs(String more, String payload) {
        return JwtForge.rs(header("\"RS256\"", more), payload);
    }

    /** A token that the service over the fixture must refuse. */
    private record Row(String id, Fixture fixture, String token) {}

    private static List<Row> headers() {
        List<Row> rows = new ArrayList<>();
        String valid = rs("", GOOD);
        String[] parts = valid.split("\\.", -1);
        for (String none : List.of("none", "None", "NONE", "nOnE")) {
            String head = JwtForge.b(header("\"" + none + "\"", ""));
            rows.add(new Row("J01 " + none, RS, head + '.' + parts[1] + '.'));
            rows.add(new Row("J01 " + none + " signed", RS, head + '.' + parts[1] + '.' + parts[2]));
        }
        for (String alg : List.of("null", "\"\"", "1", "[\"RS256\"]", "{}")) {
            rows.add(new Row("J04 " + alg, RS, JwtForge.rs(header(alg, ""), GOOD)));
        }
        rows.add(new Row("J04 missing", RS, JwtForge.rs("{\"typ\":\"at+jwt\",\"kid\":\"" + KID + "\"}", GOOD)));
        for (String alg : List.of("rs256", "RS256 ", "\\tRS256", "Rs256", "RS256\\u0000")) {
            rows.add(new Row("J05 '" + alg + "'", RS, JwtForge.rs(header("\"" + alg + "\"", ""), GOOD)));
        }
        rows.add(new Row("J06", RS, JwtForge.rs(header("\"none\",\"alg\":\"RS256\"", ""), GOOD)));
        rows.add(new Row("J06 reversed", RS, JwtForge.rs(header("\"RS256\",\"alg\":\"none\"", ""), GOOD)));
        rows.add(new Row("J07 RS256", RS, parts[0] + '.' + parts[1] + '.'));
        rows.add(new Row("J07 HS256", HS, hs("{}").replaceAll("[^.]*$", "")));
        for (int i = 0; i < 3; i++) {
            String[] flipped = parts.clone();
            char was = flipped[i].charAt(9);
            flipped[i] = flipped[i].substring(0, 9) + (was == 'A' ? 'B' : 'A') + flipped[i].substring(10);
            rows.add(new Row("J09 part " + i, RS, String.join(".", flipped)));
        }
        rows.add(new Row(
                "J74 other header", RS, JwtForge.b(header("\"RS256\"", ",\"x\":1")) + '.' + parts[1] + '.' + parts[2]));
        for (String more : List.of(
                ",\"crit\":[\"x\"],\"x\":1",
                ",\"crit\":[]",
                ",\"crit\":[\"alg\"]",
                ",\"crit\":\"exp\"",
                ",\"crit\":[\"b64\",\"b64\"],\"b64\":false",
                ",\"crit\":[\"x\"]",
                ",\"crit\":[1]")) {
            rows.add(new Row("J37 J38 " + more, RS, rs(more, GOOD)));
        }
        for (String more : List.of(
                ",\"enc\":\"A256GCM\"",
                ",\"zip\":\"DEF\"",
                ",\"b64\":false",
                ",\"p2c\":2147483647,\"enc\":\"A128GCM\"")) {
            rows.add(new Row("J42 J43 J44 " + more, RS, rs(more, GOOD)));
        }
        String jwe = JwtForge.b("{\"alg\":\"RSA-OAEP-256\",\"enc\":\"A256GCM\"}") + ".a2V5.aXY." + parts[1] + ".dGFn";
        rows.add(new Row("J41 J46 five parts", RS, jwe));
        rows.add(new Row("J52 comment", RS, JwtForge.rs("/**/" + header("\"RS256\"", ""), GOOD)));
        rows.add(new Row("J68 header", RS, JwtForge.b("[".repeat(100_000)) + '.' + parts[1] + '.' + parts[2]));
        return rows;
    }

    private static String hs(String more) {
        return JwtForge.hs("HmacSHA256", JwtForge.SECRET, hsHeader("HS256", more), GOOD);
    }

    private static String hsHeader(String alg, String unused) {
        return "{\"alg\":\"" + alg + "\",\"typ\":\"at+jwt\",\"kid\":\"" + kid(HS) + "\"}";
    }

    private static List<Row> keys() throws Exception {
        List<Row> rows = new ArrayList<>();
        String spki = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(JwtForge.RSA.getPublic().getEncoded());
        String pem = "-----BEGIN PUBLIC KEY-----\n" + spki + "\n-----END PUBLIC KEY-----";
        for (String key : List.of(pem, pem + "\n", pem.replace("\n", "\r\n"), pem.replace("\n", ""), spki)) {
            byte[] bytes = key.getBytes(StandardCharsets.US_ASCII);
            rows.add(new Row("J10", RS, JwtForge.hs("HmacSHA256", bytes, header("\"HS256\"", ""), GOOD)));
        }
        rows.add(new Row("J13", RS, JwtForge.hs("HmacSHA256", JwtForge.SECRET, header("\"HS256\"", ""), GOOD)));
        ECPublicKey open = (ECPublicKey) JwtForge.EC.getPublic();
        byte[] encoded = open.getEncoded();
        byte[] point = Arrays.copyOfRange(encoded, encoded.length - 65, encoded.length);
        String esKid = kid(ES);
        for (byte[] key : List.of(point, encoded, Arrays.copyOfRange(point, 1, 33))) {
            String head = "{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"kid\":\"" + esKid + "\"}";
            rows.add(new Row("J12", ES, JwtForge.hs("HmacSHA256", key, head, GOOD)));
        }
        String signed = hs("");
        byte[] mac = Base64.getUrlDecoder().decode(signed.substring(signed.lastIndexOf('.') + 1));
        for (int length : new int[] {0, 1, 10, 16, 31, 33}) {
            String cut = JwtForge.b(Arrays.copyOf(mac, length));
            rows.add(new Row("J16 " + length, HS, signed.substring(0, signed.lastIndexOf('.') + 1) + cut));
        }
        for (String alg : List.of("HS384", "HS512", "HS1", "RS1", "MD5", "ES256", "none")) {
            String java = alg.equals("HS384") ? "HmacSHA384" : alg.equals("HS512") ? "HmacSHA512" : "HmacSHA256";
            rows.add(new Row("J17 " + alg, HS, JwtForge.hs(java, JwtForge.SECRET, hsHeader(alg, ""), GOOD)));
        }
        rows.add(new Row("J18 RS384", RS, sign("SHA384withRSA", "RS384")));
        rows.add(new Row("J18 RS512", RS, sign("SHA512withRSA", "RS512")));
        rows.add(new Row("J18 PS256", RS, pss()));
        BigInteger n = open.getParams().getOrder();
        String input =
                JwtForge.b("{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"" + esKid + "\"}") + '.' + JwtForge.b(GOOD);
        for (BigInteger[] rs : new BigInteger[][] {
            {BigInteger.ZERO, BigInteger.ZERO},
            {n, n},
            {BigInteger.ONE, BigInteger.ZERO},
            {BigInteger.ZERO, BigInteger.ONE}
        }) {
            rows.add(new Row("J20", ES, input + '.' + JwtForge.b(concat(rs[0], rs[1]))));
        }
        rows.add(new Row(
                "J20 DER",
                ES,
                JwtForge.asymmetric(
                        "SHA256withECDSA",
                        JwtForge.EC.getPrivate(),
                        "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"" + esKid + "\"}",
                        GOOD)));
        for (int flaw = 0; flaw < 4; flaw++) {
            rows.add(new Row("J23 flaw " + flaw, RS, badPadding(flaw)));
        }
        for (String alg : List.of("EdDSA", "Ed25519", "Ed448")) {
            rows.add(new Row("J24 " + alg, RS, JwtForge.rs(header("\"" + alg + "\"", ""), GOOD)));
        }
        for (String more : List.of(
                ",\"jku\":\"https://app.example@evil.example/k\"",
                ",\"x5u\":\"https://evil.example/k\"",
                ",\"x5c\":[\"MIIB\"]",
                ",\"x5t\":\"AAAA\",\"x5t#S256\":\"BBBB\"",
                ",\"jwk\":{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}")) {
            String head = header("\"RS256\"", more);
            rows.add(new Row(
                    "J27 J29 J30 " + more,
                    RS,
                    JwtForge.asymmetric("SHA256withRSA", JwtForge.ATTACKER.getPrivate(), head, GOOD)));
        }
        for (String kid : List.of("../../../../dev/null", "/proc/self/environ", "C:\\\\x", "' OR 1=1 --", "", "x")) {
            String head = "{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"kid\":\"" + kid + "\"}";
            rows.add(new Row("J31 " + kid, HS, JwtForge.hs("HmacSHA256", new byte[1], head, GOOD)));
            rows.add(new Row("J31 right key " + kid, HS, JwtForge.hs("HmacSHA256", JwtForge.SECRET, head, GOOD)));
        }
        rows.add(new Row("J36", RS, JwtForge.rs("{\"alg\":\"RS256\",\"typ\":\"at+jwt\"}", GOOD)));
        return rows;
    }

    private static String sign(String java, String alg) {
        return JwtForge.asymmetric(java, JwtForge.RSA.getPrivate(), header("\"" + alg + "\"", ""), GOOD);
    }

    private static String pss() throws Exception {
        String input = JwtForge.b(header("\"PS256\"", "")) + '.' + JwtForge.b(GOOD);
        java.security.Signature signature = java.security.Signature.getInstance("RSASSA-PSS");
        signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        signature.initSign(JwtForge.RSA.getPrivate());
        signature.update(input.getBytes(StandardCharsets.US_ASCII));
        return input + '.' + JwtForge.b(signature.sign());
    }

    private static byte[] concat(BigInteger r, BigInteger s) {
        byte[] both = new byte[64];
        byte[] one = r.toByteArray();
        byte[] two = s.toByteArray();
        int from = Math.max(0, one.length - 32);
        System.arraycopy(one, from, both, 32 - (one.length - from), one.length - from);
        from = Math.max(0, two.length - 32);
        System.arraycopy(two, from, both, 64 - (two.length - from), two.length - from);
        return both;
    }

    /** Signed with the right key over a padding that is not the one of RFC 8017 section 9.2. */
    private static String badPadding(int flaw) throws Exception {
        String input = JwtForge.b(header("\"RS256\"", "")) + '.' + JwtForge.b(GOOD);
        byte[] hash =
                java.security.MessageDigest.getInstance("SHA-256").digest(input.getBytes(StandardCharsets.US_ASCII));
        String prefix = switch (flaw) {
            case 0 -> "3031300d060960864801650304020105000420"; // and garbage after the hash
            case 1 -> "302f300b0609608648016503040201" + "0420"; // no NULL
            case 2 -> "3031300d060960864801650304020205000420"; // another hash's name
            default -> "308131300d060960864801650304020105000420"; // a length in the long form
        };
        byte[] info = new BigInteger("00" + prefix, 16).toByteArray();
        byte[] block = new byte[256];
        Arrays.fill(block, (byte) 0xff);
        int tail = flaw == 0 ? 16 : 0;
        int at = 256 - tail - hash.length - info.length;
        block[0] = 0;
        block[1] = 1;
        block[at - 1] = 0;
        System.arraycopy(info, 0, block, at, info.length);
        System.arraycopy(hash, 0, block, at + info.length, hash.length);
        RSAPrivateKey key = (RSAPrivateKey) JwtForge.RSA.getPrivate();
        byte[] raw = new BigInteger(1, block)
                .modPow(key.getPrivateExponent(), key.getModulus())
                .toByteArray();
        byte[] signature = new byte[256];
        int from = Math.max(0, raw.length - 256);
        System.arraycopy(raw, from, signature, 256 - (raw.length - from), raw.length - from);
        return input + '.' + JwtForge.b(signature);
    }

    private static List<Row> payloads() {
        List<Row> rows = new ArrayList<>();
        for (String payload : List.of(
                "[]",
                "\"x\"",
                "1",
                "null",
                "true",
                "",
                GOOD + "}{",
                GOOD.replace("}", ",}"),
                "/* */" + GOOD,
                GOOD.replace('"', '\''),
                GOOD.replace("\"j1\"", "NaN"),
                "{\"sub\":\"https://op.example#admin\"," + GOOD.substring(1))) {
            rows.add(new Row("J52 J53 " + payload, RS, rs("", payload)));
        }
        for (String exp : List.of(
                "null",
                "\"\"",
                "\"9999999999\"",
                "true",
                "[]",
                "{}",
                "-1",
                "0",
                "1e300",
                "9223372036854775807",
                "1767268799",
                "1767268738",
                "1767269100000",
                "1e999999999",
                "NaN")) {
            rows.add(new Row("J54 J70 " + exp, RS, rs("", JwtForge.withRaw("exp", exp))));
        }
        rows.add(new Row("J70 digits", RS, rs("", JwtForge.withRaw("exp", "1".repeat(40_000)))));
        for (String iss : List.of(
                "null",
                "[\"https://app.example\",\"evil\"]",
                "\"https://app.example/\"",
                "\"\"",
                "\"HTTPS://APP.EXAMPLE\"",
                "\"http://app.example\"",
                "\"https://app.example\\u0000\"",
                "\"https://app\"",
                "\"https://app.example.evil\"",
                "\"https://op.example\"")) {
            rows.add(new Row("J56 " + iss, RS, rs("", JwtForge.withRaw("iss", iss))));
        }
        for (String aud : List.of(
                "null",
                "\"\"",
                "[]",
                "[1]",
                "[\"other\"]",
                "\"other\"",
                "\"https://app.examplex\"",
                "\"https://app\"",
                "\"HTTPS://APP.EXAMPLE\"",
                "[[\"https://app.example\"]]",
                "{\"https://app.example\":\"https://app.example\"}",
                "[\"https://app.example\",1]")) {
            rows.add(new Row("J57 J61 " + aud, RS, rs("", JwtForge.withRaw("aud", aud))));
        }
        for (String claim :
                List.of("iss", "aud", "exp", "iat", "sub", "jti", "sid", "client_id", "roles", "auth_time")) {
            rows.add(new Row("J54 J56 J57 without " + claim, RS, rs("", Json.write(JwtForge.with(claim, null)))));
        }
        for (String roles : List.of("\"admin,user\"", "{\"admin\":true}", "null", "[1]", "[\" \"]", "[[\"admin\"]]")) {
            rows.add(new Row("J63 roles " + roles, RS, rs("", JwtForge.withRaw("roles", roles))));
        }
        for (String scope : List.of("[\"admin\"]", "null", "1", "{}")) {
            rows.add(new Row("J63 scope " + scope, RS, rs("", JwtForge.withRaw("scope", scope))));
        }
        List<String> many =
                java.util.stream.IntStream.range(0, 4000).mapToObj(i -> "r" + i).toList();
        rows.add(new Row("J63 roles too many", RS, rs("", Json.write(JwtForge.with("roles", many)))));
        rows.add(new Row("J67", RS, rs("", Json.write(JwtForge.with("x", "x".repeat(1_000_000))))));
        rows.add(new Row("J68 payload", RS, rs("", JwtForge.withRaw("x", "[".repeat(40_000)))));
        rows.add(new Row("J68 closed", RS, rs("", JwtForge.withRaw("x", "[".repeat(9_000) + "]".repeat(9_000)))));
        StringBuilder claims = new StringBuilder("0");
        for (int i = 0; i < 20_000; i++) {
            claims.append(",\"c").append(i).append("\":1");
        }
        rows.add(new Row("J69", RS, rs("", JwtForge.withRaw("x", claims.toString()))));
        for (String typ : List.of("JWT", "jwt;x", "logout+jwt", "rt+jwt", "dpop+jwt", "at+jwt ", "application/jwt")) {
            rows.add(new Row(
                    "J59 J60 " + typ, RS, JwtForge.rs(header("\"RS256\"", "").replace("at+jwt", typ), GOOD)));
        }
        rows.add(new Row("J60 missing", RS, JwtForge.rs("{\"alg\":\"RS256\",\"kid\":\"" + KID + "\"}", GOOD)));
        rows.add(new Row("J60 number", RS, JwtForge.rs(header("\"RS256\"", "").replace("\"at+jwt\"", "1"), GOOD)));
        rows.add(new Row("J72 nbf", RS, rs("", JwtForge.withRaw("nbf", "1767268861"))));
        rows.add(new Row("J72 iat", RS, rs("", JwtForge.withRaw("iat", "1767268861"))));
        for (String sub : List.of("\"ada\"", "\"#ada\"", "\"https://op.example#\"", "1", "[]", "\"\"")) {
            rows.add(new Row("sub " + sub, RS, rs("", JwtForge.withRaw("sub", sub))));
        }
        return rows;
    }

    static Stream<Arguments> rows() throws Exception {
        List<Row> all = new ArrayList<>(headers());
        all.addAll(keys());
        all.addAll(payloads());
        return all.stream()
                .map(row -> argumentSet(
                        row.id().length() > 60 ? row.id().substring(0, 60) : row.id(), row.fixture(), row.token()));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void isRefusedEverywhere(Fixture fixture, String token) {
        assertInstanceOf(AuthOutcome.Failed.class, fixture.bearer(token));
        // Again, from whatever the first look may have left behind.
        assertInstanceOf(AuthOutcome.Failed.class, fixture.bearer(token));
        FakeRequest withCookie = FakeRequest.get("/").cookie("__Host-ostiary-access", token);
        assertEquals(AuthOutcome.absent(), fixture.service.authenticator().authenticate(withCookie));
        assertInstanceOf(TokenService.Renewal.Refused.class, fixture.renew(token));
        int told = fixture.events.size();
        fixture.service.revoke(FakeRequest.post("/"), token);
        assertEquals(told, fixture.events.size(), "nothing was there to withdraw");
    }

    @Test
    void theUntouchedTokensAreAccepted() {
        assertAccepted(RS, rs("", GOOD));
        assertAccepted(HS, hs(""));
        assertAccepted(RS, RS.issued().access());
        assertAccepted(ES, ES.issued().access());
        assertAccepted(HS, HS.issued().access());
    }

    @Test
    void j54J60J72WhatOnlyLooksWrongIsAccepted() {
        assertAccepted(RS, rs("", JwtForge.withRaw("exp", "1767269100.5")));
        assertAccepted(RS, JwtForge.rs(header("\"RS256\"", "").replace("at+jwt", "AT+JWT"), GOOD));
        assertAccepted(RS, JwtForge.rs(header("\"RS256\"", "").replace("at+jwt", "application/at+jwt"), GOOD));
        assertAccepted(RS, rs("", JwtForge.withRaw("aud", "[\"other\",\"https://app.example\"]")));
        assertAccepted(RS, rs("", JwtForge.withRaw("nbf", "1767268860")));
        assertAccepted(RS, rs("", JwtForge.withRaw("iat", "1767268860")));
    }

    @Test
    void j59ARefreshTokenIsNoAccessToken() {
        assertInstanceOf(AuthOutcome.Failed.class, RS.bearer(RS.issued().refresh()));
        assertInstanceOf(
                TokenService.Renewal.Refused.class, RS.renew(RS.issued().access()));
    }

    @Test
    void j72TheLeewayIsSixtySeconds() {
        Fixture now = new Fixture("algorithm", "rs256", "key.1.pem", JwtForge.pem(JwtForge.RSA));
        String token = rs("", GOOD);
        now.clock.advance(Duration.ofSeconds(359));
        assertAccepted(now, token);
        now.clock.advance(Duration.ofSeconds(1));
        assertInstanceOf(AuthOutcome.Failed.class, now.bearer(token));
    }

    @Test
    void j73ARetiringKeyIsBelievedUntilItsEndAndARemovedOneNotAtAll() {
        Fixture old = new Fixture();
        String token = old.issued().access();
        Fixture rotated = new Fixture("signing-key", "2", "key.1.until", "2026-01-01T12:10:00Z");
        assertAccepted(rotated, token);
        assertEquals(2, rotated.service.jwks().split("\"kid\"", -1).length - 1);
        rotated.clock.advance(Duration.ofMinutes(10));
        assertInstanceOf(AuthOutcome.Failed.class, new Fixture("signing-key", "2").bearer(token));
        TokenService later = rotated.node(Fixture.settings("signing-key", "2", "key.1.until", "2026-01-01T12:10:00Z"));
        assertInstanceOf(AuthOutcome.Failed.class, later.authenticator().authenticate(Fixture.with(token)));
        assertEquals(1, later.jwks().split("\"kid\"", -1).length - 1);
    }

    @Test
    void j80AlgorithmsThatProveNothingCannotBeConfigured() {
        for (String algorithm : List.of("none", "hs512", "es256,none", "[]")) {
            assertNotNull(assertThrows(ConfigurationException.class, () -> Fixture.settings("algorithm", algorithm))
                    .getMessage());
        }
    }

    private static void assertAccepted(Fixture fixture, String token) {
        assertInstanceOf(AuthOutcome.Authenticated.class, fixture.bearer(token), Map.of()::toString);
    }
}
