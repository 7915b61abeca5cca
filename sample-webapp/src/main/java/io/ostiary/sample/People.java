package io.ostiary.sample;

import io.ostiary.core.AuthEngine;
import io.ostiary.core.Identity;
import io.ostiary.rbac.store.UserKey;
import jakarta.servlet.ServletContext;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Who has been here since the application started. A real application has a table of its users instead. Thread-safe. */
final class People {
    private static final int MOST = 1_000;
    private final Map<UserKey, Identity> seen = new ConcurrentHashMap<>();

    static People of(ServletContext context) {
        return Office.of(context).people();
    }

    /** Remembers how a person last came, programs not; beyond a thousand people no new ones. */
    void saw(Identity identity) {
        UserKey key = UserKey.of(identity);
        boolean person = identity.scheme().equals(AuthEngine.SESSION);
        if (person && (seen.size() < MOST || seen.containsKey(key))) {
            seen.put(key, identity);
        }
    }

    @Nullable
    Identity lastSeen(UserKey user) {
        return seen.get(user);
    }

    /** Everybody seen and everybody given, sorted by subject. */
    List<UserKey> with(Iterable<UserKey> given) {
        Map<UserKey, UserKey> all =
                new TreeMap<>(Comparator.comparing(UserKey::subject).thenComparing(UserKey::issuer));
        seen.keySet().forEach(user -> all.put(user, user));
        given.forEach(user -> all.put(user, user));
        return List.copyOf(all.values());
    }
}
