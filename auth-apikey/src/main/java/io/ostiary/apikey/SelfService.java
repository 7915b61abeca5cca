package io.ostiary.apikey;

import io.ostiary.apikey.ApiKeyRecord.Grant;
import io.ostiary.apikey.KeyOwners.Rights;
import io.ostiary.core.Identity;
import io.ostiary.core.spi.AuthEvent;
import io.ostiary.core.spi.AuthListener;
import io.ostiary.core.spi.SubjectKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What people may do with keys of their own. Whose key it is not, is told that there is none. Thread-safe. */
final class SelfService implements AuthListener {
    private static final int CREATIONS_A_DAY = 3;
    private final ApiKeys keys;
    private final KeyOwners owners;
    private final SelfServiceSettings settings;
    private final InstantSource clock;
    private final ReentrantLock creating = new ReentrantLock();

    SelfService(ApiKeys keys, KeyOwners owners, SelfServiceSettings settings, InstantSource clock) {
        this.keys = keys;
        this.owners = owners;
        this.settings = settings;
        this.clock = clock;
    }

    /** What somebody wants; its parts are of their form. */
    record Wish(String name, Set<String> roles, Set<String> scopes, Set<String> networks, int days) {}

    /** What came of it: the record as it is now, with its key if that is new, or a refusal; done if anything changed. */
    record Outcome(
            @Nullable ApiKeyRecord record,
            @Nullable ApiKey key,
            @Nullable Refusal refusal,
            boolean done) {
        static Outcome refused(Refusal refusal) {
            return new Outcome(null, null, refusal, false);
        }

        private static Outcome changed(@Nullable ApiKeyRecord record) {
            return record == null ? refused(Refusal.CHANGED) : new Outcome(record, null, null, true);
        }

        private static Outcome issued(ApiKeys.@Nullable Issued issued) {
            return issued == null ? refused(Refusal.CHANGED) : new Outcome(issued.record(), issued.key(), null, true);
        }
    }

    /** Never from memory that is behind. */
    List<ApiKeyRecord> own(Identity who) {
        String owner = KeyOwners.ownerOf(SubjectKey.of(who));
        return owner == null ? List.of() : of(owner);
    }

    List<ApiKeyRecord> all() {
        return keys.list();
    }

    /** The roles that somebody may give to a key now. */
    Set<String> grantable(Identity who, Identity proven) {
        String owner = KeyOwners.ownerOf(SubjectKey.of(who));
        Grant nothing = new Grant(Set.of(), Set.of(), Set.of(), 0, true, vouched(proven));
        Rights rights = owner == null ? null : owners.rightsOf(owner, nothing);
        Set<String> roles = new HashSet<>(rights == null ? Set.of() : rights.roles());
        roles.retainAll(who.roles());
        roles.removeIf(role -> !Names.areWords(Set.of(role)));
        return roles;
    }

    /** The login alone brought these; what is given here is asked for at each use. */
    private static Set<String> vouched(Identity proven) {
        if (remembered(proven)) { // what it brings is as old as the login that it remembers
            return Set.of();
        }
        return proven.roles().stream()
                .filter(role -> Names.areWords(Set.of(role)))
                .collect(Collectors.toUnmodifiableSet());
    }

    Outcome create(Identity who, Identity proven, Wish wish) {
        String owner = KeyOwners.ownerOf(SubjectKey.of(who));
        if (owner == null) {
            return Outcome.refused(Refusal.NO_OWNER);
        }
        Grant grant = new Grant(wish.roles, wish.scopes, wish.networks, 0, true, vouched(proven));
        if (!grantable(who, proven).containsAll(wish.roles)) {
            return Outcome.refused(Refusal.exceeds("roles"));
        }
        Rights rights = owners.rightsOf(owner, grant);
        if (rights == null || !rights.scopes().containsAll(wish.scopes)) {
            return Outcome.refused(Refusal.exceeds("scopes"));
        }
        Instant expires = clock.instant().plus(Duration.ofDays(wish.days));
        ApiKeys.Draft draft = new ApiKeys.Draft(settings.env(), owner, wish.name, grant, expires);
        creating.lock();
        try {
            return createAlone(owner, draft);
        } finally {
            creating.unlock();
        }
    }

    private Outcome createAlone(String owner, ApiKeys.Draft draft) {
        Instant now = clock.instant();
        List<ApiKeyRecord> before = of(owner);
        if (live(before, now) >= settings.maxKeys()) {
            return Outcome.refused(Refusal.tooMany(settings.maxKeys()));
        }
        // Revoked keys stay in the store, so whoever makes and revokes them all day would fill it.
        Instant yesterday = now.minus(Duration.ofDays(1));
        long today = before.stream()
                .filter(record -> record.created().isAfter(yesterday))
                .count();
        if (today >= (long) CREATIONS_A_DAY * settings.maxKeys()) {
            return Outcome.refused(Refusal.TOO_OFTEN);
        }
        ApiKeys.Issued issued = keys.create(draft);
        if (live(of(owner), now) > settings.maxKeys()) { // another process made one at the same moment
            keys.revoke(issued.record().id());
            return Outcome.refused(Refusal.tooMany(settings.maxKeys()));
        }
        return Outcome.issued(issued);
    }

    Outcome rename(Identity who, String id, String name) {
        ApiKeyRecord seen = own(who, id);
        Refusal refusal = refusal(seen);
        return seen == null || refusal != null
                ? Outcome.refused(refusal == null ? Refusal.NO_SUCH_KEY : refusal)
                : Outcome.changed(keys.rename(seen, name));
    }

    Outcome rotate(Identity who, String id, Duration overlap) {
        ApiKeyRecord seen = own(who, id);
        Refusal refusal = refusal(seen);
        return seen == null || refusal != null
                ? Outcome.refused(refusal == null ? Refusal.NO_SUCH_KEY : refusal)
                : Outcome.issued(keys.rotate(seen, overlap));
    }

    /** One that was revoked before stays so. */
    Outcome revoke(Identity who, String id) {
        ApiKeyRecord seen = own(who, id);
        return seen == null ? Outcome.refused(Refusal.NO_SUCH_KEY) : revoked(seen);
    }

    Outcome revokeAny(String id) {
        ApiKeyRecord seen = with(keys.list(), id);
        return seen == null ? Outcome.refused(Refusal.NO_SUCH_KEY) : revoked(seen);
    }

    private Outcome revoked(ApiKeyRecord seen) {
        boolean done = keys.revoke(seen.id());
        return new Outcome(with(keys.list(), seen.id()), null, null, done);
    }

    private @Nullable Refusal refusal(@Nullable ApiKeyRecord seen) {
        if (seen == null) {
            return Refusal.NO_SUCH_KEY;
        }
        return seen.isLive(clock.instant()) ? null : Refusal.NOT_LIVE;
    }

    /** What a login no longer brings, the keys of that person lose; what it brings anew, they do not get. */
    @Override
    public void on(AuthEvent event) {
        if (event.type() != AuthEvent.Type.LOGIN || event.identity() == null || remembered(event.identity())) {
            return;
        }
        for (ApiKeyRecord seen : own(event.identity())) {
            shrink(seen, event.identity().roles());
        }
    }

    private static boolean remembered(Identity identity) {
        return !identity.authTime().isAfter(Instant.EPOCH);
    }

    /** Judged anew on each record that it replaces, so that of two logins at once neither gives back what the other took. */
    private void shrink(ApiKeyRecord first, Set<String> brought) {
        ApiKeyRecord seen = first;
        while (seen != null && seen.revoked() == null) {
            Set<String> left = left(seen, brought);
            boolean done = left.containsAll(seen.grant().vouched())
                    || keys.grant(seen, seen.grant().withVouched(left)) != null;
            seen = done ? null : with(keys.list(), first.id());
        }
    }

    /** With everything that the login brought: a separation of duty may take away more, the more there is. */
    private Set<String> left(ApiKeyRecord seen, Set<String> brought) {
        Rights now = owners.rightsOf(seen.owner(), seen.grant().withVouched(brought));
        Set<String> left = new HashSet<>(seen.grant().vouched());
        left.retainAll(brought);
        left.retainAll(now == null ? Set.of() : now.roles());
        return left;
    }

    private List<ApiKeyRecord> of(String owner) {
        return keys.list().stream()
                .filter(record -> record.grant().personal() && record.owner().equals(owner))
                .toList();
    }

    private @Nullable ApiKeyRecord own(Identity who, String id) {
        return with(own(who), id);
    }

    private static @Nullable ApiKeyRecord with(List<ApiKeyRecord> records, String id) {
        return records.stream()
                .filter(record -> record.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    private static long live(List<ApiKeyRecord> records, Instant now) {
        return records.stream().filter(record -> record.isLive(now)).count();
    }
}
