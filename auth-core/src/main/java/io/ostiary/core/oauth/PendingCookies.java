package io.ostiary.core.oauth;

import io.ostiary.core.AuthRequest;
import io.ostiary.core.SetCookie;
import io.ostiary.core.crypto.Sealer;
import io.ostiary.core.crypto.Tokens;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps pending logins in the browser: one sealed cookie for each state, so that tabs do not disturb each other, and an
 * index cookie with their names, because a request shows cookies only to who knows their names. At most
 * {@value #MAX_PENDING} and {@value #MAX_BYTES} bytes of them; the oldest goes first. Logins that start at the very same moment
 * may miss each other in the index; the next start sees them in the request and makes room again. Thread-safe.
 */
final class PendingCookies {
    static final int MAX_PENDING = 6;
    static final int MAX_BYTES = 4096;
    private static final int NAME_LENGTH = 12;
    /** Each one too many costs a line of the answer, which has a limit of its own. */
    private static final int MAX_SEEN = 30;

    private static final String STATE = "[A-Za-z0-9_-]{43}";
    private final Sealer sealer;
    private final boolean secure;
    private final Duration lifetime;
    private final String prefix;
    private final String indexName;
    private final Pattern stray;

    PendingCookies(Sealer sealer, boolean secure, Duration lifetime) {
        this.sealer = sealer;
        this.secure = secure;
        this.lifetime = lifetime;
        this.prefix = secure ? "__Host-ostiary-login-" : "ostiary-login-";
        this.indexName = secure ? "__Host-ostiary-logins" : "ostiary-logins";
        this.stray = Pattern.compile("(?:^|; ?)" + prefix + "([A-Za-z0-9_-]{" + NAME_LENGTH + "})=");
    }

    /** Reads the index of a request. */
    PendingIndex index(AuthRequest request) {
        return PendingIndex.parse(single(request, indexName));
    }

    /** Adds one; removes what there is no room for. */
    List<SetCookie> add(AuthRequest request, String state, PendingLogin login, boolean crossSitePost, Instant now) {
        String shortName = shortName(state);
        String name = prefix + shortName;
        String sealed = sealer.seal(login.encode(), name);
        List<SetCookie> cookies = new ArrayList<>();
        // A cross-site POST carries no Lax cookie; None needs Secure, which browsers also grant on loopback.
        cookies.add(
                new SetCookie(name, sealed, "/", lifetime, secure || crossSitePost, crossSitePost ? "None" : "Lax"));
        int room = MAX_BYTES - sealed.length();
        List<String> kept = new ArrayList<>();
        for (String earlier : present(request)) {
            String value = single(request, prefix + earlier);
            if (value == null) {
                continue;
            }
            room -= value.length();
            if (kept.size() < MAX_PENDING - 1 && room >= 0) {
                kept.add(0, earlier);
            } else {
                cookies.add(removal(earlier));
            }
        }
        kept.add(shortName);
        cookies.add(indexCookie(index(request).counted(now).with(kept)));
        return cookies;
    }

    /** Finds the one that belongs to a state; null if this browser has none. */
    @Nullable
    PendingLogin find(AuthRequest request, String state) {
        if (!state.matches(STATE)) {
            return null;
        }
        String name = prefix + shortName(state);
        String sealed = single(request, name);
        byte[] plain = sealed == null || sealed.length() > MAX_BYTES ? null : sealer.open(sealed, name);
        PendingLogin login = plain == null ? null : PendingLogin.decode(plain);
        return login != null && same(login.stateDigest(), Tokens.digest(state)) ? login : null;
    }

    /** Removes the one of a state. */
    List<SetCookie> remove(AuthRequest request, String state) {
        String shortName = shortName(state);
        PendingIndex index = index(request);
        List<String> left = new ArrayList<>(index.names());
        return left.remove(shortName)
                ? List.of(removal(shortName), indexCookie(index.with(left)))
                : List.of(removal(shortName));
    }

    /** Newest first. What tabs that started together left out of the index is older than what is in it, as far as we know. */
    private List<String> present(AuthRequest request) {
        Set<String> names = new LinkedHashSet<>(index(request).newestFirst());
        for (String line : request.headers("Cookie")) {
            Matcher found = stray.matcher(line);
            while (names.size() < MAX_SEEN && found.find()) {
                names.add(found.group(1));
            }
        }
        return List.copyOf(names);
    }

    private SetCookie removal(String shortName) {
        return new SetCookie(prefix + shortName, "", "/", Duration.ZERO, secure, "Lax");
    }

    private SetCookie indexCookie(PendingIndex index) {
        return new SetCookie(indexName, index.toString(), "/", lifetime, secure, "Lax");
    }

    /** Two cookies of one name mean that someone planted one; which one is ours would be a guess. */
    private static @Nullable String single(AuthRequest request, String name) {
        List<String> values = request.cookies(name);
        return values.size() == 1 ? values.get(0) : null;
    }

    private static String shortName(String state) {
        return Tokens.digest(state).substring(0, NAME_LENGTH);
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
