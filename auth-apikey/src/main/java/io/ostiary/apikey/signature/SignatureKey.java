package io.ostiary.apikey.signature;

import io.ostiary.core.Secret;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key that is bound to its algorithm, so that no request can choose another one. A shared secret signs and verifies, a
 * private key signs, a public key verifies. Immutable and thread-safe; it never prints.
 */
public final class SignatureKey {
    /** Least length of a shared secret in bytes. */
    public static final int MIN_SECRET_BYTES = 32;

    private final SignatureAlgorithm algorithm;
    private final Key key;

    private SignatureKey(SignatureAlgorithm algorithm, Key key) {
        this.algorithm = algorithm;
        this.key = key;
    }

    /**
     * Takes a shared secret for {@code hmac-sha256}.
     *
     * @param secret at least {@value #MIN_SECRET_BYTES} bytes
     * @return a key for both sides
     * @throws IllegalArgumentException if it is shorter
     */
    public static SignatureKey shared(Secret secret) {
        if (secret.size() < MIN_SECRET_BYTES) {
            throw new IllegalArgumentException("a shared secret has at least " + MIN_SECRET_BYTES + " bytes");
        }
        return new SignatureKey(
                SignatureAlgorithm.HMAC_SHA256,
                new SecretKeySpec(secret.revealBytes(), SignatureAlgorithm.HMAC_SHA256.jdkName()));
    }

    /**
     * Reads a public key.
     *
     * @param algorithm not {@code HMAC_SHA256}
     * @param text SubjectPublicKeyInfo, in base64 or PEM
     * @return a key that verifies
     * @throws IllegalArgumentException if it is not a public key for the algorithm
     */
    public static SignatureKey ofPublic(SignatureAlgorithm algorithm, String text) {
        try {
            PublicKey key = factory(algorithm).generatePublic(new X509EncodedKeySpec(decode(text)));
            return checked(algorithm, key);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException("not a public key for " + algorithm.registeredName());
        }
    }

    /**
     * Reads a private key.
     *
     * @param algorithm not {@code HMAC_SHA256}
     * @param text PKCS #8, in base64 or PEM
     * @return a key that signs
     * @throws IllegalArgumentException if it is not a private key for the algorithm
     */
    public static SignatureKey ofPrivate(SignatureAlgorithm algorithm, String text) {
        try {
            PrivateKey key = factory(algorithm).generatePrivate(new PKCS8EncodedKeySpec(decode(text)));
            return checked(algorithm, key);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException("not a private key for " + algorithm.registeredName());
        }
    }

    /**
     * Returns the only algorithm this key is used with.
     *
     * @return the algorithm
     */
    public SignatureAlgorithm algorithm() {
        return algorithm;
    }

    /**
     * Returns a public key as text.
     *
     * @return SubjectPublicKeyInfo in base64
     * @throws IllegalStateException if this is not a public key
     */
    public String encodedPublic() {
        if (!(key instanceof PublicKey)) {
            throw new IllegalStateException("only a public key is handed out");
        }
        return Base64.getEncoder().encodeToString(key.getEncoded());
    }

    byte[] sign(byte[] base) {
        try {
            if (algorithm == SignatureAlgorithm.HMAC_SHA256) {
                return hmac(base);
            }
            Signature signature = Signature.getInstance(algorithm.jdkName());
            signature.initSign((PrivateKey) key);
            signature.update(base);
            return signature.sign();
        } catch (GeneralSecurityException | ClassCastException e) {
            throw new IllegalStateException("this key cannot sign", e);
        }
    }

    boolean verify(byte[] base, byte[] signed) {
        try {
            if (algorithm == SignatureAlgorithm.HMAC_SHA256) {
                return MessageDigest.isEqual(hmac(base), signed);
            }
            Signature signature = Signature.getInstance(algorithm.jdkName());
            signature.initVerify((PublicKey) key);
            signature.update(base);
            return signature.verify(signed);
        } catch (GeneralSecurityException wrongLengthOrRange) {
            return false;
        }
    }

    private byte[] hmac(byte[] base) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(algorithm.jdkName());
        mac.init(key);
        return mac.doFinal(base);
    }

    private static KeyFactory factory(SignatureAlgorithm algorithm) throws GeneralSecurityException {
        return KeyFactory.getInstance(algorithm.keyType());
    }

    private static SignatureKey checked(SignatureAlgorithm algorithm, Key key) {
        if (key instanceof ECKey curve && curve.getParams().getOrder().bitLength() != 256) {
            throw new IllegalArgumentException("another curve than P-256");
        }
        return new SignatureKey(algorithm, key);
    }

    private static byte[] decode(String text) {
        String body = text.replaceAll("-----[A-Z ]{1,40}-----", "").replaceAll("\\s", "");
        return Base64.getDecoder().decode(body);
    }

    @Override
    public String toString() {
        return "SignatureKey[" + algorithm.registeredName() + "]";
    }
}
