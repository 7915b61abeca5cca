package io.ostiary.apikey;

import io.ostiary.core.AuthOutcome;
import io.ostiary.core.AuthRequest;
import io.ostiary.core.FailureReason;
import io.ostiary.core.spi.Authenticator;

/** Demands a key and a signature, both of the same key record. Thread-safe. */
final class KeyAndSignature implements Authenticator {
    private final ApiKeyAuthenticator key;
    private final SignatureAuthenticator signature;

    KeyAndSignature(ApiKeyAuthenticator key, SignatureAuthenticator signature) {
        this.key = key;
        this.signature = signature;
    }

    @Override
    public String scheme() {
        return ApiKeyAuthenticator.SCHEME;
    }

    @Override
    public String challenge() {
        return key.challenge();
    }

    /** The key first: a request without a good one spends no nonce. */
    @Override
    public AuthOutcome authenticate(AuthRequest request) {
        AuthOutcome byKey = key.authenticate(request);
        if (byKey instanceof AuthOutcome.Failed) {
            return byKey;
        }
        AuthOutcome bySignature = signature.authenticate(request);
        if (bySignature instanceof AuthOutcome.Failed) {
            return bySignature;
        }
        if (byKey instanceof AuthOutcome.Authenticated holder
                && bySignature instanceof AuthOutcome.Authenticated signer) {
            boolean same = holder.identity().subject().equals(signer.identity().subject());
            return same ? byKey : AuthOutcome.failed(FailureReason.WRONG_AUDIENCE);
        }
        boolean nothing = byKey.equals(bySignature);
        return nothing ? byKey : AuthOutcome.failed(FailureReason.MALFORMED_CREDENTIAL);
    }
}
