package io.ostiary.core.spi;

import io.ostiary.core.AttributeKey;
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
 * @param session name of the session that it is about, which opens nothing; empty for none
 * @param requestId what the proxy or the container calls the request; empty if it has no name
 * @param detail to whom or with what it was done, where that is somebody or something else; empty for nothing
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
        String userAgent,
        String session,
        String requestId,
        String detail) {
    /** Where whoever knows it leaves the name of the session that a request is about. */
    public static final AttributeKey<String> SESSION = AttributeKey.of("io.ostiary.session-name", String.class);

    /**
     * Tells of something that is about no session, and of no request with a name.
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
    public AuthEvent(
            Type type,
            Instant time,
            String id,
            @Nullable Identity identity,
            @Nullable FailureReason reason,
            String method,
            String path,
            String remoteAddress,
            String userAgent) {
        this(type, time, id, identity, reason, method, path, remoteAddress, userAgent, "", "", "");
    }

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
        String session = request.attribute(SESSION);
        return new AuthEvent(
                type,
                time,
                id,
                identity,
                reason,
                request.method(),
                request.path(),
                request.remoteAddress(),
                agent == null ? "" : agent,
                session == null ? "" : session,
                request.requestId(),
                "");
    }

    /**
     * Copies with a detail.
     *
     * @param more to whom or with what it was done
     * @return a copy
     */
    public AuthEvent withDetail(String more) {
        return new AuthEvent(
                type, time, id, identity, reason, method, path, remoteAddress, userAgent, session, requestId, more);
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
        /** A request was turned away before anybody asked who sent it. */
        REQUEST_REFUSED,
        /** A caller came with an API key or a signature; told at the first use and then once an hour for each key. */
        KEY_USED,
        /** Somebody made an API key of their own. */
        KEY_CREATED,
        /** Somebody gave an API key of their own another name. */
        KEY_RENAMED,
        /** Somebody gave an API key of their own a new secret. */
        KEY_ROTATED,
        /** Somebody withdrew an API key, of their own or, as an administrator, of somebody else. */
        KEY_REVOKED,
        /** The kit started. */
        STARTED,
        /** A store, provider or rule broke. */
        FAULT
    }
}
