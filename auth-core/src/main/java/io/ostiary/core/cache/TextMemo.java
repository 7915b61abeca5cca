package io.ostiary.core.cache;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what was made of texts that came lately: the digest of a cookie, the parts of a key. Each text has one place, and
 * whatever comes there later takes it, so the memory is bounded and nothing is ever looked after. Texts are compared in
 * constant time. It is for values that follow from the text alone: whether something still holds is asked each time.
 * Thread-safe.
 *
 * @param <V> what is made of a text
 */
public final class TextMemo<V> {
    private static final int SPREAD = 0x9e3779b9;
    private static final int HASHED = 12;
    private final AtomicReferenceArray<@Nullable Entry<V>> places;
    private final int shift;
    private final int salt = new SecureRandom().nextInt();

    /**
     * Creates an empty memo.
     *
     * @param bits its number of places is two to this power; from 1 to 20
     */
    public TextMemo(int bits) {
        this.places = new AtomicReferenceArray<>(1 << bits);
        this.shift = Integer.SIZE - bits;
    }

    private record Entry<V>(String text, V value) {}

    /**
     * Looks up.
     *
     * @param text any text
     * @return null if it is not remembered
     */
    public @Nullable V get(String text) {
        Entry<V> entry = places.getAcquire(place(text));
        return entry != null && same(entry.text, text) ? entry.value : null;
    }

    /**
     * Remembers, until another text takes the place.
     *
     * @param text any text; the caller bounds its length
     * @param value what was made of it
     */
    public void put(String text, V value) {
        places.setRelease(place(text), new Entry<>(text, value));
    }

    /** The end of a text will do: credentials end in what nobody can choose. */
    private int place(String text) {
        int hash = salt;
        for (int i = Math.max(0, text.length() - HASHED); i < text.length(); i++) {
            hash = 31 * hash + text.charAt(i);
        }
        return hash * SPREAD >>> shift;
    }

    private static boolean same(String one, String other) {
        int length = one.length();
        if (length != other.length()) {
            return false;
        }
        int difference = 0;
        for (int i = 0; i < length; i++) {
            difference |= one.charAt(i) ^ other.charAt(i);
        }
        return difference == 0;
    }
}
