package io.ostiary.apikey;

import io.ostiary.apikey.ApiKeyRecord.Grant;
import io.ostiary.apikey.KeyOwners.Rights;
import io.ostiary.core.AuthOutcome;
import io.ostiary.core.AuthRequest;
import io.ostiary.core.FailureReason;
import io.ostiary.core.Identity;
import io.ostiary.core.proxy.Network;
import io.ostiary.core.spi.AuthEvent;
import io.ostiary.core.spi.AuthListener;
import io.ostiary.core.spi.Rate;
import io.ostiary.core.spi.RateLimitStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What holds for a record once its caller has proven to be its holder, whichever way. Thread-safe. */
final class RecordCheck {
    /** Vouches for the subjects of keys. */
    static final String ISSUER = "apikey";

    private final KeyOwners owners;
    private final UseNotes notes;
    private final RateLimitStore limits;
    private final AuthListener listener;

    /** Takes who hears that a key is in use, which is not told of each request. */
    RecordCheck(KeyOwners owners, UseNotes notes, RateLimitStore limits, AuthListener listener) {
        this.listener = listener;
        this.owners = owners;
        this.notes = notes;
        this.limits = limits;
    }

    AuthOutcome judge(ApiKeyRecord record, String scheme, AuthRequest request, Instant now) {
        if (record.revoked() != null) {
            return AuthOutcome.failed(FailureReason.REVOKED_CREDENTIAL);
        }
        if (record.isExpired(now)) {
            return AuthOutcome.failed(FailureReason.EXPIRED_CREDENTIAL);
        }
        Grant grant = record.grant();
        if (!allowsAddress(grant.networks(), request.remoteAddress())) {
            return AuthOutcome.failed(FailureReason.WRONG_AUDIENCE);
        }
        Rights rights =
                grant.personal() ? owners.rightsOf(record.owner(), grant) : new Rights(grant.roles(), grant.scopes());
        if (rights == null) {
            return AuthOutcome.failed(FailureReason.ACCOUNT_DISABLED);
        }
        int perMinute = grant.perMinute();
        if (perMinute > 0) {
            Duration wait =
                    limits.consume("apikey " + record.id(), List.of(new Rate(perMinute, Duration.ofMinutes(1))));
            if (!wait.isZero()) {
                return new AuthOutcome.Failed(FailureReason.RATE_LIMITED, wait);
            }
        }
        Identity identity = identity(record, scheme, rights, now);
        if (notes.note(record.id(), now)) {
            listener.on(AuthEvent.of(AuthEvent.Type.KEY_USED, now, "", identity, null, request));
        }
        return new AuthOutcome.Authenticated(identity);
    }

    private static boolean allowsAddress(Set<String> networks, String remoteAddress) {
        return networks.isEmpty()
                || networks.stream().anyMatch(text -> {
                    Network network = Network.parse(text);
                    return network != null && network.contains(remoteAddress);
                });
    }

    private static Identity identity(ApiKeyRecord record, String scheme, Rights rights, Instant now) {
        Map<String, String> attributes = Map.of("key-name", record.name());
        return new Identity(
                record.owner(),
                scheme,
                ISSUER,
                record.id(),
                both(record.grant().roles(), rights.roles()),
                both(record.grant().scopes(), rights.scopes()),
                attributes,
                Set.of(),
                now);
    }

    private static Set<String> both(Set<String> granted, Set<String> held) {
        if (held.containsAll(granted)) {
            return granted;
        }
        Set<String> both = new HashSet<>(granted);
        both.retainAll(held);
        return both;
    }

    /** Nobody can vouch for a person: their keys are off. */
    static @Nullable Rights noOwners(String owner) {
        return null;
    }
}
