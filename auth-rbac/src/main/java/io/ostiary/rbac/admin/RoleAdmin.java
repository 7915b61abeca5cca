package io.ostiary.rbac.admin;

import io.ostiary.core.Identity;
import io.ostiary.rbac.Rbac;
import io.ostiary.rbac.admin.RoleChange.Refusal;
import io.ostiary.rbac.store.RoleSnapshot;
import io.ostiary.rbac.store.RoleStore;
import io.ostiary.rbac.store.UserKey;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The only way to change given roles. It takes the permission {@code role.grant}; nobody gives or takes a role that they
 * do not hold themselves or may give by {@code rbac.grant.<role>}; a static separation of duty is kept; and the last
 * user with {@code role.grant} keeps it. Each is judged on the very snapshot that the change replaces. Thread-safe.
 */
public final class RoleAdmin {
    private static final System.Logger LOG = System.getLogger(RoleAdmin.class.getName());
    private static final int ATTEMPTS = 1_000;
    private final Rbac rbac;
    private final RoleStore store;
    private final InstantSource clock;
    private final RoleChangeListener listener;

    /**
     * Creates the service.
     *
     * @param rbac the model; must have a store
     * @param clock source of time
     * @param listener hears of every change and refusal
     * @throws IllegalArgumentException if the model has no store
     */
    public RoleAdmin(Rbac rbac, InstantSource clock, RoleChangeListener listener) {
        RoleStore kept = rbac.store();
        if (kept == null) {
            throw new IllegalArgumentException("changing roles needs a store; set 'rbac.store'");
        }
        this.rbac = rbac;
        this.store = kept;
        this.clock = clock;
        this.listener = listener;
    }

    /**
     * Replaces the roles that the store gives to a user; roles from settings or from a token stay as they are.
     *
     * @param actor who asks, with effective roles as the engine identified them for this request
     * @param user whose roles
     * @param roles all given roles from now on; may be empty
     * @return what came of it
     */
    public RoleChange change(Identity actor, UserKey user, Set<String> roles) {
        Set<String> after = Set.copyOf(roles);
        RoleSnapshot now = store.snapshot();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Refusal refusal = judge(actor, user, after, now);
            if (refusal != null) {
                return told(actor, user, now, now.epoch(), after, refusal);
            }
            if (now.roles(user).equals(after)) {
                return change(actor, user, now, now.epoch(), after, null);
            }
            if (store.replace(now.epoch(), user, after)) {
                return told(actor, user, now, now.epoch() + 1, after, null);
            }
            Thread.onSpinWait();
            now = store.snapshot();
        }
        return told(actor, user, now, now.epoch(), after, Refusal.BUSY);
    }

    private @Nullable Refusal judge(Identity actor, UserKey user, Set<String> after, RoleSnapshot now) {
        Set<String> grantable = rbac.grantable(actor);
        if (grantable.isEmpty()) {
            return Refusal.NOT_ALLOWED;
        }
        Set<String> before = now.roles(user);
        Set<String> added = minus(after, before);
        if (!added.stream().allMatch(rbac::usable)) {
            return Refusal.UNKNOWN_ROLE;
        }
        if (!grantable.containsAll(added) || !grantable.containsAll(minus(before, after))) {
            return Refusal.NOT_GRANTABLE;
        }
        if (!added.isEmpty() && rbac.separationExceeded(union(after, settled(user))) != null) {
            return Refusal.SEPARATION;
        }
        boolean leavesNone = administrated(now) && !administrated(now.with(user, after));
        return leavesNone ? Refusal.LAST_ADMIN : null;
    }

    private boolean administrated(RoleSnapshot snapshot) {
        return rbac.settledUsers().keySet().stream().anyMatch(user -> mayGrant(user, snapshot))
                || snapshot.users().keySet().stream().anyMatch(user -> mayGrant(user, snapshot));
    }

    private boolean mayGrant(UserKey user, RoleSnapshot snapshot) {
        Set<String> effective = rbac.effective(union(snapshot.roles(user), settled(user)));
        return rbac.permissions().rolesWith(Rbac.GRANT_PERMISSION).stream().anyMatch(effective::contains);
    }

    private Set<String> settled(UserKey user) {
        return rbac.settledUsers().getOrDefault(user, Set.of());
    }

    private RoleChange told(
            Identity actor, UserKey user, RoleSnapshot then, long epoch, Set<String> after, @Nullable Refusal refusal) {
        RoleChange change = change(actor, user, then, epoch, after, refusal);
        try {
            listener.on(change);
        } catch (RuntimeException fault) {
            LOG.log(System.Logger.Level.ERROR, "a RoleChangeListener failed", fault);
        }
        return change;
    }

    private RoleChange change(
            Identity actor, UserKey user, RoleSnapshot then, long epoch, Set<String> after, @Nullable Refusal refusal) {
        return new RoleChange(clock.instant(), epoch, UserKey.of(actor), user, then.roles(user), after, refusal);
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> all = new HashSet<>(one);
        all.addAll(other);
        return all;
    }

    private static Set<String> minus(Set<String> from, Set<String> other) {
        Set<String> rest = new HashSet<>(from);
        rest.removeAll(other);
        return rest;
    }
}
