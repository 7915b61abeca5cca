package io.ostiary.rbac;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Remembers results of a pure function. Thread-safe and never larger than its bound: when full it forgets everything
 * and starts again, because what is asked for comes from a few role sets that soon return.
 */
final class BoundedMemo<K, V> {
    private final Map<K, V> known = new ConcurrentHashMap<>();
    private final int bound;
    private final Function<K, V> function;

    BoundedMemo(int bound, Function<K, V> function) {
        this.bound = bound;
        this.function = function;
    }

    /** The key must be immutable. */
    V get(K key) {
        V value = known.get(key);
        if (value != null) {
            return value;
        }
        V computed = function.apply(key);
        if (known.size() >= bound) {
            known.clear();
        }
        known.put(key, computed);
        return computed;
    }

    int size() {
        return known.size();
    }
}
