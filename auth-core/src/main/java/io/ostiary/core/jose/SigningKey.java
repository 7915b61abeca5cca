package io.ostiary.core.jose;

import io.ostiary.core.Secret;
import io.ostiary.core.crypto.MasterKey;
import io.ostiary.core.crypto.Tokens;
import io.ostiary.core.json.Json;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * One key of the application for tokens of its own. Made out of the application's secret, so that every node has the same
 * without a key file, or read from one. Immutable and thread-safe.
 */
public final class SigningKey {
    private static final int MIN_RSA_BITS = 2048;
    private final OwnSignature signature;
    private final TokenAlgorithm algorithm;
    private final String kid;
    private final Map<String, String> publicJwk;

    private SigningKey(TokenAlgorithm algorithm, OwnSignature signature, String kid, Map<String, String> publicJwk) {
        this.algorithm = algorithm;
        this.signature = signature;
        this.kid = kid;
        this.publicJwk = publicJwk;
    }

    /**
     * Derives a key.
     *
     * @param algorithm any but RS256, whose keys cannot be derived
     * @param master the application's secret
     * @param name another name gives an unrelated key
     * @return the same key for the same secret and name, on every node
     * @throws IllegalArgumentException for RS256
     */
    public static SigningKey derived(TokenAlgorithm algorithm, MasterKey master, String name) {
        String purpose = "token " + algorithm + " key " + name;
        byte[] first = master.derive(purpose).revealBytes();
        try {
            return switch (algorithm) {
                case ES256 -> {
                    byte[] uniform = Arrays.copyOf(first, 64);
                    System.arraycopy(master.derive(purpose + " 2").revealBytes(), 0, uniform, 32, 32);
                    yield ec(P256.privateKey(uniform, P256.parameters()));
                }
                case EDDSA -> ed25519(first);
                case HS256 -> hmac(new SecretKeySpec(first, "HmacSHA256"));
                case RS256 -> throw new IllegalArgumentException("an RSA key cannot be derived");
            };
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform lacks " + algorithm, e);
        }
    }

    /**
     * Reads a key.
     *
     * @param algorithm what it is for
     * @param material PKCS#8 in PEM, that is, between {@code BEGIN PRIVATE KEY} lines; for HS256 at least 32 bytes of text
     * @return null if it is no such key, or too weak
     */
    public static @Nullable SigningKey of(TokenAlgorithm algorithm, Secret material) {
        try {
            if (algorithm == TokenAlgorithm.HS256) {
                return material.size() < MasterKey.MIN_BYTES
                        ? null
                        : hmac(new SecretKeySpec(material.revealBytes(), "HmacSHA256"));
            }
            PrivateKey key = read(algorithm, material);
            if (key instanceof RSAPrivateCrtKey rsa) {
                return rsa.getModulus().bitLength() < MIN_RSA_BITS || RocaCheck.suspects(rsa.getModulus())
                        ? null
                        : rsa(rsa);
            }
            if (key instanceof EdECPrivateKey ed) {
                byte[] bytes = ed.getBytes().orElse(new byte[0]);
                return bytes.length == 32 ? ed25519(bytes) : null;
            }
            ECParameterSpec curve = P256.parameters();
            boolean fits = key instanceof ECPrivateKey ec
                    && ec.getParams().getCurve().equals(curve.getCurve())
                    && ec.getS().signum() > 0
                    && ec.getS().compareTo(curve.getOrder()) < 0;
            return fits ? ec(((ECPrivateKey) key).getS()) : null;
        } catch (GeneralSecurityException | IllegalArgumentException unusable) {
            return null;
        }
    }

    /**
     * Returns the id of the key: for public keys the thumbprint of RFC 7638.
     *
     * @return goes into {@code kid}
     */
    public String kid() {
        return kid;
    }

    TokenAlgorithm algorithm() {
        return algorithm;
    }

    /** Empty for HMAC: there is nothing public about it. */
    Map<String, String> publicJwk() {
        return publicJwk;
    }

    byte[] sign(byte[] input) {
        return signature.sign(input);
    }

    boolean verifies(byte[] input, byte[] sealed) {
        return signature.verifies(input, sealed);
    }

    /** Hides the key. */
    @Override
    public String toString() {
        return "SigningKey[" + algorithm + ", " + kid + "]";
    }

    private static PrivateKey read(TokenAlgorithm algorithm, Secret pem) throws GeneralSecurityException {
        String text = new String(pem.revealBytes(), StandardCharsets.US_ASCII)
                .replace("-----BEGIN PRIVATE KEY-----", "")
                .replace("-----END PRIVATE KEY-----", "");
        String family = switch (algorithm) {
            case ES256 -> "EC";
            case EDDSA -> "Ed25519";
            default -> "RSA";
        };
        byte[] der = Base64.getMimeDecoder().decode(text);
        return KeyFactory.getInstance(family).generatePrivate(new PKCS8EncodedKeySpec(der));
    }

    private static SigningKey hmac(SecretKey key) {
        byte[] labelled =
                Arrays.copyOf("ostiary kid ".getBytes(StandardCharsets.US_ASCII), 12 + key.getEncoded().length);
        System.arraycopy(key.getEncoded(), 0, labelled, 12, key.getEncoded().length);
        String kid = encoded(Arrays.copyOf(Tokens.sha256(labelled), 8));
        return new SigningKey(TokenAlgorithm.HS256, new OwnSignature.Hmac(key), kid, Map.of());
    }

    private static SigningKey ec(BigInteger scalar) throws GeneralSecurityException {
        ECParameterSpec curve = P256.parameters();
        ECPoint point = P256.publicPoint(scalar, curve);
        KeyFactory factory = KeyFactory.getInstance("EC");
        PublicKey open = factory.generatePublic(new ECPublicKeySpec(point, curve));
        PrivateKey secret = factory.generatePrivate(new ECPrivateKeySpec(scalar, curve));
        return published(
                TokenAlgorithm.ES256,
                new OwnSignature.Asymmetric("SHA256withECDSAinP1363Format", secret, open),
                Map.of("kty", "EC", "crv", "P-256", "x", number(point.getAffineX()), "y", number(point.getAffineY())));
    }

    private static SigningKey ed25519(byte[] seed) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
        generator.initialize(NamedParameterSpec.ED25519, new Seed(seed));
        KeyPair pair = generator.generateKeyPair();
        byte[] used = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElse(new byte[0]);
        if (!java.security.MessageDigest.isEqual(used, seed)) {
            throw new GeneralSecurityException("the platform does not take a given Ed25519 key");
        }
        // The last 32 bytes of the encoding are the key itself (RFC 8410 section 4).
        byte[] der = pair.getPublic().getEncoded();
        String x = encoded(Arrays.copyOfRange(der, der.length - 32, der.length));
        return published(
                TokenAlgorithm.EDDSA,
                new OwnSignature.Asymmetric("Ed25519", pair.getPrivate(), pair.getPublic()),
                Map.of("kty", "OKP", "crv", "Ed25519", "x", x));
    }

    private static SigningKey rsa(RSAPrivateCrtKey key) throws GeneralSecurityException {
        RSAPublicKey open = (RSAPublicKey) KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
        return published(
                TokenAlgorithm.RS256,
                new OwnSignature.Asymmetric("SHA256withRSA", key, open),
                Map.of("kty", "RSA", "n", unsigned(key.getModulus()), "e", unsigned(key.getPublicExponent())));
    }

    private static SigningKey published(
            TokenAlgorithm algorithm, OwnSignature signature, Map<String, String> required) {
        String kid = Tokens.digest(Json.write(new TreeMap<>(required)));
        Map<String, String> jwk = new TreeMap<>(required);
        jwk.put("kid", kid);
        jwk.put("use", "sig");
        jwk.put("alg", algorithm.header());
        return new SigningKey(algorithm, signature, kid, Map.copyOf(jwk));
    }

    private static String number(BigInteger coordinate) {
        byte[] bytes = new byte[32];
        byte[] raw = coordinate.toByteArray();
        int from = Math.max(0, raw.length - 32);
        System.arraycopy(raw, from, bytes, 32 - (raw.length - from), raw.length - from);
        return encoded(bytes);
    }

    private static String unsigned(BigInteger number) {
        byte[] raw = number.toByteArray();
        return encoded(raw[0] == 0 ? Arrays.copyOfRange(raw, 1, raw.length) : raw);
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Hands a key generator the key to generate. */
    private static final class Seed extends SecureRandom {
        private static final long serialVersionUID = 1L;
        private final transient byte[] seed;

        Seed(byte[] seed) {
            this.seed = seed;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            if (bytes.length != seed.length) {
                throw new IllegalStateException("the platform makes Ed25519 keys in another way");
            }
            System.arraycopy(seed, 0, bytes, 0, seed.length);
        }
    }
}
