package io.ostiary.rbac;

import io.ostiary.core.Identity;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * May somebody do something to one object? Asked by application code that has the object in hand, after the request was
 * let in. A pure, thread-safe function.
 *
 * @param <T> type of the object
 */
@FunctionalInterface
public interface ObjectRule<T> {
    /**
     * Judges.
     *
     * @param identity null if nobody is authenticated
     * @param action what is to be done, for example {@code edit}
     * @param object to what
     * @return true if they may
     */
    boolean may(@Nullable Identity identity, String action, T object);

    /**
     * Both must agree.
     *
     * @param other asked only if this agrees
     * @return the conjunction
     */
    default ObjectRule<T> and(ObjectRule<T> other) {
        return (identity, action, object) -> may(identity, action, object) && other.may(identity, action, object);
    }

    /**
     * One must agree.
     *
     * @param other asked only if this does not agree
     * @return the disjunction
     */
    default ObjectRule<T> or(ObjectRule<T> other) {
        return (identity, action, object) -> may(identity, action, object) || other.may(identity, action, object);
    }

    /**
     * Asks this rule about one action only, and forbids every other.
     *
     * @param wanted the action
     * @return the narrower rule
     */
    default ObjectRule<T> forAction(String wanted) {
        return (identity, action, object) -> action.equals(wanted) && may(identity, action, object);
    }

    /**
     * Asks another way to see the object.
     *
     * @param view finds the object that this rule knows
     * @param <S> type of the object that is judged
     * @return the same rule for that type
     */
    default <S> ObjectRule<S> on(Function<S, T> view) {
        return (identity, action, object) -> may(identity, action, view.apply(object));
    }
}
