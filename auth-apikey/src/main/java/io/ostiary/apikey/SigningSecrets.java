package io.ostiary.apikey;

import io.ostiary.core.Secret;
import io.ostiary.core.crypto.MasterKey;
import io.ostiary.core.crypto.Sealer;
import io.ostiary.core.crypto.Tokens;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Shared secrets for {@code hmac-sha256}, {@code osts_<env>_<id>_<secret>}: a server must hold what it compares with, so
 * they are stored sealed under the master key, bound to the id of their key. Not derived from the API key: whoever reads
 * a key off the wire cannot sign with it. Thread-safe.
 */
final class SigningSecrets {
    private static final String PREFIX = "osts";
    private final Sealer sealer;
    private final Tokens tokens;

    SigningSecrets(MasterKey key, Tokens tokens) {
        this.sealer = new Sealer(key.derive("apikey signing"), tokens);
        this.tokens = tokens;
    }

    /** The bytes of the whole text are the secret. */
    Secret generate(ApiKeyRecord record) {
        return Secret.of(KeyText.generate(record.env(), record.id(), tokens).format(PREFIX));
    }

    String seal(String id, Secret secret) {
        return sealer.seal(secret.revealBytes(), id);
    }

    /** Returns null if it was sealed under another master key or for another id. */
    @Nullable
    Secret open(String id, String sealed) {
        byte[] plain = sealer.open(sealed, id);
        return plain == null || KeyText.parse(PREFIX, new String(plain, StandardCharsets.US_ASCII)) == null
                ? null
                : Secret.of(plain);
    }
}
