package io.ostiary.core.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import io.ostiary.core.Secret;
import io.ostiary.core.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Signs JWTs with a private key that never leaves it. Immutable and thread-safe. */
public final class JwtSigner {
    private static final int MIN_RSA_BITS = 2048;
    private final JWSSigner signer;
    private final JwsAlgorithm algorithm;
    private final @Nullable String kid;

    private JwtSigner(JWSSigner signer, JwsAlgorithm algorithm, @Nullable String kid) {
        this.signer = signer;
        this.algorithm = algorithm;
        this.kid = kid;
    }

    /**
     * Reads a key.
     *
     * @param pem PKCS#8 in PEM, that is, between {@code BEGIN PRIVATE KEY} lines
     * @param algorithm by which to sign
     * @param kid written into the header; null leaves it out
     * @return null if the text is no such key, or the key is weak or does not fit the algorithm
     */
    public static @Nullable JwtSigner of(Secret pem, JwsAlgorithm algorithm, @Nullable String kid) {
        try {
            JWSSigner signer = signer(key(pem, algorithm));
            return signer != null && signer.supportedJWSAlgorithms().contains(JWSAlgorithm.parse(algorithm.name()))
                    ? new JwtSigner(signer, algorithm, kid)
                    : null;
        } catch (GeneralSecurityException | JOSEException | IllegalArgumentException unusable) {
            return null;
        }
    }

    /**
     * Signs claims.
     *
     * @param claims what {@link Json#write} takes
     * @return a JWT in compact form
     */
    public String sign(Map<String, ?> claims) {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.parse(algorithm.name()))
                .type(JOSEObjectType.JWT)
                .keyID(kid)
                .build();
        JWSObject token = new JWSObject(header, new Payload(Json.write(claims)));
        try {
            token.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("a key that was accepted does not sign", e);
        }
        return token.serialize();
    }

    /** Hides the key. */
    @Override
    public String toString() {
        return "JwtSigner[" + algorithm + "]";
    }

    private static PrivateKey key(Secret pem, JwsAlgorithm algorithm) throws GeneralSecurityException {
        String text = new String(pem.revealBytes(), StandardCharsets.US_ASCII)
                .replace("-----BEGIN PRIVATE KEY-----", "")
                .replace("-----END PRIVATE KEY-----", "");
        byte[] der = Base64.getMimeDecoder().decode(text);
        return KeyFactory.getInstance(algorithm.curve().isEmpty() ? "RSA" : "EC")
                .generatePrivate(new PKCS8EncodedKeySpec(der));
    }

    private static @Nullable JWSSigner signer(PrivateKey key) throws JOSEException {
        if (key instanceof RSAPrivateKey rsa) {
            return rsa.getModulus().bitLength() < MIN_RSA_BITS ? null : new RSASSASigner(rsa);
        }
        return key instanceof ECPrivateKey ec ? new ECDSASigner(ec) : null;
    }
}
