package io.ostiary.core.oauth;

import static io.ostiary.testkit.FakeOpenIdProviderToken.compact;
import static io.ostiary.testkit.FakeOpenIdProviderToken.encode;

import io.ostiary.testkit.FakeOpenIdProviderToken;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.ECPublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Forged and malformed JWTs, by the row that each belongs to. */
final class JwtAttacks {
    private static final String RS256 = "{\"alg\":\"RS256\",\"kid\":\"r1\"}";

    private JwtAttacks() {}

    /** Makes a token out of a right one. */
    record Attack(String name, Function<FakeOpenIdProviderToken, String> make) {}

    static Stream<Attack> refused(Fixture fixture) {
        List<Attack> all = new ArrayList<>();
        headers(all);
        keys(all);
        confusion(all);
        signatures(all);
        encrypted(all);
        payloads(all);
        claims(all, fixture);
        return all.stream();
    }

    static Stream<Attack> accepted(Fixture fixture) {
        double now = fixture.clock.instant().getEpochSecond();
        List<Attack> all = new ArrayList<>();
        all.add(new Attack("control", FakeOpenIdProviderToken::build));
        all.add(new Attack(
                "control ES256",
                t -> t.signedBy(Fixture.EC_KEY)
                        .algorithm("ES256")
                        .header("kid", "e1")
                        .build()));
        all.add(new Attack(
                "J36 kid missing, several keys", t -> t.header("kid", null).build()));
        all.add(new Attack("J54 fraction", t -> t.claim("exp", now + 100.5).build()));
        all.add(new Attack(
                "J57 array of one", t -> t.claim("aud", List.of(Fixture.CLIENT)).build()));
        all.add(new Attack("J67 8 kB", t -> t.claim("x", "x".repeat(8000)).build()));
        all.add(new Attack(
                "J72 30 s after its end",
                t -> t.claim("iat", now - 50).claim("exp", now - 30).build()));
        all.add(new Attack(
                "unknown header",
                t -> t.header("x5t", "abc").header("foo", "bar").build()));
        return all.stream();
    }

    private static void headers(List<Attack> all) {
        all.add(new Attack("J01 none", t -> encode("{\"alg\":\"none\"}") + "." + encode(JwtForgery.json(t)) + "."));
        for (String alg : List.of("\"none\"", "\"None\"", "\"nOnE\"", "null", "\"\"", "1", "[\"RS256\"]", "{}")) {
            header(all, "J04 alg " + alg, "{\"alg\":" + alg + ",\"kid\":\"r1\"}");
        }
        header(all, "J04 alg missing", "{\"kid\":\"r1\"}");
        for (String alg : List.of("rs256", "RS256 ", "\\tRS256", " RS256")) {
            header(all, "J05 alg " + alg, "{\"alg\":\"" + alg + "\",\"kid\":\"r1\"}");
        }
        header(all, "J06 none then RS256", "{\"alg\":\"none\",\"alg\":\"RS256\",\"kid\":\"r1\"}");
        header(all, "J06 RS256 then none", "{\"alg\":\"RS256\",\"alg\":\"none\",\"kid\":\"r1\"}");
        header(all, "J06 RS256 twice", "{\"alg\":\"RS256\",\"alg\":\"RS256\",\"kid\":\"r1\"}");
        header(all, "J37 crit unknown", "{\"alg\":\"RS256\",\"kid\":\"r1\",\"crit\":[\"x\"],\"x\":1}");
        for (String crit : List.of("[]", "[\"alg\"]", "\"exp\"", "[\"b64\",\"b64\"]", "[\"x\"]", "[1]", "null")) {
            header(all, "J38 crit " + crit, "{\"alg\":\"RS256\",\"kid\":\"r1\",\"crit\":" + crit + "}");
        }
        header(all, "b64 false", "{\"alg\":\"RS256\",\"kid\":\"r1\",\"b64\":false}");
        header(all, "zip", "{\"alg\":\"RS256\",\"kid\":\"r1\",\"zip\":\"DEF\"}");
        for (String type : List.of("\"at+jwt\"", "\"jwt;x\"", "7", "\"refresh+jwt\"", "null")) {
            header(all, "J60 typ " + type, "{\"alg\":\"RS256\",\"kid\":\"r1\",\"typ\":" + type + "}");
        }
        for (String kid : List.of("7", "null", "\"" + "k".repeat(600) + "\"", "[\"r1\"]")) {
            header(
                    all,
                    "kid " + kid.substring(0, Math.min(8, kid.length())),
                    "{\"alg\":\"RS256\",\"kid\":" + kid + "}");
        }
        header(all, "J52 comment", "{\"alg\":\"RS256\",/**/\"kid\":\"r1\"}");
        header(all, "J68 deep header", "{\"alg\":\"RS256\",\"x\":" + "[".repeat(3000) + "]".repeat(3000) + "}");
        header(all, "header is an array", "[" + RS256 + "]");
    }

    private static void keys(List<Attack> all) {
        all.add(new Attack(
                "J09 stranger's key", t -> t.signedBy(Fixture.STRANGER).build()));
        all.add(new Attack(
                "J26 jwk",
                t -> t.header("jwk", Fixture.STRANGER.jwk())
                        .signedBy(Fixture.STRANGER)
                        .build()));
        for (String jku : List.of(
                "https://op.example@evil.example/jwks",
                "https://op.example#evil",
                "https:\\\\evil.example",
                "https://op.example/../jwks")) {
            all.add(new Attack(
                    "J27 jku " + jku,
                    t -> t.header("jku", jku).signedBy(Fixture.STRANGER).build()));
        }
        all.add(new Attack(
                "J29 x5c",
                t -> t.header("x5c", List.of("MIIB")).signedBy(Fixture.STRANGER).build()));
        all.add(new Attack(
                "J30 x5t",
                t -> t.header("x5t#S256", "abc").signedBy(Fixture.STRANGER).build()));
        for (String kid : List.of("../../../../dev/null", "/proc/self/environ", "C:\\x", "r1' OR 1=1", "")) {
            all.add(new Attack(
                    "J31 HS256 kid " + kid, t -> JwtForgery.hmac("HmacSHA256", "HS256", kid, t, new byte[] {0})));
            all.add(new Attack(
                    "J31 RS256 kid " + kid,
                    t -> t.header("kid", kid).signedBy(Fixture.STRANGER).build()));
        }
        all.add(new Attack(
                "J36 stranger without kid",
                t -> t.header("kid", null).signedBy(Fixture.STRANGER).build()));
        all.add(new Attack("J61 right key, ES kid", t -> t.header("kid", "e1").build()));
    }

    private static void confusion(List<Attack> all) {
        byte[] spki = Fixture.KEY.pair().getPublic().getEncoded();
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(spki);
        String pem = "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----";
        Map<String, String> forms = new LinkedHashMap<>();
        forms.put("with LF", pem + "\n");
        forms.put("without LF", pem);
        forms.put("CRLF", pem.replace("\n", "\r\n"));
        forms.put("one line", pem.replace("\n", ""));
        forms.forEach((name, text) -> all.add(new Attack(
                "J10 " + name,
                t -> JwtForgery.hmac("HmacSHA256", "HS256", "r1", t, text.getBytes(StandardCharsets.US_ASCII)))));
        all.add(new Attack("J10 DER", t -> JwtForgery.hmac("HmacSHA256", "HS256", "r1", t, spki)));
        ECPublicKey ec = (ECPublicKey) Fixture.EC_KEY.pair().getPublic();
        byte[] x = ec.getW().getAffineX().toByteArray();
        all.add(new Attack("J12 x", t -> JwtForgery.hmac("HmacSHA256", "HS256", "e1", t, x)));
        all.add(new Attack("J12 SPKI", t -> JwtForgery.hmac("HmacSHA256", "HS256", "e1", t, ec.getEncoded())));
        byte[] secret = "canary-secret".getBytes(StandardCharsets.US_ASCII);
        all.add(new Attack("J13 client secret", t -> JwtForgery.hmac("HmacSHA256", "HS256", "r1", t, secret)));
        all.add(new Attack("J16 cut", t -> {
            String token = JwtForgery.hmac("HmacSHA256", "HS256", "r1", t, secret);
            return token.substring(0, token.length() - 4);
        }));
        all.add(new Attack("J17 HS512", t -> JwtForgery.hmac("HmacSHA512", "HS512", "r1", t, secret)));
        for (String name : List.of("HS1", "RS1", "MD5", "EdDSA", "Ed25519", "ES256K", "dir")) {
            header(all, "J17/J24 " + name, "{\"alg\":\"" + name + "\",\"kid\":\"r1\"}");
        }
        for (String name : List.of("RS384", "RS512", "PS256", "PS512")) {
            all.add(new Attack("J18 " + name, t -> t.algorithm(name).build()));
        }
    }

    private static void signatures(List<Attack> all) {
        all.add(new Attack("J07 RS256 without signature", t -> JwtForgery.input(RS256, t) + "."));
        all.add(new Attack("J07 HS256 without signature", t -> JwtForgery.input("{\"alg\":\"HS256\"}", t) + "."));
        for (int part = 0; part < 3; part++) {
            int which = part;
            all.add(new Attack("J09 part " + part, t -> JwtForgery.flipped(t.build(), which)));
        }
        all.add(new Attack("J09 padding", t -> t.build() + "=="));
        all.add(new Attack("J09 line break", t -> t.build() + "\n"));
        all.add(new Attack("J09 two parts", t -> JwtForgery.input(RS256, t)));
        all.add(new Attack("J09 four parts", t -> t.build() + ".x"));
        byte[] n = HexFormat.of().parseHex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
        Map<String, byte[]> pairs = new LinkedHashMap<>();
        pairs.put("zero", new byte[64]);
        pairs.put("n", JwtForgery.ByteArrays.join(n, n));
        byte[] one = new byte[64];
        one[31] = 1;
        pairs.put("one", one);
        pairs.put("short", new byte[63]);
        pairs.forEach((name, bytes) -> all.add(new Attack("J20 " + name, t -> {
            String input = JwtForgery.input("{\"alg\":\"ES256\",\"kid\":\"e1\"}", t);
            return input + "." + JwtForgery.ByteArrays.encode(bytes);
        })));
        all.add(new Attack("J23 without NULL", t -> JwtForgery.pkcs1(t, "302f300b0609608648016503040201", "0420", 0)));
        all.add(new Attack(
                "J23 garbage behind", t -> JwtForgery.pkcs1(t, "3031300d060960864801650304020105000420", "", 50)));
        all.add(new Attack("J23 wrong OID", t -> JwtForgery.pkcs1(t, "3031300d060960864801650304020205000420", "", 0)));
    }

    private static void encrypted(List<Attack> all) {
        for (String header : List.of(
                "{\"alg\":\"RSA-OAEP\",\"enc\":\"A256GCM\"}",
                "{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"zip\":\"DEF\"}",
                "{\"alg\":\"PBES2-HS256+A128KW\",\"enc\":\"A128CBC-HS256\",\"p2s\":\"AA\",\"p2c\":2147483647}",
                "{\"alg\":\"ECDH-ES\",\"enc\":\"A128GCM\",\"epk\":{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"}}")) {
            all.add(new Attack(
                    "J41-J46 " + header, t -> encode(header) + ".AA.AA." + encode(JwtForgery.json(t)) + ".AA"));
            header(all, "J42 three parts " + header, header);
        }
    }

    private static void payloads(List<Attack> all) {
        for (String payload : List.of("[]", "\"x\"", "1", "null", "true", "", "{", "{}", "{}{}")) {
            all.add(new Attack("J53 " + payload, t -> compact(RS256, payload, Fixture.KEY, "RS256")));
        }
        Map<String, Function<String, String>> texts = new LinkedHashMap<>();
        texts.put("duplicate sub", json -> json.substring(0, json.length() - 1) + ",\"sub\":\"admin\"}");
        texts.put("comment", json -> "{/*x*/" + json.substring(1));
        texts.put("trailing comma", json -> json.substring(0, json.length() - 1) + ",}");
        texts.put("NaN", json -> json.substring(0, json.length() - 1) + ",\"x\":NaN}");
        texts.put("single quotes", json -> json.replace('"', '\''));
        texts.put("trailing garbage", json -> json + "}{");
        texts.put("second object", json -> json + json);
        texts.put("half a character", json -> json.substring(0, json.length() - 1) + ",\"x\":\"\\ud800\"}");
        texts.put(
                "J68 deep",
                json -> json.substring(0, json.length() - 1) + ",\"x\":" + "[".repeat(20_000) + "]".repeat(20_000)
                        + "}");
        texts.put("J69 many", json -> json.substring(0, json.length() - 1) + ",\"x\":0".repeat(5000) + "}");
        texts.put("J67 64 kB", json -> json.substring(0, json.length() - 1) + ",\"x\":\"" + "x".repeat(65_536) + "\"}");
        texts.put(
                "J70 long number", json -> json.substring(0, json.length() - 1) + ",\"x\":" + "1".repeat(30_000) + "}");
        texts.forEach((name, bend) -> all.add(
                new Attack("J52 " + name, t -> compact(RS256, bend.apply(JwtForgery.json(t)), Fixture.KEY, "RS256"))));
        all.add(new Attack("J67 1 MB", t -> t.claim("x", "x".repeat(1_000_000)).build()));
    }

    private static void claims(List<Attack> all, Fixture fixture) {
        long now = fixture.clock.instant().getEpochSecond();
        for (String exp : List.of(
                "null",
                "\"\"",
                "\"9999999999\"",
                "true",
                "[]",
                "{}",
                "-1",
                "0",
                "-1e300",
                "1e999999999",
                "" + (now - 61),
                "" + (now - 600))) {
            claim(all, "J54 exp ", "exp", exp);
        }
        all.add(new Attack("J54 exp missing", t -> t.claim("exp", null).build()));
        String issuer = fixture.op.issuer();
        for (String iss : List.of(
                "null",
                "[\"" + issuer + "\",\"evil\"]",
                quoted(issuer + "/"),
                quoted(issuer.toUpperCase(java.util.Locale.ROOT)),
                quoted(issuer.replace("http:", "https:")),
                quoted(issuer + "\\u0000"),
                quoted(issuer.substring(1)),
                quoted(issuer.substring(0, 10)),
                quoted(" " + issuer))) {
            claim(all, "J56 iss ", "iss", iss);
        }
        all.add(new Attack("J56 iss missing", t -> t.claim("iss", null).build()));
        for (String aud : List.of(
                "null",
                "\"\"",
                "[]",
                "[1]",
                "[\"other\"]",
                "\"other\"",
                "\"client-1x\"",
                "\"client\"",
                "\"CLIENT-1\"",
                "[[\"client-1\"]]",
                "{\"a\":\"client-1\"}",
                "[\"client-1\",\"other\"]",
                "[\"client-1\",1]")) {
            claim(all, "J57 aud ", "aud", aud);
        }
        for (String iat : List.of("null", "\"now\"", "" + (now + 61), "1e300")) {
            claim(all, "iat ", "iat", iat);
        }
    }

    private static void header(List<Attack> all, String name, String header) {
        all.add(new Attack(name, t -> compact(header, JwtForgery.json(t), Fixture.KEY, "RS256")));
    }

    private static void claim(List<Attack> all, String name, String claim, String value) {
        all.add(new Attack(name + value, t -> {
            String json = JwtForgery.json(t.claim(claim, null));
            String bent = json.substring(0, json.length() - 1) + ",\"" + claim + "\":" + value + "}";
            return compact(RS256, bent, Fixture.KEY, "RS256");
        }));
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }
}
