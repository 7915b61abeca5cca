package io.ostiary.core.spi;

import io.ostiary.core.AuthOutcome;
import io.ostiary.core.AuthRequest;

/**
 * Who is it, by one kind of explicit credential. Thread-safe. Reads only its own credential: a request without it is
 * {@link AuthOutcome#absent()}, one with a bad one is {@link AuthOutcome#failed}. May block on a store; throws only for
 * faults, which deny the request with 503. The credential must not be logged.
 */
public interface Authenticator {
    /**
     * Names the kind of credential.
     *
     * @return small letters, digits and dashes, a letter first, as used in the setting {@code schemes}, for example
     *     {@code apikey}; always the same
     */
    String scheme();

    /**
     * Says how to authenticate.
     *
     * @return one challenge for {@code WWW-Authenticate} (RFC 9110 section 11.6.1), printable ASCII; always the
     *     same
     */
    String challenge();

    /**
     * Looks for the credential.
     *
     * @param request the request
     * @return never null
     */
    AuthOutcome authenticate(AuthRequest request);
}
