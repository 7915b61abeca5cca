package io.ostiary.apikey;

import io.ostiary.core.AuthOutcome;
import io.ostiary.core.AuthRequest;
import io.ostiary.core.FailureReason;
import io.ostiary.core.Identity;
import io.ostiary.core.Secret;
import io.ostiary.core.spi.Authenticator;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates a caller by an API key in one header. The key is never taken from the query or a cookie. A wrong secret
 * and an unknown id cost the same work and are compared in constant time. Immutable and thread-safe; logs nothing.
 */
public final class ApiKeyAuthenticator implements Authenticator {
    /** The scheme of identities that came from a key. */
    public static final String SCHEME = "apikey";

    private static final int MAX_CHARS = 256;
    private static final Secret NOBODY = Secret.of(new byte[32]);
    private final ApiKeyStore store;
    private final String header;
    private final String realm;
    private final InstantSource clock;

    /**
     * Creates an authenticator.
     *
     * @param store where records are found
     * @param header name of the header, a token (RFC 9110 section 5.1)
     * @param realm what the challenge names; letters, digits, blanks and {@code ._-}
     * @param clock source of time
     */
    public ApiKeyAuthenticator(ApiKeyStore store, String header, String realm, InstantSource clock) {
        this.store = store;
        this.header = header;
        this.realm = realm;
        this.clock = clock;
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
        List<String> lines = request.headers(header);
        if (lines.isEmpty()) {
            return AuthOutcome.absent();
        }
        if (lines.size() > 1) {
            return AuthOutcome.failed(FailureReason.DUPLICATE_CREDENTIAL);
        }
        String text = lines.get(0);
        ApiKey key = text.length() > MAX_CHARS ? null : ApiKey.parse(text);
        return key == null
                ? AuthOutcome.failed(FailureReason.MALFORMED_CREDENTIAL)
                : judge(key, store.find(key.id()), request.remoteAddress());
    }

    /** The secret comes first: who does not know it learns nothing of the rest, not even by time. */
    private AuthOutcome judge(ApiKey key, @Nullable ApiKeyRecord record, String remoteAddress) {
        Instant now = clock.instant();
        boolean known = knowsSecret(key, record, now);
        if (record == null) {
            return AuthOutcome.failed(FailureReason.UNKNOWN_CREDENTIAL);
        }
        if (!known || !record.env().equals(key.env())) {
            return AuthOutcome.failed(FailureReason.BAD_SIGNATURE);
        }
        if (record.revoked() != null) {
            return AuthOutcome.failed(FailureReason.REVOKED_CREDENTIAL);
        }
        if (record.isExpired(now)) {
            return AuthOutcome.failed(FailureReason.EXPIRED_CREDENTIAL);
        }
        if (!allowsAddress(record.grant().networks(), remoteAddress)) {
            return AuthOutcome.failed(FailureReason.WRONG_AUDIENCE);
        }
        return new AuthOutcome.Authenticated(identity(record, now));
    }

    private static boolean knowsSecret(ApiKey key, @Nullable ApiKeyRecord record, Instant now) {
        Secret hash = key.hash();
        boolean current = hash.equals(record == null ? NOBODY : record.proof().hash());
        ApiKeyRecord.Previous previous = record == null ? null : record.previous();
        boolean usable = previous != null && now.isBefore(previous.until());
        boolean earlier =
                hash.equals(previous == null ? NOBODY : previous.proof().hash());
        return current || (earlier && usable); // all three were worked out above
    }

    private static boolean allowsAddress(Set<String> networks, String remoteAddress) {
        return networks.isEmpty()
                || networks.stream().anyMatch(text -> {
                    Network network = Network.parse(text);
                    return network != null && network.contains(remoteAddress);
                });
    }

    private static Identity identity(ApiKeyRecord record, Instant now) {
        return new Identity(
                record.owner(),
                SCHEME,
                SCHEME,
                record.id(),
                record.grant().roles(),
                record.grant().scopes(),
                Map.of("key-name", record.name()),
                Set.of(),
                now);
    }
}
