package io.ostiary.apikey;

import io.ostiary.apikey.ApiKeyRecord.Grant;
import io.ostiary.apikey.ApiKeyRecord.Previous;
import io.ostiary.apikey.ApiKeyRecord.Proof;
import io.ostiary.apikey.ApiKeyRecord.Signing;
import io.ostiary.apikey.signature.SignatureAlgorithm;
import io.ostiary.apikey.signature.SignatureKey;
import io.ostiary.core.Secret;
import io.ostiary.core.crypto.MasterKey;
import io.ostiary.core.crypto.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The life cycle of API keys over a store. A change says what record it was decided on; if that record has changed since,
 * nothing happens and the answer is null. Thread-safe.
 */
public final class ApiKeys {
    private static final Duration MAX_OVERLAP = Duration.ofDays(90);
    private final ApiKeyStore store;
    private final Tokens tokens;
    private final InstantSource clock;

    /**
     * Creates the service.
     *
     * @param store where records are kept
     * @param tokens source of randomness
     * @param clock source of time
     */
    public ApiKeys(ApiKeyStore store, Tokens tokens, InstantSource clock) {
        this.store = store;
        this.tokens = tokens;
        this.clock = clock;
    }

    /**
     * A key that was just made. The key is in no other place than this; the store has its hash only.
     *
     * @param key to be shown once
     * @param record what was stored
     */
    public record Issued(ApiKey key, ApiKeyRecord record) {}

    /**
     * A shared secret that was just made. The store has it sealed only.
     *
     * @param secret text to be shown once; its bytes are the key of the HMAC
     * @param record what was stored
     */
    public record IssuedSecret(Secret secret, ApiKeyRecord record) {}

    /**
     * What a new key is to be.
     *
     * @param env 2 to 8 lower-case letters, for example {@code live}
     * @param owner who answers for it
     * @param name what the owner calls it
     * @param grant what it may do
     * @param expires first instant at which it no longer holds; null for never
     */
    public record Draft(
            String env,
            String owner,
            String name,
            Grant grant,
            @Nullable Instant expires) {}

    /**
     * Makes a key.
     *
     * @param draft what it is to be
     * @return the key, to be shown once, and its record
     * @throws IllegalArgumentException if a part of the draft is not of its form, or it is expired already
     */
    public Issued create(Draft draft) {
        Instant now = clock.instant();
        if (draft.expires != null && !draft.expires.isAfter(now)) {
            throw new IllegalArgumentException("a new key expires in the future");
        }
        ApiKey key = ApiKey.generate(draft.env, tokens);
        ApiKeyRecord record = new ApiKeyRecord(
                key.id(),
                draft.env,
                new Proof(key.hash(), null),
                null,
                draft.owner,
                draft.name,
                draft.grant,
                now,
                draft.expires,
                null);
        if (!store.insert(record)) {
            throw new IllegalStateException("a new random id exists already: the random generator is broken");
        }
        return new Issued(key, record);
    }

    /**
     * Finds a record.
     *
     * @param id public id
     * @return null if there is none
     */
    public @Nullable ApiKeyRecord find(String id) {
        return store.find(id);
    }

    /**
     * Lists all records, revoked and expired ones included.
     *
     * @return sorted by creation
     */
    public List<ApiKeyRecord> list() {
        return store.all();
    }

    /**
     * Gives a key a new secret. The old one holds on for a while, so that clients can change over without a gap; one that
     * was still held on from an earlier rotation ends now.
     *
     * @param seen the record this was decided on
     * @param overlap how long the old secret still holds; zero for not at all
     * @return the key with its old id and new secret; null if the record has changed, or is revoked or expired
     * @throws IllegalArgumentException if the overlap is negative or longer than 90 days
     */
    public @Nullable Issued rotate(ApiKeyRecord seen, Duration overlap) {
        Instant now = clock.instant();
        Previous previous = previous(seen, overlap, now);
        if (!seen.isLive(now)) {
            return null;
        }
        ApiKey key = ApiKey.generate(seen.env(), seen.id(), tokens);
        ApiKeyRecord next = seen.withProof(new Proof(key.hash(), seen.proof().signing()), previous);
        return store.replace(seen, next) ? new Issued(key, next) : null;
    }

    /**
     * Gives a key a shared secret with which its holder signs requests by {@code hmac-sha256}. What signed before holds
     * on for a while.
     *
     * @param seen the record this was decided on
     * @param key the master key of the server that will verify
     * @param overlap how long what signed before still holds; from 0 to 90 days
     * @return the secret, to be shown once, and the record; null if the record has changed, or is revoked or expired
     * @throws IllegalArgumentException if the overlap is out of bounds
     */
    public @Nullable IssuedSecret shareSecret(ApiKeyRecord seen, MasterKey key, Duration overlap) {
        SigningSecrets secrets = new SigningSecrets(key, tokens);
        Secret secret = secrets.generate(seen);
        Signing signing = new Signing("hmac-sha256", secrets.seal(seen.id(), secret));
        ApiKeyRecord next = signedBy(seen, signing, overlap);
        return next == null ? null : new IssuedSecret(secret, next);
    }

    /**
     * Lets the holder of a key sign requests with a private key that this side never sees. What signed before holds on
     * for a while.
     *
     * @param seen the record this was decided on
     * @param algorithm {@code ED25519} or {@code ECDSA_P256_SHA256}
     * @param publicKey SubjectPublicKeyInfo, in base64 or PEM
     * @param overlap how long what signed before still holds; from 0 to 90 days
     * @return the new record; null if the record has changed, or is revoked or expired
     * @throws IllegalArgumentException if it is not a public key for the algorithm, or the overlap is out of bounds
     */
    public @Nullable ApiKeyRecord trustPublicKey(
            ApiKeyRecord seen, SignatureAlgorithm algorithm, String publicKey, Duration overlap) {
        String text = SignatureKey.ofPublic(algorithm, publicKey).encodedPublic();
        return signedBy(seen, new Signing(algorithm.registeredName(), text), overlap);
    }

    private @Nullable ApiKeyRecord signedBy(ApiKeyRecord seen, Signing signing, Duration overlap) {
        Instant now = clock.instant();
        Previous previous = previous(seen, overlap, now);
        Proof proof = new Proof(seen.proof().hash(), signing);
        return seen.isLive(now) ? replaced(seen, seen.withProof(proof, previous)) : null;
    }

    private static @Nullable Previous previous(ApiKeyRecord seen, Duration overlap, Instant now) {
        if (overlap.isNegative() || overlap.compareTo(MAX_OVERLAP) > 0) {
            throw new IllegalArgumentException("an overlap is from 0 to 90 days");
        }
        return overlap.isZero() ? null : new Previous(seen.proof(), now.plus(overlap));
    }

    /**
     * Gives a key another name.
     *
     * @param seen the record this was decided on
     * @param name what the owner calls it now
     * @return the new record; null if the record has changed
     * @throws IllegalArgumentException if the name is not of its form
     */
    public @Nullable ApiKeyRecord rename(ApiKeyRecord seen, String name) {
        return replaced(seen, seen.withName(name));
    }

    /**
     * Sets when a key ends.
     *
     * @param seen the record this was decided on
     * @param end first instant at which it no longer holds; null for never
     * @return the new record; null if the record has changed
     */
    public @Nullable ApiKeyRecord expire(ApiKeyRecord seen, @Nullable Instant end) {
        return replaced(seen, seen.withExpiry(end));
    }

    /**
     * Sets what a key may do.
     *
     * @param seen the record this was decided on
     * @param grant what it may do from now on
     * @return the new record; null if the record has changed
     */
    public @Nullable ApiKeyRecord grant(ApiKeyRecord seen, Grant grant) {
        return replaced(seen, seen.withGrant(grant));
    }

    /**
     * Withdraws a key for good, whatever else happens to its record meanwhile.
     *
     * @param id public id
     * @return true for the one call that withdrew it; false if it was withdrawn before or does not exist
     */
    public boolean revoke(String id) {
        while (true) {
            ApiKeyRecord seen = latest(id);
            if (seen == null || seen.revoked() != null) {
                return false;
            }
            if (store.replace(seen, seen.withRevoked(clock.instant()))) {
                return true;
            }
        }
    }

    /** Not {@code find}, which may be behind: the loop above would then never end. */
    private @Nullable ApiKeyRecord latest(String id) {
        return store.all().stream()
                .filter(record -> record.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    private @Nullable ApiKeyRecord replaced(ApiKeyRecord seen, ApiKeyRecord next) {
        return store.replace(seen, next) ? next : null;
    }
}
