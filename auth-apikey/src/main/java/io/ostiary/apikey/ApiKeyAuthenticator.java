package io.ostiary.apikey;

import io.ostiary.core.AuthOutcome;
import io.ostiary.core.AuthRequest;
import io.ostiary.core.FailureReason;
import io.ostiary.core.Secret;
import io.ostiary.core.cache.TextMemo;
import io.ostiary.core.spi.Authenticator;
import io.ostiary.core.spi.RateLimitStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates a caller by an API key in a header of its own, or in {@code Authorization: ApiKey <key>}; exactly one key
 * may come. It is never taken from the query or a cookie. A wrong secret and an unknown id cost the same work and are
 * compared in constant time. Thread-safe; logs nothing.
 */
public final class ApiKeyAuthenticator implements Authenticator {
    /** The scheme of identities that came from a key. */
    public static final String SCHEME = "apikey";

    private static final String AUTHORIZATION_SCHEME = "ApiKey ";
    private static final int MAX_CHARS = 256;
    private static final int LATELY_BITS = 12;
    private static final Secret NOBODY = Secret.of(new byte[32]);
    private final ApiKeyStore store;
    private final Set<String> headers;
    private final String realm;
    private final InstantSource clock;
    private final RecordCheck check;
    private final TextMemo<Presented> lately = new TextMemo<>(LATELY_BITS);

    private record Presented(ApiKey key, Secret hash) {}

    /**
     * Creates an authenticator for keys that belong to services.
     *
     * @param store where records are found
     * @param header name of the header, a token (RFC 9110 section 5.1)
     * @param realm what the challenge names; letters, digits, blanks and {@code ._-}
     * @param clock source of time
     * @param limits counts the uses of keys that have a limit
     */
    public ApiKeyAuthenticator(
            ApiKeyStore store, String header, String realm, InstantSource clock, RateLimitStore limits) {
        this(store, header, realm, clock, limits, RecordCheck::noOwners);
    }

    /**
     * Creates an authenticator for keys that belong to services or people.
     *
     * @param store where records are found
     * @param header name of the header, a token (RFC 9110 section 5.1)
     * @param realm what the challenge names; letters, digits, blanks and {@code ._-}
     * @param clock source of time
     * @param limits counts the uses of keys that have a limit
     * @param owners bounds personal keys
     */
    public ApiKeyAuthenticator(
            ApiKeyStore store,
            String header,
            String realm,
            InstantSource clock,
            RateLimitStore limits,
            KeyOwners owners) {
        this(
                store,
                Set.of(header),
                realm,
                clock,
                new RecordCheck(owners, new UseNotes(store, clock, ForkJoinPool.commonPool()), limits, event -> {}));
    }

    ApiKeyAuthenticator(ApiKeyStore store, Set<String> headers, String realm, InstantSource clock, RecordCheck check) {
        this.store = store;
        this.headers = Set.copyOf(headers);
        this.realm = realm;
        this.clock = clock;
        this.check = check;
    }

    @Override
    public String scheme() {
        return SCHEME;
    }

    @Override
    public String challenge() {
        return "ApiKey realm=\"" + realm + "\"";
    }

    @Override
    public AuthOutcome authenticate(AuthRequest request) {
        String text = null;
        int scheme = AUTHORIZATION_SCHEME.length();
        for (String header : headers) {
            for (String value : request.headers(header)) {
                if (text != null) {
                    return AuthOutcome.failed(FailureReason.DUPLICATE_CREDENTIAL);
                }
                text = value;
            }
        }
        for (String line : request.headers("authorization")) {
            if (line.regionMatches(true, 0, AUTHORIZATION_SCHEME, 0, scheme)) {
                if (text != null) {
                    return AuthOutcome.failed(FailureReason.DUPLICATE_CREDENTIAL);
                }
                text = line.substring(scheme);
            }
        }
        return text == null ? AuthOutcome.absent() : check(text, request);
    }

    /** A key that was good before is not taken apart again; what its record says is asked each time. */
    private AuthOutcome check(String text, AuthRequest request) {
        Presented before = lately.get(text);
        if (before != null) {
            return judge(before, store.find(before.key.id()), request);
        }
        ApiKey key = text.length() > MAX_CHARS ? null : ApiKey.parse(text);
        if (key == null) {
            return AuthOutcome.failed(FailureReason.MALFORMED_CREDENTIAL);
        }
        Presented presented = new Presented(key, key.hash());
        AuthOutcome outcome = judge(presented, store.find(key.id()), request);
        if (outcome instanceof AuthOutcome.Authenticated) {
            lately.put(text, presented);
        }
        return outcome;
    }

    /** The secret comes first: who does not know it learns nothing of the rest, not even by time. */
    private AuthOutcome judge(Presented presented, @Nullable ApiKeyRecord record, AuthRequest request) {
        Instant now = clock.instant();
        boolean known = knowsSecret(presented.hash, record, now);
        if (record == null) {
            return AuthOutcome.failed(FailureReason.UNKNOWN_CREDENTIAL);
        }
        if (!known || !record.env().equals(presented.key.env())) {
            return AuthOutcome.failed(FailureReason.BAD_SIGNATURE);
        }
        return check.judge(record, SCHEME, request, now);
    }

    private static boolean knowsSecret(Secret hash, @Nullable ApiKeyRecord record, Instant now) {
        boolean current = hash.equals(record == null ? NOBODY : record.proof().hash());
        ApiKeyRecord.Previous previous = record == null ? null : record.previous();
        boolean usable = previous != null && now.isBefore(previous.until());
        boolean earlier =
                hash.equals(previous == null ? NOBODY : previous.proof().hash());
        return current || (earlier && usable); // all three were worked out above
    }
}
