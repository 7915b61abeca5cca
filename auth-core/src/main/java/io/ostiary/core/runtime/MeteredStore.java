package io.ostiary.core.runtime;

import io.ostiary.core.AuthOutcome;
import io.ostiary.core.AuthRequest;
import io.ostiary.core.Identity;
import io.ostiary.core.SetCookie;
import io.ostiary.core.spi.IdentityStore;
import io.ostiary.core.spi.Meters;
import java.util.List;
import java.util.function.Supplier;

/** Notes how long the store of sessions takes. Thread-safe. */
final class MeteredStore implements IdentityStore {
    private final IdentityStore store;
    private final Meters meters;

    MeteredStore(IdentityStore store, Meters meters) {
        this.store = store;
        this.meters = meters;
    }

    @Override
    public AuthOutcome load(AuthRequest request) {
        return timed("load", () -> store.load(request));
    }

    @Override
    public List<SetCookie> save(AuthRequest request, Identity identity) {
        return timed("save", () -> store.save(request, identity));
    }

    @Override
    public List<SetCookie> clear(AuthRequest request) {
        return timed("clear", () -> store.clear(request));
    }

    @Override
    public String nameOf(AuthRequest request) {
        return store.nameOf(request);
    }

    private <T> T timed(String call, Supplier<T> work) {
        long begun = meters.now();
        String outcome = "fault";
        try {
            T result = work.get();
            outcome = "success";
            return result;
        } finally {
            meters.time("ostiary.store.calls", meters.now() - begun, "call", call, "outcome", outcome);
        }
    }
}
