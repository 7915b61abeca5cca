package io.ostiary.core.endpoint;

import io.ostiary.core.AuthRequest;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a body is said to be. A page of another site may send {@code text/plain}, or no type at all, without asking first,
 * and what is inside looks like JSON or like a form all the same.
 */
final class BodyType {
    static final String JSON = "application/json";
    static final String FORM = "application/x-www-form-urlencoded";

    private BodyType() {}

    /** The type without its parameters, in small letters; null if there is none, or two. */
    static @Nullable String of(AuthRequest request) {
        List<String> types = request.headers("Content-Type");
        return types.size() == 1 ? types.get(0).split(";", 2)[0].strip().toLowerCase(Locale.ROOT) : null;
    }

    /** Tells whether a body is of one of the types; one that is empty need not say what it is. */
    static boolean fits(AuthRequest request, byte[] body, Set<String> types) {
        String type = of(request);
        return type == null
                ? body.length == 0 && request.headers("Content-Type").isEmpty()
                : types.contains(type);
    }
}
