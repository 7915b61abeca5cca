package io.ostiary.core.session;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where sessions live. Thread-safe, and every verb is atomic, also across nodes that share the store. May block; throws
 * only for faults, which deny the request with 503. Never hands out what was removed or has ended.
 */
public interface SessionStore {
    /**
     * Adds a new session.
     *
     * @param session its digest is not in the store
     */
    void insert(SessionRecord session);

    /**
     * Finds a session.
     *
     * @param digest its key
     * @return null if there is none
     */
    @Nullable
    SessionRecord find(String digest);

    /**
     * Notes a use; a session that is gone stays gone.
     *
     * @param digest its key
     * @param time when it was used
     * @return false if there is none
     */
    boolean touch(String digest, Instant time);

    /**
     * Ends a session.
     *
     * @param digest its key
     * @return false if there was none
     */
    boolean remove(String digest);
}
