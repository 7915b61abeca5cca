package io.ostiary.core.spi;

import io.ostiary.core.AuthRequest;
import io.ostiary.core.Reply;

/** Answers requests for one page of the kit itself. Thread-safe. A fault becomes 503. */
@FunctionalInterface
public interface Endpoint {
    /**
     * Answers.
     *
     * @param request the request
     * @return the whole answer
     */
    Reply handle(AuthRequest request);
}
