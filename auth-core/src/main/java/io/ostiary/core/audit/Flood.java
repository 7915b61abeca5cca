package io.ostiary.core.audit;

import io.ostiary.core.spi.AuthEvent;

/**
 * Anybody can cause refusals, at the edge or by a made-up credential, as many as they like. So that they neither fill the log nor push what matters out
 * of memory, only so many a minute become rows; the counters count all of them. Thread-safe.
 */
final class Flood {
    private static final System.Logger LOG = System.getLogger(Flood.class.getName());
    private static final long SECONDS = 60;
    private final int most;
    private long minute = Long.MIN_VALUE;
    private long seen;

    Flood(int most) {
        this.most = most;
    }

    /** Whether a row is too much; by the time of the events, so that it needs no clock of its own. */
    boolean over(AuthEvent event) {
        if (!cheap(event)) {
            return false;
        }
        long skipped;
        boolean over;
        synchronized (this) {
            long now = Math.floorDiv(event.time().getEpochSecond(), SECONDS);
            skipped = now > minute ? Math.max(0, seen - most) : 0;
            if (now > minute) { // never back: threads overtake each other
                minute = now;
                seen = 0;
            }
            seen++;
            over = seen > most;
        }
        if (skipped > 0) {
            LOG.log(System.Logger.Level.WARNING, "{0} refusals of one minute were counted, but not written", skipped);
        }
        return over;
    }

    /** What a stranger causes with one made-up cookie or target. */
    private static boolean cheap(AuthEvent event) {
        return switch (event.type()) {
            case REQUEST_REFUSED, LIMITED -> true;
            case CHALLENGED -> event.identity() == null;
            default -> false;
        };
    }
}
