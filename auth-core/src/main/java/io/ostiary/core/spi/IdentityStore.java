package io.ostiary.core.spi;

import io.ostiary.core.AttributeKey;
import io.ostiary.core.AuthOutcome;
import io.ostiary.core.AuthRequest;
import io.ostiary.core.Identity;
import io.ostiary.core.SetCookie;
import java.util.List;

/**
 * Keeps an identity between requests, as a session does. Thread-safe. May block; throws only for faults, which deny
 * the request with 503.
 */
public interface IdentityStore {
    /**
     * Where {@link #load} leaves a cookie that the answer should set though nothing else happened: a store that keeps the
     * time of last use in the browser. Adapters add it to the answer of a request that is let through.
     */
    AttributeKey<SetCookie> RENEWAL = AttributeKey.of("io.ostiary.renewal", SetCookie.class);

    /**
     * Finds the identity of a request. Writes nothing and creates nothing.
     *
     * @param request the request
     * @return absent if the request carries nothing of this store; failed if what it carries does not hold
     */
    AuthOutcome load(AuthRequest request);

    /**
     * Keeps an identity under an id that is new: whatever id the request came with ends, so that nobody can plant one.
     *
     * @param request the request that logged in
     * @param identity who logged in
     * @return cookies that the answer must set
     */
    List<SetCookie> save(AuthRequest request, Identity identity);

    /**
     * Ends what the request carries, on the server and in the browser. Nothing to end is no fault.
     *
     * @param request the request that logs out
     * @return cookies that the answer must set
     */
    List<SetCookie> clear(AuthRequest request);

    /**
     * Returns the name by which logs speak of what a request carries. It opens nothing.
     *
     * @param request the request
     * @return empty for nothing that is good, and by default
     */
    default String nameOf(AuthRequest request) {
        return "";
    }
}
