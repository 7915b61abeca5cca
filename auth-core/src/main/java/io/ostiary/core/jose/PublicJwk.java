package io.ostiary.core.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import io.ostiary.core.json.JsonObject;
import java.math.BigInteger;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One public key that is good for signatures.
 *
 * @param kid its id; null if it has none
 * @param algorithm name that the key is bound to; null for any of its kind
 * @param curve empty for RSA
 * @param verifier checks signatures
 * @param rsa null for EC
 */
record PublicJwk(
        @Nullable String kid,
        @Nullable String algorithm,
        String curve,
        JWSVerifier verifier,
        @Nullable RSAPublicKey rsa) {
    private static final int MIN_RSA_BITS = 2048;
    private static final int MAX_RSA_BITS = 8192;
    private static final int MAX_MEMBER_LENGTH = MAX_RSA_BITS / 6 + 8;
    private static final Map<String, Curve> CURVES =
            Map.of("P-256", Curve.P_256, "P-384", Curve.P_384, "P-521", Curve.P_521);

    /** Only the members that make up the number of a public key are read: no certificate, no URL, no private part. */
    static @Nullable PublicJwk parse(JsonObject jwk) {
        if (!forSignatures(jwk) || jwk.has("d") || jwk.has("k") || jwk.has("kid") && jwk.text("kid") == null) {
            return null;
        }
        try {
            String kty = jwk.text("kty");
            if ("RSA".equals(kty)) {
                return rsa(jwk);
            }
            return "EC".equals(kty) ? ec(jwk) : null;
        } catch (JOSEException | RuntimeException unusable) {
            return null;
        }
    }

    boolean fits(@Nullable String wantedKid, JwsAlgorithm wanted) {
        return (wantedKid == null || wantedKid.equals(kid))
                && (algorithm == null || algorithm.equals(wanted.name()))
                && curve.equals(wanted.curve());
    }

    /** True unless the signature is a variant that PKCS #1 does not allow but the platform does. */
    boolean exact(JwsAlgorithm by, byte[] input, byte[] signature) {
        return rsa == null || !by.name().startsWith("RS") || Pkcs1.exact(rsa, by, input, signature);
    }

    private static boolean forSignatures(JsonObject jwk) {
        List<String> operations = jwk.texts("key_ops");
        return (!jwk.has("use") || "sig".equals(jwk.text("use")))
                && (!jwk.has("key_ops") || operations != null && operations.contains("verify"));
    }

    private static @Nullable PublicJwk rsa(JsonObject jwk) throws JOSEException {
        Base64URL n = number(jwk, "n");
        Base64URL e = number(jwk, "e");
        if (n == null || e == null) {
            return null;
        }
        RSAPublicKey key = new RSAKey.Builder(n, e).build().toRSAPublicKey();
        int bits = key.getModulus().bitLength();
        BigInteger exponent = key.getPublicExponent();
        boolean strong = bits >= MIN_RSA_BITS
                && bits <= MAX_RSA_BITS
                && key.getModulus().testBit(0)
                && exponent.testBit(0)
                && exponent.compareTo(BigInteger.valueOf(3)) >= 0
                && exponent.bitLength() <= 64
                && !RocaCheck.suspects(key.getModulus());
        return strong ? new PublicJwk(jwk.text("kid"), jwk.text("alg"), "", new RSASSAVerifier(key), key) : null;
    }

    private static @Nullable PublicJwk ec(JsonObject jwk) throws JOSEException {
        String name = jwk.text("crv");
        Curve curve = name == null ? null : CURVES.get(name);
        Base64URL x = number(jwk, "x");
        Base64URL y = number(jwk, "y");
        if (name == null || curve == null || x == null || y == null) {
            return null;
        }
        // The builder refuses a point that is not on its curve.
        ECKey key = new ECKey.Builder(curve, x, y).build();
        return new PublicJwk(jwk.text("kid"), jwk.text("alg"), name, new ECDSAVerifier(key.toECPublicKey()), null);
    }

    private static @Nullable Base64URL number(JsonObject jwk, String name) {
        String text = jwk.text(name);
        return text == null || text.isEmpty() || text.length() > MAX_MEMBER_LENGTH ? null : new Base64URL(text);
    }
}
