package io.ostiary.core.session;

import io.ostiary.core.Identity;
import java.time.Instant;

/**
 * One session as it is stored. Holds no secret: the id that the browser has cannot be computed from the digest.
 *
 * @param digest SHA-256 of the session id, base64url; the key
 * @param identity who is logged in
 * @param created when the session began
 * @param lastUsed when it was last used, exact to a minute
 */
public record SessionRecord(String digest, Identity identity, Instant created, Instant lastUsed) {
    /**
     * Copies with another time of last use.
     *
     * @param time when it was used
     * @return a copy
     */
    public SessionRecord usedAt(Instant time) {
        return new SessionRecord(digest, identity, created, time);
    }
}
