package io.ostiary.apikey.signature;

import io.ostiary.core.Secret;
import io.ostiary.core.crypto.Tokens;
import io.ostiary.testkit.FakeRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Key pairs and signed requests that tests share. */
final class Signing {
    static final String TARGET = "/api/v1/orders?from=a%20b&from=c&x=";
    static final String FORM = "amount=12&currency=EUR";
    static final String TYPE = "application/x-www-form-urlencoded";

    private Signing() {}

    record Pair(SignatureKey secret, SignatureKey open) {}

    static Pair pair(SignatureAlgorithm algorithm) {
        if (algorithm == SignatureAlgorithm.HMAC_SHA256) {
            SignatureKey shared = SignatureKey.shared(Secret.of(new Tokens().bytes(32)));
            return new Pair(shared, shared);
        }
        try {
            boolean ec = algorithm == SignatureAlgorithm.ECDSA_P256_SHA256;
            KeyPairGenerator generator = KeyPairGenerator.getInstance(ec ? "EC" : "Ed25519");
            if (ec) {
                generator.initialize(new ECGenParameterSpec("secp256r1"));
            }
            KeyPair pair = generator.generateKeyPair();
            return new Pair(
                    SignatureKey.ofPrivate(algorithm, base64(pair.getPrivate().getEncoded())),
                    SignatureKey.ofPublic(algorithm, base64(pair.getPublic().getEncoded())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** The headers that sign {@link #post}. */
    static Map<String, String> signPost(SignatureKey key, String keyId, @Nullable String tag, InstantSource clock) {
        return new RequestSigner(keyId, key, tag, new Tokens(), clock)
                .sign("POST", URI.create("https://app.example" + TARGET), TYPE, FORM.getBytes(StandardCharsets.UTF_8));
    }

    static FakeRequest post(Map<String, String> headers) {
        FakeRequest request = FakeRequest.post(TARGET).overTls().form(FORM);
        headers.forEach(request::header);
        return request;
    }
}
