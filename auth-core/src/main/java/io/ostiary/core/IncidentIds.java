package io.ostiary.core;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Opaque ids that tie an answer to its audit event. Not secrets: unique and meaningless is enough, so a mixed counter
 * with a random start serves and costs no entropy for each refused request.
 */
final class IncidentIds {
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;
    private static final int RADIX = 32;
    private final AtomicLong state = new AtomicLong(new SecureRandom().nextLong());

    String next() {
        long z = state.addAndGet(GOLDEN_GAMMA);
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return Long.toUnsignedString(z ^ (z >>> 31) | Long.MIN_VALUE, RADIX); // the highest bit makes all of one length
    }
}
