package io.ostiary.core.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object. Getters return null for a member that is absent or of another type and never turn one type into another,
 * so {@code "1"} is no number and {@code "true"} no switch. Immutable and thread-safe. May hold tokens: {@code toString}
 * shows the names only.
 */
public final class JsonObject {
    /** An object without members. */
    public static final JsonObject EMPTY = new JsonObject(Map.of());

    private static final int MAX_POINTER_STEPS = Json.MAX_DEPTH;
    private final Map<String, Object> members;

    JsonObject(Map<String, Object> members) {
        this.members = Collections.unmodifiableMap(members);
    }

    /**
     * Makes an object of values that came out of others.
     *
     * @param members names and values as {@link #asMap} has them; copied
     * @return an object
     */
    public static JsonObject of(Map<String, Object> members) {
        return new JsonObject(new LinkedHashMap<>(members));
    }

    /**
     * Tells whether a member is there, whatever its value.
     *
     * @param name member name, exact case
     * @return true even for JSON null
     */
    public boolean has(String name) {
        return members.containsKey(name);
    }

    /**
     * Returns the member names.
     *
     * @return in order of appearance, unmodifiable
     */
    public Set<String> names() {
        return members.keySet();
    }

    /**
     * Reads text.
     *
     * @param name member name
     * @return null if it is not text
     */
    public @Nullable String text(String name) {
        return members.get(name) instanceof String text ? text : null;
    }

    /**
     * Reads a number.
     *
     * @param name member name
     * @return null if it is not a number or too large for one
     */
    public @Nullable Double number(String name) {
        if (members.get(name) instanceof Number number && Double.isFinite(number.doubleValue())) {
            return number.doubleValue();
        }
        return null;
    }

    /**
     * Reads a whole number.
     *
     * @param name member name
     * @return null if it is not a number, has a fraction or an exponent, or more than 18 digits
     */
    public @Nullable Long whole(String name) {
        return members.get(name) instanceof Long whole ? whole : null;
    }

    /**
     * Reads a switch.
     *
     * @param name member name
     * @return null if it is neither true nor false
     */
    public @Nullable Boolean flag(String name) {
        return members.get(name) instanceof Boolean flag ? flag : null;
    }

    /**
     * Reads an object.
     *
     * @param name member name
     * @return null if it is not an object
     */
    public @Nullable JsonObject object(String name) {
        return members.get(name) instanceof JsonObject object ? object : null;
    }

    /**
     * Reads an array.
     *
     * @param name member name
     * @return null if it is not an array; elements are {@code JsonObject}, {@code List}, {@code String}, {@code Long},
     *     {@code Double}, {@code Boolean} or an object that stands for JSON null
     */
    public @Nullable List<Object> list(String name) {
        return members.get(name) instanceof List<?> list ? List.copyOf(list) : null;
    }

    /**
     * Reads an array of text.
     *
     * @param name member name
     * @return null if it is not an array or one of its elements is not text
     */
    public @Nullable List<String> texts(String name) {
        return texts(members.get(name));
    }

    /**
     * Follows a JSON pointer (RFC 6901) to text.
     *
     * @param pointer for example {@code /address/country}
     * @return null if there is no text at its end
     */
    public @Nullable String textAt(String pointer) {
        return at(pointer) instanceof String text ? text : null;
    }

    /**
     * Follows a JSON pointer (RFC 6901) to an array of text.
     *
     * @param pointer for example {@code /realm_access/roles}
     * @return null if there is no array of nothing but text at its end
     */
    public @Nullable List<String> textsAt(String pointer) {
        return texts(at(pointer));
    }

    /**
     * Follows a JSON pointer (RFC 6901) through objects and arrays.
     *
     * @param pointer empty for this object, else it begins with a slash
     * @return null if nothing is there; else a value as in {@link #list}
     */
    public @Nullable Object at(String pointer) {
        Object current = this;
        if (pointer.isEmpty()) {
            return current;
        }
        String[] steps = pointer.split("/", -1);
        if (!steps[0].isEmpty() || steps.length > MAX_POINTER_STEPS) {
            return null;
        }
        for (int i = 1; i < steps.length && current != null; i++) {
            current = step(current, steps[i].replace("~1", "/").replace("~0", "~"));
        }
        return current;
    }

    /**
     * Returns all members.
     *
     * @return unmodifiable, in order of appearance; values as in {@link #list}
     */
    public Map<String, Object> asMap() {
        return members;
    }

    /** Shows the names only. */
    @Override
    public String toString() {
        return "JsonObject" + members.keySet();
    }

    private static @Nullable Object step(Object from, String step) {
        if (from instanceof JsonObject object) {
            return object.members.get(step);
        }
        if (from instanceof List<?> list && step.matches("0|[1-9][0-9]{0,5}") && Integer.parseInt(step) < list.size()) {
            return list.get(Integer.parseInt(step));
        }
        return null;
    }

    private static @Nullable List<String> texts(@Nullable Object value) {
        if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
            return list.stream().map(String.class::cast).toList();
        }
        return null;
    }
}
