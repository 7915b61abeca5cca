package io.ostiary.bench;

import io.ostiary.apikey.ApiKeyRecord;
import io.ostiary.apikey.ApiKeys;
import io.ostiary.apikey.signature.RequestSigner;
import io.ostiary.apikey.signature.SignatureAlgorithm;
import io.ostiary.apikey.signature.SignatureKey;
import io.ostiary.core.Secret;
import io.ostiary.core.crypto.MasterKey;
import io.ostiary.core.crypto.Tokens;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** One small POST, signed again and again, with a new nonce each time (RFC 9421). */
final class SignedRequests {
    static final String TYPE = "application/json";
    static final byte[] BODY = "{\"amount\":12}".getBytes(StandardCharsets.US_ASCII);
    private final RequestSigner signer;

    /** Lets a stored key sign. */
    SignedRequests(String algorithm, ApiKeys keys, ApiKeyRecord record) throws GeneralSecurityException {
        SignatureKey key = algorithm.equals("hmac") ? shared(keys, record) : ed25519(keys, record);
        signer = new RequestSigner(record.id(), key, null, new Tokens(), InstantSource.system());
    }

    private static SignatureKey shared(ApiKeys keys, ApiKeyRecord record) {
        return SignatureKey.shared(keys.shareSecret(record, new MasterKey(Secret.of(Jwts.SECRET)), Duration.ZERO)
                .secret());
    }

    private static SignatureKey ed25519(ApiKeys keys, ApiKeyRecord record) throws GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Base64.Encoder text = Base64.getEncoder();
        keys.trustPublicKey(
                record,
                SignatureAlgorithm.ED25519,
                text.encodeToString(pair.getPublic().getEncoded()),
                Duration.ZERO);
        return SignatureKey.ofPrivate(
                SignatureAlgorithm.ED25519,
                text.encodeToString(pair.getPrivate().getEncoded()));
    }

    /** As many as asked for: what each of them adds to the headers. */
    List<Map<String, String>> headers(String path, int many) {
        URI target = URI.create(Jwts.BASE + path);
        return IntStream.range(0, many)
                .parallel()
                .mapToObj(i -> signer.sign("POST", target, TYPE, BODY))
                .toList();
    }

    /** One header of all of them. */
    static List<byte[]> named(String name, List<Map<String, String>> headers) {
        return headers.stream()
                .map(all -> all.get(name).getBytes(StandardCharsets.ISO_8859_1))
                .toList();
    }
}
