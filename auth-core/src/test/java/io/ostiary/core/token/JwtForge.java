package io.ostiary.core.token;

import io.ostiary.core.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Makes tokens that are almost right. */
final class JwtForge {
    static final KeyPair RSA = pair("RSA");
    static final KeyPair EC = pair("EC");
    static final KeyPair ATTACKER = pair("RSA");
    static final byte[] SECRET = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private JwtForge() {}

    static String pem(KeyPair pair) {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----";
    }

    static String b(String text) {
        return b(text.getBytes(StandardCharsets.UTF_8));
    }

    static String b(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Claims that are right at noon of the first day of 2026. */
    static Map<String, Object> claims() {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", Fixture.ISSUER);
        claims.put("sub", "https://op.example#ada");
        claims.put("aud", Fixture.ISSUER);
        claims.put("client_id", "ostiary");
        claims.put("iat", 1767268800L);
        claims.put("exp", 1767269100L);
        claims.put("jti", "j1");
        claims.put("sid", "f1");
        claims.put("name", "ada");
        claims.put("auth_time", 1767268800L);
        claims.put("amr", java.util.List.of());
        claims.put("roles", java.util.List.of("editor"));
        return claims;
    }

    static Map<String, Object> with(String name, @Nullable Object value) {
        Map<String, Object> claims = claims();
        claims.remove(name);
        if (value != null) {
            claims.put(name, value);
        }
        return claims;
    }

    /** Claims as text, one of them replaced by any text. */
    static String withRaw(String name, String raw) {
        String rest = Json.write(with(name, null));
        return "{\"" + name + "\":" + raw + "," + rest.substring(1);
    }

    static String rs(String header, String payload) {
        return asymmetric("SHA256withRSA", RSA.getPrivate(), header, payload);
    }

    static String asymmetric(String algorithm, PrivateKey key, String header, String payload) {
        String input = b(header) + '.' + b(payload);
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(input.getBytes(StandardCharsets.US_ASCII));
            return input + '.' + b(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static String hs(String algorithm, byte[] key, String header, String payload) {
        String input = b(header) + '.' + b(payload);
        return input + '.' + b(mac(algorithm, key, input));
    }

    static byte[] mac(String algorithm, byte[] key, String input) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return mac.doFinal(input.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyPair pair(String kind) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
            if (kind.equals("EC")) {
                generator.initialize(new ECGenParameterSpec("secp256r1"));
            } else {
                generator.initialize(2048);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
