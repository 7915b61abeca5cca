package io.ostiary.core.session;

import org.jspecify.annotations.Nullable;

/** A store of remembered logins of which only so many calls run at once. Thread-safe. */
record BoundedRememberStore(RememberStore store, Places places) implements RememberStore {
    @Override
    public void insert(Entry entry) {
        places.call(() -> {
            store.insert(entry);
            return entry;
        });
    }

    @Override
    public @Nullable Entry find(String selector) {
        return places.<@Nullable Entry>call(() -> store.find(selector));
    }

    @Override
    public boolean replace(String seenVerifier, Entry next) {
        return places.call(() -> store.replace(seenVerifier, next));
    }

    @Override
    public boolean remove(String selector) {
        return places.call(() -> store.remove(selector));
    }
}
