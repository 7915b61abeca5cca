package io.ostiary.core.session;

import io.ostiary.testkit.RememberStoreTck;
import java.time.InstantSource;

/** The bound changes nothing of what a store does. */
final class BoundedRememberStoreTest extends RememberStoreTck {
    @Override
    protected RememberStore store(InstantSource time) {
        return new Stores(new SlowStore(time), new MemoryRememberStore(1000, time))
                .bounded(64)
                .remembered();
    }
}
