package io.ostiary.core.spi;

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
 * @param remoteAddress peer address
 */
public record AuthEvent(
        Type type,
        Instant time,
        String id,
        @Nullable Identity identity,
        @Nullable FailureReason reason,
        String method,
        String path,
        String remoteAddress) {

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
        /** A request must authenticate first; the reason is null if it carried no credential. */
        CHALLENGED,
        /** An authenticated caller lacked a right. */
        FORBIDDEN,
        /** A store, provider or rule broke. */
        FAULT
    }
}
