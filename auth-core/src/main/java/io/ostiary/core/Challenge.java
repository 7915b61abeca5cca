package io.ostiary.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why and how a caller must authenticate.
 *
 * @param id opaque id that the answer and the audit event share; empty for a visitor without any credential
 * @param reason null if there was no credential at all
 * @param wwwAuthenticate values for {@code WWW-Authenticate} (RFC 9110 section 11.6.1), at least one
 */
public record Challenge(String id, @Nullable FailureReason reason, List<String> wwwAuthenticate) {
    /** Copies. */
    public Challenge {
        wwwAuthenticate = List.copyOf(wwwAuthenticate);
    }
}
