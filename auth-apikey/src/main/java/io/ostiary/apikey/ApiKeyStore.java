package io.ostiary.apikey;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the records of API keys. Thread-safe; every verb is atomic, also across the processes that share the store. It
 * may block; it throws only for faults, and a fault denies the request with 503. It never logs a record's hash.
 */
public interface ApiKeyStore {
    /**
     * Finds a record. Called for each request with a well-formed key, so it is quick; it may answer from memory that is
     * a bounded time behind, and says in its documentation how much.
     *
     * @param id public id of a key
     * @return null if there is no such key
     */
    @Nullable
    ApiKeyRecord find(String id);

    /**
     * Returns all records, revoked and expired ones included; never from memory that is behind.
     *
     * @return sorted by creation, then by id
     */
    List<ApiKeyRecord> all();

    /**
     * Adds a record.
     *
     * @param record a record with a new id
     * @return false, and nothing is changed, if the id exists
     */
    boolean insert(ApiKeyRecord record);

    /**
     * Replaces a record if it is still what the caller saw, so that of several changes at once one wins.
     *
     * @param seen what the caller saw
     * @param next the new record with the same id
     * @return false, and nothing is changed, if the stored record is not equal to {@code seen}
     * @throws IllegalArgumentException if the ids differ
     */
    boolean replace(ApiKeyRecord seen, ApiKeyRecord next);

    /**
     * Notes when keys were last used. Called seldom and never on the thread of a request; an earlier time than the one
     * noted, or an unknown id, is ignored.
     *
     * @param uses id and time of last use
     */
    void used(Map<String, Instant> uses);

    /**
     * Tells when a key was last used, as far as was noted.
     *
     * @param id public id of a key
     * @return null if no use was noted
     */
    @Nullable
    Instant lastUsed(String id);

    /**
     * Returns a number that changes whenever a record changes, so that a cache in front need ask for nothing else.
     *
     * @return any number; equal numbers mean that no record changed in between
     */
    long epoch();
}
