package io.ostiary.core.spi;

import io.ostiary.core.AuthRequest;
import io.ostiary.core.Reply;
import org.jspecify.annotations.Nullable;

/**
 * Something done at the edge of the application, before any guard decides who is asking. Thread-safe. A fault denies: the
 * adapter answers 503 and does not call the application.
 */
public interface EdgeStep {
    /**
     * Looks at one request.
     *
     * @param request the request
     * @param answer takes header lines for whatever answer follows
     * @return an answer that ends the request here; null to let it go on
     */
    @Nullable
    Reply before(AuthRequest request, Answer answer);

    /**
     * Tells whether the step is also for error pages, whose headers a container may have dropped.
     *
     * @return false unless it only sets headers
     */
    default boolean always() {
        return false;
    }

    /** The answer to come, as far as a step may touch it. */
    interface Answer {
        /**
         * Sets a header; whoever answers may replace it.
         *
         * @param name header name
         * @param value header value, without line breaks
         */
        void set(String name, String value);

        /**
         * Adds a header line to those that are there.
         *
         * @param name header name
         * @param value header value, without line breaks
         */
        void add(String name, String value);
    }
}
