package io.ostiary.core.oauth;

import io.ostiary.core.FailureReason;
import io.ostiary.core.jose.JwsAlgorithm;
import io.ostiary.core.jose.KeySet;
import io.ostiary.core.jose.SignedJwt;
import java.util.Set;

/** Checks signatures with the keys that a provider publishes, looking once for newer ones if a key is not known. */
final class Signatures {
    private final Remote<KeySet> keys;
    private final Set<JwsAlgorithm> algorithms;
    private final Remote.CoolDown coolDown = new Remote.CoolDown();

    Signatures(Remote<KeySet> keys, Set<JwsAlgorithm> algorithms) {
        this.keys = keys;
        this.algorithms = Set.copyOf(algorithms);
    }

    SignedJwt.Verification.Verified verify(SignedJwt token, String clause) throws ProviderException {
        KeySet known = keys.get();
        SignedJwt.Verification result = token.verify(known, algorithms);
        if (result instanceof SignedJwt.Verification.UnknownKey) {
            KeySet newer = keys.newerThan(known, coolDown);
            result = token.verify(newer, algorithms);
        }
        if (result instanceof SignedJwt.Verification.Verified verified) {
            return verified;
        }
        throw ProviderException.of(FailureReason.ID_TOKEN_INVALID, clause);
    }
}
