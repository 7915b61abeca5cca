package io.ostiary.apikey;

import io.ostiary.apikey.ApiKeyRecord.Previous;
import io.ostiary.apikey.ApiKeyRecord.Proof;
import io.ostiary.apikey.ApiKeyRecord.Signing;
import io.ostiary.apikey.signature.SignatureAlgorithm;
import io.ostiary.apikey.signature.SignatureKey;
import io.ostiary.apikey.signature.SignatureVerifier;
import io.ostiary.core.AuthOutcome;
import io.ostiary.core.AuthRequest;
import io.ostiary.core.FailureReason;
import io.ostiary.core.Secret;
import io.ostiary.core.spi.Authenticator;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates a caller by a signature over the request (RFC 9421) whose {@code keyid} is the id of an API key. Key and
 * algorithm come from the key's record. Thread-safe; logs nothing.
 */
final class SignatureAuthenticator implements Authenticator {
    static final String SCHEME = "signature";

    private final String scheme;
    private final ApiKeyStore store;
    private final SigningSecrets secrets;
    private final SignatureVerifier verifier;
    private final String realm;
    private final InstantSource clock;
    private final RecordCheck check;

    SignatureAuthenticator(
            String scheme,
            ApiKeyStore store,
            SigningSecrets secrets,
            SignatureVerifier verifier,
            String realm,
            InstantSource clock,
            RecordCheck check) {
        this.scheme = scheme;
        this.store = store;
        this.secrets = secrets;
        this.verifier = verifier;
        this.realm = realm;
        this.clock = clock;
        this.check = check;
    }

    @Override
    public String scheme() {
        return scheme;
    }

    @Override
    public String challenge() {
        return "Signature realm=\"" + realm + "\"";
    }

    @Override
    public AuthOutcome authenticate(AuthRequest request) {
        Instant now = clock.instant();
        SignatureVerifier.Result result = verifier.verify(request, id -> keys(store.find(id), now));
        if (result == null) {
            return AuthOutcome.absent();
        }
        if (result.refused() != null) {
            return AuthOutcome.failed(result.refused());
        }
        ApiKeyRecord record = store.find(result.keyId());
        return record == null
                ? AuthOutcome.failed(FailureReason.UNKNOWN_CREDENTIAL)
                : check.judge(record, scheme, request, now);
    }

    private List<SignatureKey> keys(@Nullable ApiKeyRecord record, Instant now) {
        List<SignatureKey> keys = new ArrayList<>(2);
        if (record != null) {
            addKey(keys, record.id(), record.proof());
            Previous previous = record.previous();
            if (previous != null && now.isBefore(previous.until())) {
                addKey(keys, record.id(), previous.proof());
            }
        }
        return keys;
    }

    private void addKey(List<SignatureKey> keys, String id, Proof proof) {
        Signing signing = proof.signing();
        if (signing != null) {
            keys.add(key(id, signing));
        }
    }

    private SignatureKey key(String id, Signing signing) {
        SignatureAlgorithm algorithm = SignatureAlgorithm.of(signing.algorithm());
        if (algorithm == null) {
            throw new IllegalStateException("key " + id + " has a signing algorithm that is not supported");
        }
        if (algorithm != SignatureAlgorithm.HMAC_SHA256) {
            return SignatureKey.ofPublic(algorithm, signing.key());
        }
        Secret secret = secrets.open(id, signing.key());
        if (secret == null) {
            throw new IllegalStateException(
                    "the signing secret of key " + id + " cannot be opened: it was sealed under another master secret");
        }
        return SignatureKey.shared(secret);
    }
}
