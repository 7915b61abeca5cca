package io.ostiary.core.token;

import io.ostiary.core.cache.ExpiringCache;
import io.ostiary.core.spi.LogoutTargets;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Refresh families in this process; when it is full, those least used end first. Thread-safe. */
final class MemoryTokenStore implements TokenStore {
    private final ExpiringCache<String, Family> families;
    private final ConcurrentMap<String, Set<String>> bySession = new ConcurrentHashMap<>();

    MemoryTokenStore(int maxEntries, InstantSource clock) {
        this.families = new ExpiringCache<>(maxEntries, clock, Family::expires, (id, family) -> unlist(family));
    }

    @Override
    public void insert(Family family) {
        bySession.compute(family.session(), (session, ids) -> {
            Set<String> all = ids == null ? ConcurrentHashMap.newKeySet(1) : ids;
            all.add(family.id());
            return all;
        });
        families.put(family.id(), family);
    }

    @Override
    public @Nullable Family find(String id) {
        return families.get(id);
    }

    @Override
    public boolean replace(String seenToken, Family next) {
        AtomicBoolean replaced = new AtomicBoolean();
        families.update(next.id(), present -> {
            boolean unchanged = present.token().equals(seenToken);
            replaced.set(unchanged);
            return unchanged ? next : present;
        });
        return replaced.get();
    }

    @Override
    public @Nullable Family remove(String id) {
        Family removed = families.remove(id);
        if (removed != null) {
            unlist(removed);
        }
        return removed;
    }

    @Override
    public List<Family> removeOf(String session) {
        return List.copyOf(bySession.getOrDefault(session, Set.of())).stream()
                .map(this::remove)
                .filter(Objects::nonNull)
                .toList();
    }

    @Override
    public List<Family> removeMatching(LogoutTargets.Target target) {
        return families.values().stream()
                .filter(family -> target.fits(family.identity()))
                .map(family -> remove(family.id()))
                .filter(Objects::nonNull)
                .toList();
    }

    private void unlist(Family family) {
        bySession.computeIfPresent(family.session(), (session, ids) -> {
            ids.remove(family.id());
            return ids.isEmpty() ? null : ids;
        });
    }
}
