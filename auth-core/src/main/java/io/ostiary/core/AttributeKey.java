package io.ostiary.core;

import java.util.UUID;

/**
 * The typed name of a request attribute. Two keys are the same only if they are the same object, so that two engines in
 * one application never read each other's memo.
 *
 * @param <T> type of the attribute's value
 */
public final class AttributeKey<T> {
    private final String name;
    private final Class<T> type;

    private AttributeKey(String name, Class<T> type) {
        this.name = name;
        this.type = type;
    }

    /**
     * Creates a key that no other key equals.
     *
     * @param name readable name, for adapters that store attributes under a string; made unique by the key itself
     * @param type class of the values
     * @param <T> type of the values
     * @return a new key
     */
    public static <T> AttributeKey<T> of(String name, Class<T> type) {
        // A random suffix, not identityHashCode: that may collide, and the adapters store attributes by this string.
        return new AttributeKey<>(name + '@' + UUID.randomUUID(), type);
    }

    /**
     * Creates a key that pages of the application can read by its name. Never read a decision from one.
     *
     * @param name the very name of the attribute
     * @param type class of the values
     * @param <T> type of the values
     * @return a key
     */
    public static <T> AttributeKey<T> named(String name, Class<T> type) {
        return new AttributeKey<>(name, type);
    }

    /**
     * Casts a stored value.
     *
     * @param value what an adapter found under {@link #toString()}
     * @return the same object, typed
     * @throws ClassCastException if something else was stored under this key
     */
    public T cast(Object value) {
        return type.cast(value);
    }

    /** Returns the name under which adapters store the attribute. */
    @Override
    public String toString() {
        return name;
    }
}
