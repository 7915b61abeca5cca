package io.ostiary.core;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Opaque ids that tie an answer to its audit event. Not secrets: unique and meaningless is enough, so a mixed counter
 * with a random start serves and costs no entropy for each refused request.
 */
final class IncidentIds {
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;
    private static final String DIGITS = "0123456789abcdefghijklmnopqrstuv";
    private static final int LENGTH = 13;
    private final AtomicLong state = new AtomicLong(new SecureRandom().nextLong());

    String next() {
        long z = state.addAndGet(GOLDEN_GAMMA);
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return text(z ^ (z >>> 31));
    }

    /** Five bits a letter: shorter than hexadecimal, and without the division of the decimal-like bases. */
    private static String text(long bits) {
        byte[] letters = new byte[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            letters[i] = (byte) DIGITS.charAt((int) (bits >>> (5 * i)) & 31);
        }
        return new String(letters, StandardCharsets.ISO_8859_1);
    }
}
