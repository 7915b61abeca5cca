package io.ostiary.testkit;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** A signing key of a {@link FakeOpenIdProvider}. Immutable and thread-safe. */
public final class FakeOpenIdProviderKey {
    private final String kid;
    private final KeyPair pair;

    private FakeOpenIdProviderKey(String kid, KeyPair pair) {
        this.kid = kid;
        this.pair = pair;
    }

    /**
     * Makes an RSA key.
     *
     * @param kid its id
     * @param bits length of the modulus
     * @return a new key
     */
    public static FakeOpenIdProviderKey rsa(String kid, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return new FakeOpenIdProviderKey(kid, generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has RSA", e);
        }
    }

    /**
     * Makes a P-256 key.
     *
     * @param kid its id
     * @return a new key
     */
    public static FakeOpenIdProviderKey ec(String kid) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return new FakeOpenIdProviderKey(kid, generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has EC", e);
        }
    }

    /**
     * Returns the same key under another id.
     *
     * @param other the id
     * @return a copy
     */
    public FakeOpenIdProviderKey withKid(String other) {
        return new FakeOpenIdProviderKey(other, pair);
    }

    /**
     * Returns the id.
     *
     * @return as in {@code kid}
     */
    public String kid() {
        return kid;
    }

    /**
     * Returns both halves.
     *
     * @return the pair
     */
    public KeyPair pair() {
        return pair;
    }

    /**
     * Returns the usual algorithm of this kind of key.
     *
     * @return {@code RS256} or {@code ES256}
     */
    public String algorithm() {
        return pair.getPublic() instanceof RSAPublicKey ? "RS256" : "ES256";
    }

    /**
     * Returns the public half as a JWK.
     *
     * @return a new, changeable map
     */
    public Map<String, Object> jwk() {
        Map<String, Object> jwk = new LinkedHashMap<>();
        jwk.put("kid", kid);
        jwk.put("use", "sig");
        if (pair.getPublic() instanceof RSAPublicKey rsa) {
            jwk.put("kty", "RSA");
            jwk.put("n", base64(unsigned(rsa.getModulus(), 0)));
            jwk.put("e", base64(unsigned(rsa.getPublicExponent(), 0)));
        } else if (pair.getPublic() instanceof ECPublicKey ec) {
            jwk.put("kty", "EC");
            jwk.put("crv", "P-256");
            jwk.put("x", base64(unsigned(ec.getW().getAffineX(), 32)));
            jwk.put("y", base64(unsigned(ec.getW().getAffineY(), 32)));
        }
        return jwk;
    }

    /**
     * Signs.
     *
     * @param algorithm a name of RFC 7518 section 3.1 that fits the key
     * @param input signing input
     * @return the signature as JWS has it
     */
    public byte[] sign(String algorithm, String input) {
        try {
            Signature signature = signature(algorithm);
            signature.initSign(pair.getPrivate());
            signature.update(input.getBytes(StandardCharsets.US_ASCII));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("this key cannot sign with " + algorithm, e);
        }
    }

    private static Signature signature(String algorithm) throws GeneralSecurityException {
        String bits = algorithm.substring(2);
        if (algorithm.startsWith("PS")) {
            Signature pss = Signature.getInstance("RSASSA-PSS");
            String hash = "SHA-" + bits;
            pss.setParameter(
                    new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), Integer.parseInt(bits) / 8, 1));
            return pss;
        }
        return Signature.getInstance(
                "SHA" + bits + (algorithm.startsWith("RS") ? "withRSA" : "withECDSAinP1363Format"));
    }

    private static byte[] unsigned(BigInteger number, int length) {
        byte[] bytes = number.toByteArray();
        byte[] stripped = bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
        byte[] padded = new byte[Math.max(length, stripped.length)];
        System.arraycopy(stripped, 0, padded, padded.length - stripped.length, stripped.length);
        return padded;
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Shows the id only. */
    @Override
    public String toString() {
        return "FakeOpenIdProviderKey[" + kid + "]";
    }
}
