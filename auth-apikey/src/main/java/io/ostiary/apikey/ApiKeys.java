package io.ostiary.apikey;

import io.ostiary.apikey.ApiKeyRecord.Grant;
import io.ostiary.apikey.ApiKeyRecord.Previous;
import io.ostiary.apikey.ApiKeyRecord.Proof;
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
        if (overlap.isNegative() || overlap.compareTo(Duration.ofDays(90)) > 0) {
            throw new IllegalArgumentException("an overlap is from 0 to 90 days");
        }
        Instant now = clock.instant();
        if (!seen.isLive(now)) {
            return null;
        }
        ApiKey key = ApiKey.generate(seen.env(), seen.id(), tokens);
        Previous previous = overlap.isZero() ? null : new Previous(seen.proof(), now.plus(overlap));
        ApiKeyRecord next = seen.withProof(new Proof(key.hash(), null), previous);
        return store.replace(seen, next) ? new Issued(key, next) : null;
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
