package io.ostiary.core.spi;

import io.ostiary.core.AuthRequest;
import io.ostiary.core.FailureReason;
import io.ostiary.core.Identity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something worth an audit line. Holds no secret; the text parts come from the client and must be encoded by whoever
 * writes them.
 *
 * @param type what happened
 * @param time when
 * @param id opaque id that the answer to the client shares; empty where there was no refusal
 * @param identity who; null if nobody is known
 * @param reason why refused; null if not refused
 * @param method HTTP method
 * @param path canonical path inside the application
 * @param remoteAddress address of the client
 * @param userAgent what the client says it is; empty if it says nothing
 */
public record AuthEvent(
        Type type,
        Instant time,
        String id,
        @Nullable Identity identity,
        @Nullable FailureReason reason,
        String method,
        String path,
        String remoteAddress,
        String userAgent) {

    /**
     * Tells of a request.
     *
     * @param type what happened
     * @param time when
     * @param id opaque id that the answer to the client shares; empty where there was no refusal
     * @param identity who; null if nobody is known
     * @param reason why refused; null if not refused
     * @param request the request
     * @return an event
     */
    public static AuthEvent of(
            Type type,
            Instant time,
            String id,
            @Nullable Identity identity,
            @Nullable FailureReason reason,
            AuthRequest request) {
        String agent = request.header("User-Agent");
        return new AuthEvent(
                type,
                time,
                id,
                identity,
                reason,
                request.method(),
                request.path(),
                request.remoteAddress(),
                agent == null ? "" : agent);
    }

    /** What happened. */
    public enum Type {
        /** A session began. */
        LOGIN,
        /** Credentials could not be proven. */
        LOGIN_FAILED,
        /** Credentials were proven, but the account may not log in. */
        LOGIN_REFUSED,
        /** A session was ended by its owner. */
        LOGOUT,
        /** One or more sessions of somebody were ended from elsewhere. */
        SESSIONS_ENDED,
        /** A token that may be used once came twice: it was stolen, so everything that hangs on it ended. */
        CREDENTIAL_REPLAYED,
        /** Somebody with a session got tokens for the application's own API. */
        TOKENS_ISSUED,
        /** A refresh token was exchanged. */
        TOKENS_REFRESHED,
        /** A family of tokens was withdrawn. */
        TOKENS_REVOKED,
        /** A request must authenticate first; the reason is null if it carried no credential. */
        CHALLENGED,
        /** Somebody asked or guessed too often. */
        LIMITED,
        /** An authenticated caller lacked a right. */
        FORBIDDEN,
        /** A store, provider or rule broke. */
        FAULT
    }
}
