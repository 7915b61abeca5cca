package io.ostiary.core.oauth;

import static io.ostiary.testkit.FakeOpenIdProviderToken.encode;

import io.ostiary.core.json.Json;
import io.ostiary.testkit.FakeOpenIdProviderToken;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.interfaces.RSAPrivateKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signatures that no honest signer makes. */
final class JwtForgery {
    private static final String RS256 = "{\"alg\":\"RS256\",\"kid\":\"r1\"}";

    private JwtForgery() {}

    static String json(FakeOpenIdProviderToken token) {
        return Json.write(token.claims());
    }

    static String input(String header, FakeOpenIdProviderToken token) {
        return encode(header) + "." + encode(json(token));
    }

    static String flipped(String token, int part) {
        String[] parts = token.split("\\.", -1);
        char[] chars = parts[part].toCharArray();
        int middle = chars.length / 2;
        chars[middle] = chars[middle] == 'A' ? 'B' : 'A';
        parts[part] = new String(chars);
        return String.join(".", parts);
    }

    static String hmac(String mac, String algorithm, String kid, FakeOpenIdProviderToken token, byte[] key) {
        try {
            String input = input(Json.write(Map.of("alg", algorithm, "kid", kid)), token);
            Mac hmac = Mac.getInstance(mac);
            hmac.init(new SecretKeySpec(key, mac));
            return input + "." + ByteArrays.encode(hmac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Raw RSA over a block that only careless padding checks take for one of PKCS #1 v1.5. */
    static String pkcs1(FakeOpenIdProviderToken token, String prefix, String more, int garbage) {
        try {
            String input = input(RS256, token);
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(input.getBytes(StandardCharsets.US_ASCII));
            byte[] info = ByteArrays.join(HexFormat.of().parseHex(prefix + more), hash);
            byte[] block = new byte[256];
            Arrays.fill(block, 2, 256 - info.length - 1 - garbage, (byte) 0xff);
            block[1] = 1;
            System.arraycopy(info, 0, block, 256 - info.length - garbage, info.length);
            RSAPrivateKey key = (RSAPrivateKey) Fixture.KEY.pair().getPrivate();
            byte[] signed = new BigInteger(1, block)
                    .modPow(key.getPrivateExponent(), key.getModulus())
                    .toByteArray();
            return input + "." + ByteArrays.encode(ByteArrays.fit(signed, 256));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static final class ByteArrays {
        static byte[] join(byte[] one, byte[] other) {
            byte[] both = Arrays.copyOf(one, one.length + other.length);
            System.arraycopy(other, 0, both, one.length, other.length);
            return both;
        }

        static byte[] fit(byte[] bytes, int length) {
            byte[] fitted = new byte[length];
            int count = Math.min(bytes.length, length);
            System.arraycopy(bytes, bytes.length - count, fitted, length - count, count);
            return fitted;
        }

        static String encode(byte[] bytes) {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        }
    }
}
