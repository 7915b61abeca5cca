package io.ostiary.core.oauth;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names of a browser's pending logins, oldest first, and how often it began one within the last minute. Not sealed: who
 * alters their own only disturbs their own logins.
 *
 * @param windowStart when the counting began, in seconds
 * @param starts logins begun since then
 * @param names short names
 */
record PendingIndex(long windowStart, int starts, List<String> names) {
    /** More starts than this within a minute are no person. */
    static final int MAX_STARTS = 10;

    private static final long WINDOW_SECONDS = 60;
    private static final String FORM = "[0-9]{1,12}\\.[0-9]{1,4}(\\.[A-Za-z0-9_-]{12}){0,20}";
    private static final PendingIndex EMPTY = new PendingIndex(0, 0, List.of());

    PendingIndex {
        names = List.copyOf(names);
    }

    static PendingIndex parse(@Nullable String text) {
        if (text == null || text.length() > 300 || !text.matches(FORM)) {
            return EMPTY;
        }
        String[] parts = text.split("\\.", -1);
        return new PendingIndex(
                Long.parseLong(parts[0]),
                Integer.parseInt(parts[1]),
                List.of(parts).subList(2, parts.length));
    }

    boolean looping(Instant now) {
        return within(now) && starts >= MAX_STARTS;
    }

    PendingIndex counted(Instant now) {
        return within(now)
                ? new PendingIndex(windowStart, Math.min(starts + 1, MAX_STARTS), names)
                : new PendingIndex(now.getEpochSecond(), 1, names);
    }

    PendingIndex with(List<String> newNames) {
        return new PendingIndex(windowStart, starts, newNames);
    }

    List<String> newestFirst() {
        List<String> reversed = new ArrayList<>(names);
        Collections.reverse(reversed);
        return reversed;
    }

    /** Returns the cookie's value. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder().append(windowStart).append('.').append(starts);
        names.forEach(name -> text.append('.').append(name));
        return text.toString();
    }

    private boolean within(Instant now) {
        long age = now.getEpochSecond() - windowStart;
        return age >= 0 && age < WINDOW_SECONDS;
    }
}
