package io.ostiary.core.session;

import io.ostiary.testkit.RememberStoreTck;
import java.time.InstantSource;

final class MemoryRememberStoreTest extends RememberStoreTck {
    @Override
    protected RememberStore store(InstantSource time) {
        return new MemoryRememberStore(1000, time);
    }
}
